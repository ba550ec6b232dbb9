"""Invoices, payments and credit memos with the events that make their figures, as far as they count; it adds none up.

They are asked for by key, many at once: what a page explains and what changed since are made of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, literal, select

from duedesk.domain.explaining.dossier import Dossier, Event, EventKind, Other
from duedesk.domain.instalments import Instalment
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.records.recorders import Recorders, recorders_of
from duedesk.store.queries.unapplied import CREDIT_MEMOS, PAYMENTS, Source
from duedesk.store.settlement import chosen
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.instalments import payment_schedule_item
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment
from duedesk.store.tables.party import account

SOURCE_OF = {"Payment": PAYMENTS, "CreditMemo": CREDIT_MEMOS}
WRITE_OFF = "InvoiceWriteOff"
_OF_INVOICE = (
    *("id", "document_number", "billing_account_id", "currency_iso_code", "total_amount_with_tax", "invoice_date"),
    *("due_date", "posted_at", "voided_date", "voided_at", "void_reason", "journal_id"),
)
_OF_APPLICATION = (
    *("id", "kind", "type", "invoice_id", "payment_id", "credit_memo_id", "effective_date", "recorded_at"),
    *("impact_amount", "comments", "journal_id"),
)
"""What of a record is told: it has five times as many columns."""
_Events = Mapping[int, list[Event]]


@dataclass(frozen=True, slots=True)
class _Asked:
    connection: Connection
    keys: Collection[int]
    standpoint: Standpoint

    def among(self, column: ColumnElement[int]) -> ColumnElement[bool]:
        return chosen(self.connection, column, self.keys)


def invoice_dossiers(connection: Connection, keys: Collection[int], standpoint: Standpoint) -> tuple[Dossier, ...]:
    """Give the invoices of the keys that were posted by then; the others are left out."""
    asked = _Asked(connection, keys, standpoint)
    document = invoice.c
    found = _rows(
        connection,
        select(*(document[name] for name in _OF_INVOICE), account.c.name.label("account"), account.c.account_number)
        .join(account, account.c.id == document.billing_account_id)
        .where(
            asked.among(document.id),
            document.posted_at.is_not(None),
            standpoint.happened(document.invoice_date, document.posted_at),
        ),
    )
    applied, instalments = _applications(asked, application.c.invoice_id), _instalments(asked)
    by = recorders_of(connection, "Invoice", keys, {row.journal_id for row in found})
    return tuple(
        Dossier(
            object="Invoice",
            key=row.id,
            number=row.document_number or "",
            account_key=row.billing_account_id,
            account=row.account,
            account_number=row.account_number or "",
            currency=row.currency_iso_code,
            total=row.total_amount_with_tax,
            events=(*_life_of_invoice(row, standpoint, by), *applied.get(row.id, ())),
            dated=row.invoice_date,
            due=row.due_date,
            instalments=tuple(instalments.get(row.id, ())),
            kind="Invoice",
        )
        for row in found
    )


def source_dossiers(
    connection: Connection, source: Source, keys: Collection[int], standpoint: Standpoint
) -> tuple[Dossier, ...]:
    """Give the payments or credit memos of the keys that had come in by then; the others are left out."""
    asked = _Asked(connection, keys, standpoint)
    found = connection.execute(_sources(asked, source)).all()
    applied, elsewhere = _applications(asked, source.reference), _elsewhere(asked, source)
    given_back = _refunds(asked) if source is PAYMENTS else {}
    name = "Payment" if source is PAYMENTS else "CreditMemo"
    by = recorders_of(connection, name, keys, {row.journal_id for row in found})
    return tuple(
        Dossier(
            object=name,
            key=row.id,
            number=row.number or "",
            account_key=row.account_id,
            account=row.account,
            account_number=row.account_number or "",
            currency=row.currency_iso_code,
            total=row.total,
            events=(
                *_life_of_source(row, source, standpoint, by),
                *applied.get(row.id, ()),
                *elsewhere.get(row.id, ()),
                *given_back.get(row.id, ()),
            ),
            dated=row.effective_on,
            kind="Write-off" if row.category == WRITE_OFF else source.kind,
        )
        for row in found
    )


def _rows(connection: Connection, question: Select[Any]) -> Sequence[Row[Any]]:
    return connection.execute(question).all()


def dossiers_of(
    connection: Connection, records: Sequence[tuple[str, int]], as_of: date, known_on: datetime | None
) -> tuple[Dossier, ...]:
    """Give the documents of an object and key each, in that order; what had not come by then is left out."""
    standpoint = Standpoint(as_of, known_on)
    found: dict[tuple[str, int], Dossier] = {}
    for name in {name for name, _ in records}:
        keys = [key for each, key in records if each == name]
        made = (
            invoice_dossiers(connection, keys, standpoint)
            if name == "Invoice"
            else source_dossiers(connection, SOURCE_OF[name], keys, standpoint)
        )
        found.update(((name, one.key), one) for one in made)
    return tuple(found[one] for one in records if one in found)


def _sources(asked: _Asked, source: Source) -> Any:
    return (
        select(
            source.table.c.id,
            source.table.c.journal_id,
            source.number.label("number"),
            source.account_id.label("account_id"),
            account.c.name.label("account"),
            account.c.account_number,
            source.table.c.currency_iso_code,
            source.total.label("total"),
            source.effective_date.label("effective_on"),
            source.recorded.label("recorded"),
            source.withdrawn_on.label("withdrawn_on"),
            source.withdrawn_recorded.label("withdrawn_recorded"),
            (literal("") if source is PAYMENTS else credit_memo.c.category).label("category"),
        )
        .join_from(source.table, account, account.c.id == source.account_id)
        .where(
            asked.among(source.table.c.id),
            source.came_in,
            asked.standpoint.happened(source.effective_date, source.recorded),
        )
    )


def _life_of_invoice(row: Row[Any], standpoint: Standpoint, by: Recorders) -> Iterator[Event]:
    who = by.of(row.id, "Posted", row.journal_id)
    yield Event(EventKind.POSTED, row.invoice_date, row.posted_at, row.total_amount_with_tax, who=who)
    if row.voided_at is not None and _has_happened(row.voided_date, row.voided_at, standpoint):
        who, note = by.of(row.id, "Voided"), row.void_reason or ""
        yield Event(EventKind.VOIDED, row.voided_date, row.voided_at, who=who, note=note)


def _life_of_source(row: Row[Any], source: Source, standpoint: Standpoint, by: Recorders) -> Iterator[Event]:
    is_payment = source is PAYMENTS
    credited = EventKind.WRITTEN_OFF if row.category == WRITE_OFF else EventKind.CREDITED
    came = EventKind.RECEIVED if is_payment else credited
    who = by.of(row.id, "Processed" if is_payment else "Posted", row.journal_id)
    yield Event(came, row.effective_on, row.recorded, row.total, who=who)
    if row.withdrawn_on is not None and _has_happened(row.withdrawn_on, row.withdrawn_recorded, standpoint):
        went = EventKind.CANCELED if is_payment else EventKind.CREDIT_VOIDED
        who = by.of(row.id, "Canceled" if is_payment else "Voided")
        yield Event(went, row.withdrawn_on, row.withdrawn_recorded, who=who)


def _has_happened(on: Any, recorded: Any, standpoint: Standpoint) -> bool:
    is_known = standpoint.known_on is None or recorded <= standpoint.known_on
    return bool(on <= standpoint.as_of and is_known)


def _applications(asked: _Asked, of: ColumnElement[int]) -> _Events:
    """Give the applications by the invoice or by the source that `of` says."""
    found = _rows(
        asked.connection,
        select(
            *(application.c[name] for name in _OF_APPLICATION),
            of.label("of"),
            payment.c.payment_number,
            credit_memo.c.document_number.label("memo_number"),
            credit_memo.c.category,
            invoice.c.document_number.label("invoice_number"),
        )
        .select_from(
            application.join(invoice, invoice.c.id == application.c.invoice_id)
            .outerjoin(payment, payment.c.id == application.c.payment_id)
            .outerjoin(credit_memo, credit_memo.c.id == application.c.credit_memo_id)
        )
        .where(asked.among(of), asked.standpoint.counted),
    )
    by = recorders_of(asked.connection, "", (), {row.journal_id for row in found})
    events: dict[int, list[Event]] = defaultdict(list)
    for row in found:
        other = Other("Invoice", row.invoice_id, row.invoice_number or "", "Invoice")
        if of is application.c.invoice_id:
            other = _source_of(row)
        kind = EventKind.APPLIED if row.type == "Applied" else EventKind.UNAPPLIED
        who, note = by.of(row.id, "", row.journal_id), row.comments or ""
        event = Event(kind, row.effective_date, row.recorded_at, row.impact_amount, other, row.id, who, note)
        events[row.of].append(event)
    return events


def _source_of(row: Row[Any]) -> Other:
    if row.kind == "payment":
        return Other("Payment", row.payment_id, row.payment_number or "", PAYMENTS.kind)
    kind = "Write-off" if row.category == WRITE_OFF else CREDIT_MEMOS.kind
    return Other("CreditMemo", row.credit_memo_id, row.memo_number or "", kind)


def _elsewhere(asked: _Asked, source: Source) -> _Events:
    """Give what a source left on invoices that the reader does not see: it is gone as well."""
    away = hidden_application.c
    of = away[source.reference.name]
    found = asked.connection.execute(
        select(of.label("of"), away.effective_date, away.recorded_at, away.impact_amount).where(
            asked.among(of), asked.standpoint.happened(away.effective_date, away.recorded_at)
        )
    )
    events: dict[int, list[Event]] = defaultdict(list)
    for row in found:
        kind = EventKind.APPLIED if row.impact_amount < 0 else EventKind.UNAPPLIED
        other = Other(number="an invoice that you do not see")
        events[row.of].append(Event(kind, row.effective_date, row.recorded_at, row.impact_amount, other))
    return events


def _refunds(asked: _Asked) -> _Events:
    standpoint = asked.standpoint
    found = asked.connection.execute(
        select(refund).where(
            asked.among(refund.c.payment_id),
            standpoint.happened(refund.c.effective_date, refund.c.created_date),
        )
    ).all()
    by = recorders_of(asked.connection, "Refund", [row.id for row in found], {row.journal_id for row in found})
    events: dict[int, list[Event]] = defaultdict(list)
    for row in found:
        other = Other("Refund", row.id, row.refund_number or "", "Refund")
        who, gone_on = by.of(row.id, "", row.journal_id), row.cancellation_effective_date
        given = Event(EventKind.REFUNDED, row.effective_date, row.created_date, -row.amount, other, row.id, who)
        events[row.payment_id].append(given)
        if gone_on is not None and _has_happened(gone_on, row.cancellation_date, standpoint):
            who = by.of(row.id, "Canceled")
            back = Event(EventKind.REFUND_CANCELED, gone_on, row.cancellation_date, row.amount, other, row.id, who)
            events[row.payment_id].append(back)
    return events


def _instalments(asked: _Asked) -> Mapping[int, list[Instalment]]:
    item = payment_schedule_item.c
    found = asked.connection.execute(
        select(item.invoice_id, item.target_payment_processing_date, item.requested_amount, item.later_amount)
        .where(asked.among(item.invoice_id))
        .order_by(item.target_payment_processing_date, item.position)
    )
    parts: dict[int, list[Instalment]] = defaultdict(list)
    for key, due, requested, later in found:
        parts[key].append(Instalment(due, requested, later))
    return parts
