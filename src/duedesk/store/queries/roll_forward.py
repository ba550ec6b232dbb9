"""The balances before a period, what moved them in it, those at its end; opening and closing are those of agings."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, select, union_all

from duedesk.domain.aging import AgingRequest, AgingRow
from duedesk.domain.days import day_before
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import ACCOUNT, CURRENCY
from duedesk.domain.money import ZERO
from duedesk.domain.roll_forward import MOVEMENTS, RollForward
from duedesk.store.queries.aging.figures import open_aging
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.moved import Span
from duedesk.store.tables.party import account

_Place = tuple[int | None, str]


def roll_forward(
    connection: Connection,
    first_day: date,
    end: date,
    known_on: datetime | None = None,
    currency: str | None = None,
    *,
    by_account: bool = False,
) -> tuple[RollForward, ...]:
    """Give one row a currency, or an account and currency by name, of a period with both its days.

    RequestError where it ends before it begins.
    """
    if end < first_day:
        raise RequestError("The period ends before it begins.", "Give its first day first.")
    start = day_before(first_day)
    span = Span(Standpoint(start, known_on), Standpoint(end, known_on), currency, by_account=by_account)
    by = (ACCOUNT,) if by_account else (CURRENCY,)
    figures: dict[_Place, dict[str, Decimal]] = {}
    for name, day in (("opening", start), ("closing", end)):
        for row in open_aging(connection, AgingRequest(day, known_on, by, currency=currency)).rows:
            figures.setdefault(_place(row, by_account=by_account), {})[name] = row.balance
    for name, key, code, amount in connection.execute(union_all(*span.parts())):
        there = figures.setdefault((key if by_account else None, code), {})
        there[name] = there.get(name, ZERO) + amount
    names = _names(connection) if by_account else {}
    rows = []
    for (account_key, code), of_row in figures.items():
        if any(of_row.values()):
            called, number = names.get(account_key, ("", ""))
            rows.append(RollForward(code, first_day, end, **of_row, key=account_key, name=called, number=number))
    return tuple(sorted(rows, key=lambda one: (one.name.casefold(), one.number, one.currency)))


def _place(row: AgingRow, *, by_account: bool) -> _Place:
    return (row.key if by_account and isinstance(row.key, int) else None, row.currency)


def _names(connection: Connection) -> dict[int | None, tuple[str, str]]:
    found = connection.execute(select(account.c.id, account.c.name, account.c.account_number))
    return {key: (name, number or "") for key, name, number in found}


def total_of(rows: Sequence[RollForward]) -> tuple[RollForward, ...]:
    """Add rows up, one a currency."""
    names = ("opening", *(name for name, _ in MOVEMENTS), "closing")
    by_currency: dict[str, list[RollForward]] = {}
    for row in rows:
        by_currency.setdefault(row.currency, []).append(row)
    found = []
    for code in sorted(by_currency):
        first = by_currency[code][0]
        sums = {name: sum((getattr(row, name) for row in by_currency[code]), ZERO) for name in names}
        found.append(RollForward(code, first.first_day, first.end, **sums, key=None, name="Total", number=""))
    return tuple(found)
