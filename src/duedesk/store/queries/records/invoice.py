"""One invoice whole: its fields, its lines, what was applied to it and what happened to it, as of a day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.domain.catalog import Field
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter, Value
from duedesk.domain.money import grouped
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import told_of
from duedesk.store.queries.dunning.told import dunning_told
from duedesk.store.queries.lists import listing
from duedesk.store.queries.records.histories import Happening, brought_in, time_line
from duedesk.store.queries.records.movements import Movement, movements_of
from duedesk.store.tables.ledger import invoice, invoice_line


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of a record and what it holds."""

    field: Field
    value: Value


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an invoice."""

    name: str
    type: str
    description: str
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal
    tax: Decimal
    tax_rate: Decimal | None
    service_from: date | None
    service_to: date | None


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """One invoice as of a day."""

    key: int
    account_key: int
    number: str
    account: str
    account_number: str
    currency: str
    status: str
    settlement_status: str
    total: Decimal
    balance: Decimal
    invoice_date: date | None
    due_date: date | None
    days_overdue: int | None
    is_due_date_derived: bool
    fields: tuple[FieldValue, ...]
    lines: tuple[Line, ...]
    movements: tuple[Movement, ...]
    history: tuple[Happening, ...]


_HEAD = (
    "BillingAccount.RecordKey",
    "DocumentNumber",
    "BillingAccount.Name",
    "BillingAccount.AccountNumber",
    "CurrencyIsoCode",
    "Status",
    "SettlementStatus",
    "TotalAmountWithTax",
    "Balance",
    "InvoiceDate",
    "DueDate",
    "DaysInvoiceOverdue",
    "IsDueDateDerived",
)


def invoice_key(connection: Connection, called: str) -> int:
    """Find an invoice by document number, Id or invoice number, or by `#` and its record key; RequestError if none.

    A draft has no number and is called by its key: `#123`.
    """
    key_said = called.strip().removeprefix("#")
    if key_said != called.strip() and key_said.isascii() and key_said.isdecimal() and len(key_said) < 19:
        key = connection.scalar(select(invoice.c.id).where(invoice.c.id == int(key_said)))
        if key is not None:
            return int(key)
    for column in (invoice.c.document_number, invoice.c.external_id, invoice.c.invoice_number):
        key = connection.scalar(select(invoice.c.id).where(column == called.strip()).limit(1))
        if key is not None:
            return int(key)
    raise RequestError(f"There is no invoice “{called}”.", "Numbers are told apart by case and leading zeros.")


LATER = "Choose a later as-of or known-on date."
"""What shows a record that was not there yet."""


def invoice_record(connection: Connection, key: int, *, as_of: date, known_on: datetime | None = None) -> InvoiceRecord:
    """Give an invoice as of a day; RequestError where it is gone or was not there yet."""
    shown = CATALOG.object("Invoice").read_fields
    paths = (*_HEAD, *map(_path, shown))
    found = listing.rows(connection, Filter(as_of, known_on=known_on), paths, [key])
    if not found:
        raise RequestError("That invoice is not in the book on that day.", LATER)
    head, values = found[0].values[: len(_HEAD)], found[0].values[len(_HEAD) :]
    named: Any = dict(zip(_HEAD, head, strict=True))
    standpoint = Standpoint(as_of, known_on)
    stored = connection.execute(select(invoice).where(invoice.c.id == key)).one()
    movements = movements_of(connection, stored, standpoint)
    return InvoiceRecord(
        key=key,
        account_key=named["BillingAccount.RecordKey"],
        number=named["DocumentNumber"] or "",
        account=named["BillingAccount.Name"],
        account_number=named["BillingAccount.AccountNumber"] or "",
        currency=named["CurrencyIsoCode"],
        status=named["Status"],
        settlement_status=named["SettlementStatus"],
        total=named["TotalAmountWithTax"],
        balance=named["Balance"],
        invoice_date=named["InvoiceDate"],
        due_date=named["DueDate"],
        days_overdue=named["DaysInvoiceOverdue"],
        is_due_date_derived=named["IsDueDateDerived"],
        fields=tuple(FieldValue(field, value) for field, value in zip(shown, values, strict=True)),
        lines=lines_of(connection, key),
        movements=movements,
        history=time_line(
            connection,
            "Invoice",
            stored,
            (
                *_told(connection, stored, movements),
                *told_of(connection, key, standpoint),
                *dunning_told(connection, key, standpoint),
            ),
            standpoint,
        ),
    )


def record_fields(
    connection: Connection, object_name: str, key: int, *, as_of: date, known_on: datetime | None = None
) -> tuple[FieldValue, ...]:
    """Give every field of a record of any object; RequestError where it is gone."""
    described = CATALOG.object(object_name)
    asked = Filter(as_of, object=object_name, known_on=known_on)
    found = listing.rows(connection, asked, [_path(field) for field in described.read_fields], [key])
    if not found:
        raise RequestError(f"That {described.label.lower()} is not in the book on that day.", LATER)
    return tuple(FieldValue(field, value) for field, value in zip(described.read_fields, found[0].values, strict=True))


def _path(field: Field) -> str:
    """Show a reference by its record's name where the catalogue knows the record."""
    target = field.refers_to[0] if field.refers_to else ""
    return f"{field.relationship}.{CATALOG.object(target).name_field}" if CATALOG.has(target) else field.name


def lines_of(connection: Connection, key: int) -> tuple[Line, ...]:
    """Give the lines of an invoice in their order."""
    found = connection.execute(select(invoice_line).where(invoice_line.c.invoice_id == key).order_by(invoice_line.c.id))
    return tuple(
        Line(
            name=row.name,
            type=row.type,
            description=row.description or "",
            quantity=row.quantity,
            unit_price=row.unit_price,
            amount=row.line_amount,
            tax=row.tax_amount,
            tax_rate=row.tax_rate,
            service_from=row.invoice_line_start_date,
            service_to=row.invoice_line_end_date,
        )
        for row in found
    )


def _told(connection: Connection, stored: Row[Any], movements: tuple[Movement, ...]) -> Iterator[Happening]:
    """Say by which action the record came, and every movement since."""
    yield brought_in(connection, stored)
    for step in movements:
        if step.recorded_at is not None:
            figure = grouped(abs(step.amount), stored.currency_iso_code)
            words = re.sub(" +", " ", f"{step.what} {step.number if step.what != 'Posted' else ''}").strip()
            status = step.what if step.key is None else ""
            said = f"{words}: {figure} {stored.currency_iso_code}"
            yield Happening(step.recorded_at, step.on, "", said, step.journal_id, status=status)
