"""One payment whole: its fields, where it was applied, what was given back of it, as of a day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.called import draft_key
from duedesk.store.queries.records.applications import AppliedPart, applied_parts, net_applied
from duedesk.store.queries.records.histories import Happening, brought_in, time_line
from duedesk.store.queries.records.invoice import FieldValue, record_fields
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.ledger import application, invoice, payment
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back of a payment; a canceled one says since when."""

    key: int
    number: str
    status: str
    on: date
    amount: Decimal
    reference: str
    comments: str
    canceled_on: date | None
    recorded_at: datetime
    journal_id: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """One payment as of a day: amount less applied less refunded is the balance, which is unapplied cash."""

    key: int
    account_key: int
    number: str
    account: str
    account_number: str
    currency: str
    status: str
    amount: Decimal
    applied: Decimal
    refunded: Decimal
    balance: Decimal
    effective_date: date
    canceled_on: date | None
    reference: str
    comments: str
    fields: tuple[FieldValue, ...]
    applications: tuple[AppliedPart, ...]
    refunds: tuple[Refund, ...]
    history: tuple[Happening, ...]


def payment_key(connection: Connection, called: str) -> int:
    """Find a payment by its number or Id; RequestError where there is none."""
    wanted = called.strip()
    ways: list[ColumnElement[bool]] = [payment.c.payment_number == wanted, payment.c.external_id == wanted]
    key_alone = draft_key(wanted)
    if key_alone is not None:  # what has no number is known by its key
        ways.append(payment.c.id == key_alone)
    for way in ways:
        key = connection.scalar(select(payment.c.id).where(way).limit(1))
        if key is not None:
            return int(key)
    raise RequestError(f"There is no payment “{called}”.", "Numbers are told apart by case and leading zeros.")


def refund_key(connection: Connection, called: str) -> int:
    """Find a refund by its number or Id; RequestError where there is none."""
    found = select(refund.c.id).where(or_(refund.c.refund_number == called.strip(), refund.c.external_id == called))
    key = connection.scalar(found.limit(1))
    if key is None:
        raise RequestError(f"There is no refund “{called}”.", "Numbers are told apart by case and leading zeros.")
    return int(key)


def payment_of_refund(connection: Connection, key: int) -> int:
    """Give the payment that a refund gave back of; RequestError where the refund is gone."""
    found = connection.scalar(select(refund.c.payment_id).where(refund.c.id == key))
    if found is None:
        raise RequestError("That refund is no longer in the book.", "Refresh the record.")
    return int(found)


def currencies_of(connection: Connection, account_key: int) -> tuple[str, ...]:
    """Give the currencies in which an account is billed."""
    billed = select(invoice.c.currency_iso_code).where(invoice.c.billing_account_id == account_key).distinct()
    return tuple(connection.scalars(billed.order_by(invoice.c.currency_iso_code)))


def payment_record(connection: Connection, key: int, *, as_of: date, known_on: datetime | None = None) -> PaymentRecord:
    """Give a payment as of a day; RequestError where it is gone."""
    standpoint = Standpoint(as_of, known_on)
    found = select(payment, account.c.name.label("account"), account.c.account_number)
    row = connection.execute(found.join(account, account.c.id == payment.c.account_id).where(payment.c.id == key))
    stored = row.first()
    if stored is None:
        raise RequestError("That payment is no longer in the book.", "Refresh the list.")
    parts = applied_parts(connection, application.c.payment_id, key, standpoint)
    refunds = _refunds(connection, key, standpoint)
    status = _status(stored, standpoint)
    applied = net_applied(connection, application.c.payment_id, key, standpoint, parts)
    refunded = sum((one.amount for one in refunds if one.status == "Processed"), ZERO)
    balance = stored.amount - applied - refunded if status == "Processed" else ZERO
    stood = {"Status": status, "NetApplied": applied, "NetRefundApplied": refunded, "Balance": balance}
    fields = record_fields(connection, "Payment", key, as_of=as_of, known_on=known_on)
    return PaymentRecord(
        key=key,
        account_key=stored.account_id,
        number=stored.payment_number or "",
        account=stored.account,
        account_number=stored.account_number or "",
        currency=stored.currency_iso_code,
        status=status,
        amount=stored.amount,
        applied=applied,
        refunded=refunded,
        balance=balance,
        effective_date=stored.effective_date,
        canceled_on=stored.cancellation_effective_date if status == "Canceled" else None,
        reference=stored.gateway_ref_number or "",
        comments=stored.comments or "",
        fields=tuple(replace(one, value=stood.get(one.field.name, one.value)) for one in fields),
        applications=parts,
        refunds=refunds,
        history=time_line(connection, "Payment", stored, _told(connection, stored, parts, refunds), standpoint),
    )


def _status(stored: Row[Any], standpoint: Standpoint) -> str:
    if stored.status != "Canceled" or stored.cancellation_effective_date is None:
        return str(stored.status)
    known = standpoint.known_on is None or stored.cancellation_date <= standpoint.known_on
    return "Canceled" if known and stored.cancellation_effective_date <= standpoint.as_of else "Processed"


def _refunds(connection: Connection, key: int, standpoint: Standpoint) -> tuple[Refund, ...]:
    found = connection.execute(
        select(refund)
        .where(refund.c.payment_id == key, standpoint.happened(refund.c.effective_date, refund.c.created_date))
        .order_by(refund.c.effective_date, refund.c.id)
    )
    refunds = []
    for row in found:
        gone = row.cancellation_effective_date is not None and row.cancellation_effective_date <= standpoint.as_of
        if gone and standpoint.known_on is not None:
            gone = row.cancellation_date <= standpoint.known_on
        refunds.append(
            Refund(
                key=row.id,
                number=row.refund_number or "",
                status="Canceled" if gone else "Processed",
                on=row.effective_date,
                amount=row.amount,
                reference=row.gateway_ref_number or "",
                comments=row.comments or "",
                canceled_on=row.cancellation_effective_date if gone else None,
                recorded_at=row.created_date,
                journal_id=row.journal_id,
            )
        )
    return tuple(refunds)


def _told(
    connection: Connection, stored: Row[Any], parts: tuple[AppliedPart, ...], refunds: tuple[Refund, ...]
) -> Iterator[Happening]:
    yield brought_in(connection, stored, stored.effective_date)

    def words(amount: Decimal) -> str:
        return f"{grouped(amount, stored.currency_iso_code)} {stored.currency_iso_code}"

    for part in parts:
        how = "Applied to" if part.type == "Applied" else "Unapplied from"
        yield Happening(part.recorded_at, part.on, "", f"{how} {part.invoice}: {words(part.amount)}", part.journal_id)
    for one in refunds:
        yield Happening(one.recorded_at, one.on, "", f"Refund {one.number}: {words(one.amount)}", one.journal_id)
    if stored.cancellation_date is not None:
        on = stored.cancellation_effective_date
        yield Happening(stored.cancellation_date, on, "", "Canceled", status="Canceled")
