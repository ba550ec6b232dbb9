"""One credit memo whole: its fields, its lines, where it was applied and what became of its approval, as of a day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.called import draft_key
from duedesk.store.queries.records.applications import AppliedPart, applied_parts, net_applied
from duedesk.store.queries.records.histories import Happening, brought_in, time_line
from duedesk.store.queries.records.invoice import FieldValue, record_fields
from duedesk.store.tables.crediting import approval_request, credit_memo_line
from duedesk.store.tables.ledger import application, credit_memo, invoice
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class MemoLineRow:
    """A line of a credit memo; a tax or adjustment line names the line it belongs to."""

    key: int
    name: str
    type: str
    description: str
    amount: Decimal
    tax: Decimal
    tax_rate: Decimal | None
    related: int | None


@dataclass(frozen=True, slots=True)
class Approval:
    """What waits for another person, or what that person said."""

    key: int
    status: str
    amount: Decimal
    currency: str
    reason: str
    requested_by: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    comments: str
    memo_key: int
    memo: str
    invoice_key: int
    invoice: str
    account: str


@dataclass(frozen=True, slots=True)
class MemoRecord:
    """One credit memo as of a day: total less applied is the balance, which is credit not yet used."""

    key: int
    account_key: int
    number: str
    account: str
    account_number: str
    currency: str
    status: str
    category: str
    reason: str
    total: Decimal
    tax: Decimal
    applied: Decimal
    balance: Decimal
    effective_date: date
    voided_on: date | None
    void_reason: str
    source_invoice_key: int | None
    source_invoice: str
    description: str
    fields: tuple[FieldValue, ...]
    lines: tuple[MemoLineRow, ...]
    applications: tuple[AppliedPart, ...]
    approval: Approval | None
    history: tuple[Happening, ...]


def memo_key(connection: Connection, called: str) -> int:
    """Find a credit memo by document number, Id or credit memo number; RequestError where there is none."""
    wanted, memo = called.strip(), credit_memo.c
    ways: list[ColumnElement[bool]] = [
        column == wanted for column in (memo.document_number, memo.external_id, memo.credit_memo_number)
    ]
    key_alone = draft_key(wanted)
    if key_alone is not None:  # what has no number is known by its key
        ways.append(memo.id == key_alone)
    for way in ways:
        key = connection.scalar(select(memo.id).where(way).limit(1))
        if key is not None:
            return int(key)
    raise RequestError(f"There is no credit memo “{called}”.", "Numbers are told apart by case and leading zeros.")


def memo_record(connection: Connection, key: int, *, as_of: date, known_on: datetime | None = None) -> MemoRecord:
    """Give a credit memo as of a day; RequestError where it is gone."""
    standpoint = Standpoint(as_of, known_on)
    source = invoice.alias("source")
    found = connection.execute(
        select(
            credit_memo, account.c.name.label("account"), account.c.account_number, source.c.document_number.label("of")
        )
        .select_from(
            credit_memo.join(account, account.c.id == credit_memo.c.billing_account_id).outerjoin(
                source, source.c.id == credit_memo.c.source_invoice_id
            )
        )
        .where(credit_memo.c.id == key)
    )
    stored = found.first()
    if stored is None:
        raise RequestError("That credit memo is no longer in the book.", "Refresh the list.")
    parts = applied_parts(connection, application.c.credit_memo_id, key, standpoint)
    status = _status(stored, standpoint)
    applied = net_applied(connection, application.c.credit_memo_id, key, standpoint, parts)
    balance = stored.total_amount_with_tax - applied if status in {"Posted", "Void In Progress"} else ZERO
    stood = {"Status": status, "NetCreditsApplied": applied, "Balance": balance}
    fields = record_fields(connection, "CreditMemo", key, as_of=as_of, known_on=known_on)
    return MemoRecord(
        key=key,
        account_key=stored.billing_account_id,
        number=stored.document_number or "",
        account=stored.account,
        account_number=stored.account_number or "",
        currency=stored.currency_iso_code,
        status=status,
        category=stored.category or "",
        reason=stored.reason_code or "",
        total=stored.total_amount_with_tax,
        tax=stored.total_tax_amount,
        applied=applied,
        balance=balance,
        effective_date=stored.effective_date,
        voided_on=stored.voided_date if status == "Voided" else None,
        void_reason=(stored.void_reason or "") if status == "Voided" else "",
        source_invoice_key=stored.source_invoice_id,
        source_invoice=stored.of or "",
        description=stored.description or "",
        fields=tuple(replace(one, value=stood.get(one.field.name, one.value)) for one in fields),
        lines=_lines(connection, key),
        applications=parts,
        approval=next(iter(_approvals(connection, approval_request.c.credit_memo_id == key)), None),
        history=time_line(connection, "CreditMemo", stored, _told(connection, stored, parts), standpoint),
    )


def approvals(connection: Connection, *, status: str = "Pending") -> tuple[Approval, ...]:
    """Give what waits for approval (or was approved, or rejected), oldest first."""
    return _approvals(connection, approval_request.c.status == status)


def approvals_of(connection: Connection, invoice_key: int) -> tuple[Approval, ...]:
    """Give the requests about one invoice, oldest first."""
    return _approvals(connection, approval_request.c.invoice_id == invoice_key)


def approval(connection: Connection, key: int) -> Approval:
    """Give one request for approval; RequestError where there is none."""
    found = _approvals(connection, approval_request.c.id == key)
    if not found:
        raise RequestError(f"There is no request {key} for approval.")
    return found[0]


def _approvals(connection: Connection, condition: ColumnElement[bool]) -> tuple[Approval, ...]:
    found = connection.execute(
        select(
            approval_request,
            credit_memo.c.document_number.label("memo"),
            invoice.c.document_number.label("invoice"),
            account.c.name.label("account"),
        )
        .select_from(
            approval_request.join(credit_memo, credit_memo.c.id == approval_request.c.credit_memo_id)
            .join(invoice, invoice.c.id == approval_request.c.invoice_id)
            .join(account, account.c.id == invoice.c.billing_account_id)
        )
        .where(condition)
        .order_by(approval_request.c.id)
    )
    return tuple(
        Approval(
            key=row.id,
            status=row.status,
            amount=row.amount,
            currency=row.currency_iso_code,
            reason=row.reason_code or "",
            requested_by=row.requested_by,
            requested_at=row.requested_at,
            decided_by=row.decided_by or "",
            decided_at=row.decided_at,
            comments=row.comments or "",
            memo_key=row.credit_memo_id,
            memo=row.memo or "",
            invoice_key=row.invoice_id,
            invoice=row.invoice or "",
            account=row.account,
        )
        for row in found
    )


def _status(stored: Row[Any], standpoint: Standpoint) -> str:
    if stored.status != "Voided":
        return str(stored.status)
    known = standpoint.known_on is None or stored.voided_at <= standpoint.known_on
    return "Voided" if known and stored.voided_date <= standpoint.as_of else "Posted"


def _lines(connection: Connection, key: int) -> tuple[MemoLineRow, ...]:
    found = connection.execute(
        select(credit_memo_line).where(credit_memo_line.c.credit_memo_id == key).order_by(credit_memo_line.c.id)
    )
    return tuple(
        MemoLineRow(
            key=row.id,
            name=row.name,
            type=row.type,
            description=row.description or "",
            amount=row.line_amount,
            tax=row.tax_amount,
            tax_rate=row.tax_rate,
            related=row.related_line_id,
        )
        for row in found
    )


def _told(connection: Connection, stored: Row[Any], parts: tuple[AppliedPart, ...]) -> Iterator[Happening]:
    currency = stored.currency_iso_code
    yield brought_in(connection, stored)
    if stored.posted_at is not None:
        words = f"Posted: {grouped(stored.total_amount_with_tax, currency)} {currency}"
        yield Happening(stored.posted_at, stored.effective_date, "", words, status="Posted")
    for part in parts:
        how = "Applied to" if part.type == "Applied" else "Unapplied from"
        words = f"{how} {part.invoice}: {grouped(part.amount, currency)} {currency}"
        yield Happening(part.recorded_at, part.on, "", words, part.journal_id)
    if stored.voided_at is not None:
        words = f"Voided: {stored.void_reason}" if stored.void_reason else "Voided"
        yield Happening(stored.voided_at, stored.voided_date, "", words, status="Voided")
