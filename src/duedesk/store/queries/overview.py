"""What a book holds at a glance: counts, currencies and the span of its dates; for titles, empty pages and defaults."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from duedesk.store.queries.asof import Standpoint, is_present
from duedesk.store.tables.ledger import application, invoice
from duedesk.store.tables.party import account, owner


@dataclass(frozen=True, slots=True)
class Overview:
    """A book in a line. `first_day` and `last_day` are the earliest invoice and the latest event."""

    invoices: int
    accounts: int
    currencies: tuple[str, ...]
    owners: tuple[str, ...]
    first_day: date | None
    last_day: date | None


def overview(connection: Connection) -> Overview:
    """Give what the book holds."""
    first, last_invoice = connection.execute(
        select(
            select(func.min(invoice.c.invoice_date)).scalar_subquery(),
            select(func.max(invoice.c.invoice_date)).scalar_subquery(),
        )
    ).one()
    last_event = connection.scalar(select(func.max(application.c.effective_date)))
    last_days = [day for day in (last_invoice, last_event) if day is not None]
    return Overview(
        invoices=connection.scalar(select(func.count()).select_from(invoice)) or 0,
        accounts=connection.scalar(select(func.count()).select_from(account)) or 0,
        currencies=_currencies(connection),
        owners=tuple(connection.scalars(select(owner.c.name).order_by(owner.c.name))),
        first_day=first,
        last_day=max(last_days, default=None),
    )


def invoices_there(connection: Connection, as_of: date, known_on: datetime | None) -> int | None:
    """Give how many invoices there were on a day, as far as was known; None where that is all of them."""
    standpoint = Standpoint(as_of, known_on)
    if is_present(connection, standpoint):
        return None
    return connection.scalar(select(func.count()).select_from(invoice).where(standpoint.is_there(invoice)))


def _currencies(connection: Connection) -> tuple[str, ...]:
    """Give the currencies in use: no index begins with them, so one is read through, and once."""
    return tuple(sorted(connection.scalars(select(invoice.c.currency_iso_code).distinct())))
