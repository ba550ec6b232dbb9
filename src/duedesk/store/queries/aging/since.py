"""In which currencies and on which days anything was applied, so that an index finds a past day; it sums nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from duedesk.domain.aging import AgingRequest
from duedesk.store.queries.aging.groups import carried
from duedesk.store.queries.aging.parts import Cut
from duedesk.store.queries.asof import Standpoint, is_present
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import invoice

_MOST_DAYS = 3_000
"""Days that are named one by one; of more it is asked from when on."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The currencies in which anything was applied, the last day on which it was, and the first and last invoice date.

    What an index of a file or of a server says without being asked is None.
    """

    currencies: tuple[str, ...]
    last_applied: date | None = None
    first_invoice: date | None = None
    last_invoice: date | None = None


def reach_of(connection: Connection, currency: str | None) -> Reach:
    """Look the reach of a book up, by one look into an index each; of the one currency that is wanted alone."""
    currencies = applied_currencies(connection) if currency is None else (currency,)
    if connection.dialect.name != "sqlite":
        first, latest = (connection.scalar(select(end(invoice.c.invoice_date))) for end in (func.min, func.max))
        return Reach(currencies, first_invoice=first, last_invoice=latest)
    day, code = invoice.c.last_applied_date, invoice.c.currency_iso_code
    last = [connection.scalar(select(func.max(day)).where(code == one, day.is_not(None))) for one in currencies]
    return Reach(currencies, last_applied=max(filter(None, last), default=None))


def cut_of(connection: Connection, request: AgingRequest, reach: Reach | None = None) -> Cut:
    """Give how an aging is cut for its parts; `reach` spares asking for it where many days are asked.

    On a server no currencies are named where the day is nearer to the first invoice than to the latest.
    """
    standpoint = Standpoint(request.as_of, request.known_on)
    present = is_present(connection, standpoint)
    by_spans, as_of = not present and request.known_on is None, request.as_of
    reach = reach or reach_of(connection, request.currency)
    currencies = reach.currencies
    if connection.dialect.name != "sqlite" and request.currency is None:
        first, latest = reach.first_invoice, reach.last_invoice
        if not by_spans or first is None or latest is None or as_of - first < latest - as_of:
            currencies = ()
    days = _applied_after(as_of, reach.last_applied) if by_spans else ()
    return Cut(request, standpoint, present, carried(request.by), currencies, days)


def _applied_after(as_of: date, last: date | None) -> tuple[date, ...]:
    """Give the days after a day on which something may have been applied last: an index finds each with what is older.

    Asked from one day on, it gives as well what was invoiced only later: the further back, the more of it. None are
    given where they are too many.
    """
    days = 0 if last is None else (last - as_of).days
    return tuple(as_of + timedelta(days=each) for each in range(1, days + 1)) if days <= _MOST_DAYS else ()


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
