"""How an account pays, and by when an invoice of it is expected, as of a day and as known; it decides nothing."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from duedesk.domain.forecast.weeks import expected_on
from duedesk.domain.forecast.words import Outlook
from duedesk.domain.money import from_units
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.forecast.facts import open_items
from duedesk.store.queries.forecast.habits import habits_of_few
from duedesk.store.queries.forecast.kept_apart import words
from duedesk.store.tables.ledger import invoice


def account_outlook(connection: Connection, account_key: int, as_of: date, known_on: datetime | None = None) -> Outlook:
    """Give how an account pays."""
    return Outlook(habits_of_few(connection, Standpoint(as_of, known_on)).of(account_key))


def invoice_outlook(
    connection: Connection, invoice_key: int, as_of: date, known_on: datetime | None = None
) -> Outlook | None:
    """Give how the account of an invoice pays, and of what is open by when it is expected; None where nothing is."""
    standpoint = Standpoint(as_of, known_on)
    parts = open_items(connection, standpoint, only=select(invoice.c.id).where(invoice.c.id == invoice_key))
    if not parts:
        return None
    first = parts[0]
    habits = habits_of_few(connection, standpoint)
    habit = habits.of(first.account)
    waiting = [part for part in parts if part.by_habit]
    promised = tuple((day, from_units(amount)) for part in parts for day, amount in part.promised)
    days = [expected_on(part, habit, as_of) for part in waiting]
    return Outlook(
        habit,
        currency=first.currency,
        age=(as_of - first.due).days,
        expected_on=None if not days or None in days else max(day for day in days if day is not None),
        promised=promised,
        word=words(connection, standpoint, habits.members).of(first.account) if promised else None,
        disputed=from_units(sum(part.disputed for part in parts)),
        by_habit=from_units(sum(part.by_habit for part in waiting)),
    )
