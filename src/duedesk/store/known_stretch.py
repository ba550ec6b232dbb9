"""Invoices of a book in the order in which they were made, a text a column, to hold a file that comes again to them."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    Subquery,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from duedesk.store.known import figures_of
from duedesk.store.tables.ledger import invoice


class KnownStretch(NamedTuple):
    """The same of invoices that were made one after the other: each column one text, a line an invoice."""

    last: int | None
    numbers: str | None
    accounts: str
    currencies: str
    invoice_dates: str
    totals: str
    statuses: str


class KnownNext(NamedTuple):
    """The same of invoices in whatever state, and what they come to if they are of one currency."""

    last: int
    numbers: str
    accounts: str
    currencies: str
    invoice_dates: str
    totals: str
    sum: int | None


def invoices_after(connection: Connection, key: int, count: int) -> KnownStretch:
    """Give the same of the invoices that were made after the one with this key."""
    asked = _stretch(connection.dialect.name == "postgresql")
    return KnownStretch(*connection.execute(asked, {"after": key, "most": count}).one())


@cache
def _stretch(is_server: bool) -> Select[Any]:  # noqa: FBT001 - the one thing that it is kept by
    """Write the question once: it is asked for every block of a file."""
    last, *columns = _each(is_server=is_server).c
    texts: list[ColumnElement[Any]] = [_lines(column) for column in columns]
    return select(func.max(last), *texts)


def next_invoices(connection: Connection, key: int, count: int) -> KnownNext | None:
    """Give the invoices that were made after the one with this key, None where there are none."""
    asked = _next(connection.dialect.name == "postgresql")
    row = connection.execute(asked, {"after": key, "most": count}).one()
    last, numbers, accounts, currencies, days, totals, total, is_one = row
    if last is None:
        return None
    return KnownNext(last, numbers, accounts, currencies, days, totals, int(total) if is_one else None)


@cache
def _next(is_server: bool) -> Select[Any]:  # noqa: FBT001 - the one thing that it is kept by
    each = _each(is_server=is_server)
    last, *columns, _ = each.c
    texts: list[ColumnElement[Any]] = [_lines(column) for column in columns]
    is_one = func.min(each.c.currency_iso_code) == func.max(each.c.currency_iso_code)
    return select(func.max(last), *texts, func.sum(each.c.total), is_one)


def _each(*, is_server: bool) -> Subquery:
    ordered = select(invoice.c.id, *figures_of(is_server=is_server)).where(invoice.c.id > bindparam("after"))
    return ordered.order_by(invoice.c.id).limit(bindparam("most", type_=Integer)).subquery("each")


def _lines(column: ColumnElement[Any]) -> ColumnElement[str]:
    return func.string_agg(cast(column, String), literal_column("'\n'"))
