"""What the report of the forecast reads: the forecast, each open item with its shares, the aging, past errors."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import Connection, select

from duedesk.domain.aging import AgingRequest
from duedesk.domain.forecast.report import ForecastItem, ForecastReport
from duedesk.domain.forecast.weeks import Chances, Expected, check_weeks, expected_on, forecast, shares, spans
from duedesk.domain.money import from_units
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.forecast.cash import Progress, backtest
from duedesk.store.queries.forecast.facts import chances_of, open_items
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


def forecast_report(
    connection: Connection,
    as_of: date,
    known_on: datetime | None,
    currency: str | None,
    weeks: int,
    *,
    progress: Progress | None = None,
) -> ForecastReport:
    """Read all of it; `progress` is told how many past days are tested, and may raise to stop."""
    standpoint = Standpoint(as_of, known_on)
    every = open_items(connection, standpoint)
    wanted = tuple(item for item in every if currency is None or item.currency == currency)
    chances = chances_of(connection, standpoint, every, check_weeks(weeks))
    owed = aging(connection, AgingRequest(as_of, known_on, currency=currency))
    return ForecastReport(
        as_of,
        spans(as_of, weeks),
        forecast(wanted, chances),
        _items(connection, wanted, chances),
        {total.currency: total.open for total in owed.totals if total.open},
        {(row.key, row.currency): row.open for row in owed.rows if row.open and isinstance(row.key, int)},
        backtest(connection, as_of, known_on, currency, weeks, progress=progress),
    )


def _items(connection: Connection, items: Sequence[Expected], chances: Chances) -> Iterator[ForecastItem]:
    """Give the items by account and due date."""

    @cache
    def told(key: int) -> tuple[int | None, int, int, str]:
        habit = chances.habits.of(key)
        return habit.usual, *habit.times, "Own invoices" if habit.is_own else habit.segment.name

    whose = (account.c.name, account.c.account_number, account.c.folded_name)
    named = select(invoice.c.id, invoice.c.document_number, *whose)
    joined = named.join(account, account.c.id == invoice.c.billing_account_id)
    asked = joined.where(chosen(connection, invoice.c.id, {item.key for item in items}))
    called = {key: rest for key, *rest in connection.execute(asked)}
    for item in sorted(items, key=lambda one: (called[one.key][3], one.account, one.currency, one.due, one.key)):
        number, name, account_number, _ = called[item.key]
        yield ForecastItem(
            item.account,
            name,
            account_number or "",
            number or "",
            item.due,
            (chances.as_of - item.due).days,
            item.currency,
            from_units(item.open),
            from_units(sum(amount for _, amount in item.promised)),
            tuple(map(from_units, shares(item, chances))),
            *told(item.account),
            expected_on(item, chances.habits.of(item.account), chances.as_of) if item.by_habit else None,
        )
