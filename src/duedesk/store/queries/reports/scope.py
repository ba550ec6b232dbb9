"""What a report is narrowed to: its days, what was known, a currency, some accounts; and what the ledger says of it.

The figures here are those of the roll-forward and the aging: a report's own sums are held against them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Row

from duedesk.domain.aging import AgingRequest, AgingRow, total_by_currency
from duedesk.domain.days import day_before
from duedesk.domain.grouping import ACCOUNT, CURRENCY
from duedesk.domain.roll_forward import RollForward
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.moved import Span
from duedesk.store.queries.roll_forward import roll_forward, total_of
from duedesk.store.settlement import chosen

BLOCK = 2_000
"""Rows that are read at a time."""


@dataclass(frozen=True, slots=True)
class ReportScope:
    """The last day of a report and, where it tells of a period, the first; `accounts` None means all."""

    as_of: date
    first_day: date | None = None
    known_on: datetime | None = None
    currency: str | None = None
    accounts: tuple[int, ...] | None = None

    @property
    def standpoint(self) -> Standpoint:
        """Give the end of the last day."""
        return Standpoint(self.as_of, self.known_on)

    @property
    def opens(self) -> date:
        """Give the first day of the period; without one it opens with the calendar."""
        return self.first_day or date.min

    @property
    def before(self) -> Standpoint:
        """Give the end of the day before the first: where a period opens."""
        return Standpoint(day_before(self.opens), self.known_on)

    @property
    def span(self) -> Span:
        """Give what came and went in the period."""
        return Span(self.before, self.standpoint, self.currency, by_account=False)

    def narrows(
        self, connection: Connection, account: ColumnElement[int], currency: ColumnElement[str]
    ) -> tuple[ColumnElement[bool], ...]:
        """Give the conditions on the account and the currency of a row."""
        conditions = [] if self.accounts is None else [chosen(connection, account, self.accounts)]
        return (*conditions, *([] if self.currency is None else [currency == self.currency]))

    def within(self, day: ColumnElement[date], recorded: ColumnElement[datetime]) -> ColumnElement[bool]:
        """Give the condition that something happened in the period, as far as was known."""
        return self.standpoint.happened(day, recorded) & (day > self.before.as_of)


def moved(connection: Connection, scope: ReportScope) -> tuple[RollForward, ...]:
    """Give how the balances before the period became those of its last day, one row a currency."""
    days = (scope.opens, scope.as_of, scope.known_on, scope.currency)
    if scope.accounts is None:
        return roll_forward(connection, *days)
    wanted = set(scope.accounts)
    return total_of([row for row in roll_forward(connection, *days, by_account=True) if row.key in wanted])


def owed(connection: Connection, scope: ReportScope, *, apart_disputed: bool = False) -> tuple[AgingRow, ...]:
    """Give what is open and unapplied at the end of the last day, one row a currency."""
    by = (CURRENCY,) if scope.accounts is None else (ACCOUNT,)
    asked = AgingRequest(scope.as_of, scope.known_on, by, currency=scope.currency, apart_disputed=apart_disputed)
    found = aging(connection, asked)
    if scope.accounts is None:
        return found.totals
    return total_by_currency(_wanted(scope, found.rows))


def owed_by_account(connection: Connection, scope: ReportScope) -> tuple[AgingRow, ...]:
    """Give the same by account, by name."""
    found = aging(connection, AgingRequest(scope.as_of, scope.known_on, currency=scope.currency))
    return _wanted(scope, found.rows)


def _wanted(scope: ReportScope, rows: tuple[AgingRow, ...]) -> tuple[AgingRow, ...]:
    wanted = None if scope.accounts is None else set(scope.accounts)
    return tuple(row for row in rows if wanted is None or row.key in wanted)


def accounts_with_activity(connection: Connection, scope: ReportScope) -> tuple[RollForward, ...]:
    """Give the accounts, by name, that owed something at either end of the period, or moved something in it."""
    days = (scope.opens, scope.as_of, scope.known_on, scope.currency)
    rows = roll_forward(connection, *days, by_account=True)
    return rows if scope.accounts is None else tuple(row for row in rows if row.key in set(scope.accounts))


def accounts_with_balance(connection: Connection, scope: ReportScope) -> tuple[RollForward, ...]:
    """Give the accounts, by name, of which something is open or unapplied, as closing balances."""
    return tuple(
        RollForward(
            row.currency, scope.as_of, scope.as_of, closing=row.balance, key=row.key, name=row.name, number=row.number
        )
        for row in owed_by_account(connection, scope)
        if isinstance(row.key, int)
    )


def in_blocks(connection: Connection, asked: Executable) -> Iterator[Row[Any]]:
    """Give the rows of a question; they are read as they are taken, whatever their number."""
    with connection.execute(asked, execution_options={"yield_per": BLOCK}) as found:
        yield from found
