"""One account's items one by one: open invoices, what is not applied yet, what was paid, as they stood on a day.

What they come to together is asked of `aging`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, null, select

from duedesk.domain.filters import OPEN, Compare, Filter, Operator, Order
from duedesk.store.queries.asof import Standpoint, is_present
from duedesk.store.queries.lists import listing
from duedesk.store.queries.unapplied import CREDIT_MEMOS, PAYMENTS, SOURCES, Source
from duedesk.store.tables.ledger import credit_memo, payment

OLDEST_FIRST = (Order("DueDate"), Order("DocumentNumber"))


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice of which something is open."""

    key: int
    number: str
    invoice_date: date
    due_date: date
    days_overdue: int
    currency: str
    total: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A payment or credit memo: `rest` is what is not applied of it. `object` is Payment or CreditMemo."""

    object: str
    key: int
    kind: str
    number: str
    on: date
    currency: str
    amount: Decimal
    rest: Decimal
    reference: str = ""
    status: str = ""


_INVOICE_PATHS = (
    "DocumentNumber",
    "InvoiceDate",
    "DueDate",
    "DaysInvoiceOverdue",
    "CurrencyIsoCode",
    "TotalAmountWithTax",
    "Balance",
)


def open_invoices(
    connection: Connection, account_key: int, standpoint: Standpoint, *, currency: str | None = None
) -> tuple[OpenInvoice, ...]:
    """Give the open invoices of an account, the one due first before the others."""
    conditions = [Compare("BillingAccount.RecordKey", Operator.EQ, account_key)]
    if currency is not None:
        conditions.append(Compare("CurrencyIsoCode", Operator.EQ, currency))
    asked = Filter(standpoint.as_of, where=OPEN, known_on=standpoint.known_on, order_by=OLDEST_FIRST)
    found: list[OpenInvoice] = []
    for row in listing.stream(connection, asked.narrowed(*conditions), _INVOICE_PATHS):
        values: Any = row.values
        number, invoice_date, due_date, overdue, code, total, balance = values
        found.append(OpenInvoice(row.key, number or "", invoice_date, due_date, overdue, code, total, balance))
    return tuple(found)


def unapplied(
    connection: Connection, account_key: int, standpoint: Standpoint, *, currency: str | None = None
) -> tuple[SourceItem, ...]:
    """Give the payments and credit memos of an account that are not wholly applied, the oldest first."""
    present = is_present(connection, standpoint)
    found = [
        item
        for source in SOURCES
        for item in _items(connection, _sources(source, account_key, standpoint, present=present), source)
        if item.rest and (currency is None or item.currency == currency)
    ]
    return tuple(sorted(found, key=lambda item: (item.on, item.object, item.key)))


def received(
    connection: Connection, account_key: int, standpoint: Standpoint, *, limit: int = 100
) -> tuple[SourceItem, ...]:
    """Give the last payments and credit memos of an account, the newest first."""
    present = is_present(connection, standpoint)
    found: list[SourceItem] = []
    for source in SOURCES:
        newest = _sources(source, account_key, standpoint, present=present)
        newest = newest.order_by(None).order_by(source.effective_date.desc(), source.table.c.id.desc()).limit(limit)
        found += _items(connection, newest, source)
    return tuple(sorted(found, key=lambda item: (item.on, item.key), reverse=True)[:limit])


def _sources(source: Source, account_key: int, standpoint: Standpoint, *, present: bool) -> Select[Any]:
    columns = (
        source.table.c.id,
        source.number.label("number"),
        source.effective_date.label("on"),
        source.table.c.currency_iso_code,
        source.total.label("total"),
        (source.balance if present else source.left(standpoint)).label("rest"),
        source.table.c.status,
        (payment.c.gateway_ref_number if source is PAYMENTS else credit_memo.c.reason_code).label("reference"),
        (null() if source is PAYMENTS else credit_memo.c.category).label("category"),
    )
    return (
        select(*columns)
        .where(source.account_id == account_key, source.is_counted(standpoint))
        .order_by(source.effective_date, source.table.c.id)
    )


def _items(connection: Connection, query: Select[Any], source: Source) -> Sequence[SourceItem]:
    name = "CreditMemo" if source is CREDIT_MEMOS else "Payment"
    return [
        SourceItem(
            object=name,
            key=row.id,
            kind="Write-off" if row.category == "InvoiceWriteOff" else source.kind,
            number=row.number or "",
            on=row.on,
            currency=row.currency_iso_code,
            amount=row.total,
            rest=row.rest,
            reference=row.reference or "",
            status=row.status,
        )
        for row in connection.execute(query)
    ]
