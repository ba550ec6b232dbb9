"""The forecast of cash as of a day, as known on another, and how far off it was on past days; it decides nothing."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, func, select

from duedesk.domain.days import end_of_day, on_calendar
from duedesk.domain.forecast.error import ForecastError, PastWeek, errors, origins
from duedesk.domain.forecast.weeks import DAYS_OF_WEEK, SEED, WEEKS, Expected, Forecast, check_weeks, spans
from duedesk.domain.forecast.weeks import forecast as rule
from duedesk.domain.money import ZERO, from_units
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.forecast.facts import came_in, chances_of, open_items
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import invoice

Progress = Callable[[int, int], None]
"""Told how many of how many past days are done; to stop the work, it raises."""


def forecast(
    connection: Connection,
    as_of: date,
    known_on: datetime | None = None,
    currency: str | None = None,
    weeks: int = WEEKS,
    *,
    seed: int = SEED,
) -> tuple[Forecast, ...]:
    """Give what is expected of the open invoices, by currency; RequestError where so many weeks cannot be."""
    made, _ = _stood(connection, Standpoint(on_calendar(as_of), known_on), currency, check_weeks(weeks), seed)
    return made


def backtest(
    connection: Connection,
    as_of: date,
    known_on: datetime | None = None,
    currency: str | None = None,
    weeks: int = WEEKS,
    *,
    seed: int = SEED,
    progress: Progress | None = None,
) -> tuple[ForecastError, ...]:
    """Stand on past days, forecast, and give by currency how far that was from what came in by the as-of day.

    On a past day only what was known that day counts; where the book was not kept yet, as when its history was
    imported later, what is dated by then. Past days before the first invoice tell nothing and are left out.
    """
    check_weeks(weeks)
    now, tested = Standpoint(on_calendar(as_of), known_on), []
    kept_since = connection.scalar(select(func.min(invoice.c.posted_at, type_=invoice.c.posted_at.type)))
    open_now = connection.scalar(select(func.count()).select_from(invoice).where(invoice.c.balance != NOTHING)) or 0
    days = origins(as_of, weeks, open_now)
    for done, day in enumerate(days):
        if progress is not None:
            progress(done, len(days))
        evening = end_of_day(day)
        was_kept = kept_since is not None and kept_since <= evening
        then = Standpoint(day, min(evening, known_on or evening) if was_kept else known_on)
        made, items = _stood(connection, then, currency, weeks, seed)
        if made:
            tested += _tested(made, items, came_in(connection, then, now), day)
    return tuple(errors(tested))


def _stood(
    connection: Connection, standpoint: Standpoint, currency: str | None, weeks: int, seed: int
) -> tuple[tuple[Forecast, ...], tuple[Expected, ...]]:
    every = open_items(connection, standpoint)
    wanted = tuple(item for item in every if currency is None or item.currency == currency)
    if not wanted:
        return (), ()
    return rule(wanted, chances_of(connection, standpoint, every, weeks), seed=seed), wanted


def _tested(
    made: Sequence[Forecast], items: Sequence[Expected], came: dict[tuple[str, date], Decimal], day: date
) -> list[PastWeek]:
    tested = []
    for one in made:
        own = [item for item in items if item.currency == one.currency]
        for number, (week, (first, last)) in enumerate(zip(one.weeks, spans(day, len(one.weeks)), strict=True), 1):
            amounts = (amount for (code, on), amount in came.items() if code == one.currency and first <= on <= last)
            tested.append(
                PastWeek(
                    currency=one.currency,
                    origin=day,
                    number=number,
                    expected=week.expected,
                    low=week.low,
                    middle=week.middle,
                    high=week.high,
                    by_due_dates=_due(own, day, number),
                    came=sum(amounts, ZERO),
                )
            )
    return tested


def _due(items: Sequence[Expected], day: date, number: int) -> Decimal:
    """Give what falls due in a week; in the first what is overdue as well."""

    def week_of(due: date) -> int:
        return max(1, ((due - day).days - 1) // DAYS_OF_WEEK + 1)

    return from_units(sum(item.open for item in items if week_of(item.due) == number))
