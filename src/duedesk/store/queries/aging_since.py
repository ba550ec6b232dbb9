"""In which currencies and on which days anything was applied, so that an index finds a past day; it sums nothing."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from duedesk.domain.aging import AgingRequest
from duedesk.store.queries.aging_groups import carried
from duedesk.store.queries.aging_parts import Cut
from duedesk.store.queries.asof import Standpoint, is_present
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import invoice

_MOST_DAYS = 3_000
"""Days that are named one by one; of more it is asked from when on."""


def cut_of(connection: Connection, request: AgingRequest) -> Cut:
    """Give how an aging is cut for its parts."""
    standpoint = Standpoint(request.as_of, request.known_on)
    present = is_present(connection, standpoint)
    by_spans = not present and request.known_on is None
    in_file = connection.dialect.name == "sqlite"
    currencies = _currencies_of(connection, request.currency, request.as_of) if by_spans or in_file else ()
    days = _applied_after(connection, request.as_of, currencies) if by_spans else ()
    return Cut(request, standpoint, present, carried(request.by), currencies, days)


def _applied_after(connection: Connection, as_of: date, currencies: Sequence[str]) -> tuple[date, ...]:
    """Give the days after a day on which something may have been applied last: an index finds each with what is older.

    Asked from one day on, it gives as well what was invoiced only later: the further back, the more of it. None are
    given where they are too many, and on a server.
    """
    if connection.dialect.name != "sqlite":
        return ()
    day, code = invoice.c.last_applied_date, invoice.c.currency_iso_code
    latest = [connection.scalar(select(func.max(day)).where(code == one, day.is_not(None))) for one in currencies]
    days = (max(filter(None, latest), default=as_of) - as_of).days
    return tuple(as_of + timedelta(days=each) for each in range(1, days + 1)) if days <= _MOST_DAYS else ()


def _currencies_of(connection: Connection, wanted: str | None, as_of: date) -> tuple[str, ...]:
    """Give the currencies that anything was applied in, by one look into an index each; the one wanted alone.

    On a server none are given where the day is nearer to the first invoice than to the latest.
    """
    if wanted is not None:
        return (wanted,)
    if connection.dialect.name != "sqlite":
        first, latest = (connection.scalar(select(end(invoice.c.invoice_date))) for end in (func.min, func.max))
        if first is None or as_of - first < latest - as_of:
            return ()
    return applied_currencies(connection)


def currencies_there(connection: Connection, wanted: str | None) -> tuple[str, ...]:
    """Give the currencies in which anything is or was open; the one wanted alone."""
    if wanted is not None:
        return (wanted,)
    column = invoice.c.currency_iso_code
    open_ = select(column).where(invoice.c.balance != NOTHING).distinct()
    voided = select(column).where(invoice.c.voided_date.is_not(None)).distinct()
    applied = applied_currencies(connection)
    return tuple(sorted({*applied, *connection.scalars(open_), *connection.scalars(voided)}))


def applied_currencies(connection: Connection) -> tuple[str, ...]:
    """Give the currencies of invoices to which anything was applied, by one look into an index each."""
    column, condition, found = invoice.c.currency_iso_code, invoice.c.last_applied_date.is_not(None), []
    last = connection.scalar(select(func.min(column)).where(condition))
    while last is not None:
        found.append(last)
        last = connection.scalar(select(func.min(column)).where(condition, column > last))
    return tuple(found)
