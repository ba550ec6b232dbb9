"""Expected cash of open invoices by week: from due dates, promises and habits of paying; it reads and stores nothing.

Only what is open on the day is forecast, no invoice that is still to come. Expected amounts add up: weeks, later, not
expected and disputed come to what is open. The tenth, half and nine tenths of a week are drawn by a seed and do not.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise

from duedesk.domain.errors import RequestError
from duedesk.domain.forecast_curves import ONE, Habit, Habits
from duedesk.domain.forecast_draws import Drawn, drawn
from duedesk.domain.money import ZERO, from_units, round_amount

WEEKS = 13
"""A quarter: what cash is planned over."""

MOST_WEEKS = 52
DAYS_OF_WEEK = 7

LOOK_BACK = 365
"""Days before the one that is stood on whose due invoices tell of habits; older habits are no longer theirs."""

SEED = 1


@dataclass(slots=True)
class Expected:
    """An open invoice, or an instalment of one, in ten-thousandths.

    `disputed` of `open` waits for an end of the dispute; `promised` are parts of the rest with their days.
    """

    key: int
    account: int
    currency: str
    due: date
    open: int
    disputed: int = 0
    promised: Sequence[tuple[date, int]] = ()

    @property
    def by_habit(self) -> int:
        """Give what is neither disputed nor promised."""
        return self.open - self.disputed - sum(amount for _, amount in self.promised)


@dataclass(frozen=True, slots=True)
class ForecastWeek:
    """Seven days: the mean of what comes, and what comes in one, five and nine of ten cases at most.

    `promised` is what of it is promised for these days.
    """

    first: date
    last: date
    expected: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    promised: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of the open invoices in one currency. `total` sums the weeks: its bands are drawn for itself.

    `later` comes after the weeks; `never` is the share of such invoices that are not paid in the end; `disputed` is
    held apart.
    """

    currency: str
    as_of: date
    invoices: int
    open: Decimal
    weeks: tuple[ForecastWeek, ...]
    total: ForecastWeek
    later: Decimal
    never: Decimal
    disputed: Decimal
    behind: tuple[tuple[int, ...], ...] = field(repr=False)
    """The invoices behind each week, then behind what is later, not expected and disputed, the largest first.

    An invoice stands where half of such are paid by then, and where something of it is promised.
    """

    @property
    def difference(self) -> Decimal:
        """Give by how much the parts miss what is open; nothing."""
        return self.open - sum((week.expected for week in self.weeks), ZERO) - self.later - self.never - self.disputed


def check_weeks(weeks: int) -> int:
    """Refuse a number of weeks that nobody can look so far: RequestError."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise RequestError(f"{weeks} is no number of weeks to forecast.", f"Give one from 1 to {MOST_WEEKS}.")
    return weeks


def spans(as_of: date, weeks: int) -> tuple[tuple[date, date], ...]:
    """Give the first and last day of each week: the first begins on the day after."""
    starts = [as_of + timedelta(days=1 + DAYS_OF_WEEK * at) for at in range(weeks)]
    return tuple((first, first + timedelta(days=DAYS_OF_WEEK - 1)) for first in starts)


def with_promises(
    open_: int, disputed: int, promised: Sequence[tuple[date, int]], after: date
) -> tuple[int, tuple[tuple[date, int], ...]]:
    """Give what is disputed of an open amount, and what of the rest is promised for days `after` one, soonest first.

    A promise whose day is past promises nothing any more.
    """
    apart = min(disputed, open_)
    left, kept = open_ - apart, []
    for day, amount in sorted(promised):
        part = min(amount, left)
        if day > after and part > 0:
            kept.append((day, part))
            left -= part
    return apart, tuple(kept)


def forecast(
    items: Sequence[Expected], habits: Habits, as_of: date, weeks: int = WEEKS, *, seed: int = SEED
) -> tuple[Forecast, ...]:
    """Forecast by currency, in the order of their codes; the same items, day and seed give the same figures."""
    by_currency: dict[str, list[Expected]] = {}
    for item in items:
        by_currency.setdefault(item.currency, []).append(item)
    chances = Chances(habits, as_of, weeks)
    return tuple(_of_currency(code, by_currency[code], chances, seed) for code in sorted(by_currency))


@dataclass(slots=True)
class Chances:
    """The chances that what is unpaid on a day is paid by the end of each week, and ever: by account and due date."""

    habits: Habits
    as_of: date
    weeks: int
    _known: dict[tuple[int, date], tuple[int, ...]] = field(default_factory=dict)

    def of(self, account: int, due: date) -> tuple[int, ...]:
        """Give them, given how late it is already, out of `ONE`: one a week, and last the chance that it ever is."""
        found = self._known.get((account, due))
        if found is None:
            found = self._known[account, due] = self._made(self.habits.of(account), (self.as_of - due).days)
        return found

    def _made(self, habit: Habit, age: int) -> tuple[int, ...]:
        curves = (habit.curve, habit.segment.table, self.habits.everyone.table)
        curve = next((one for one in curves if one.unpaid(age)), None)
        if curve is None:  # nobody was so late and not paid: no one knows
            return (0,) * (self.weeks + 1)
        now = curve.unpaid(age)
        ends = [age + DAYS_OF_WEEK * week for week in range(1, self.weeks + 1)]
        return tuple(ONE - curve.unpaid(end) * ONE // now for end in (*ends, max(LOOK_BACK, ends[-1])))


def _of_currency(code: str, items: Sequence[Expected], chances: Chances, seed: int) -> Forecast:
    weeks = spans(chances.as_of, chances.weeks)
    promised = _promised(items, weeks)
    parts: dict[tuple[int, ...], int] = {}
    single: list[tuple[int, int, tuple[int, ...]]] = []
    for item in items:
        amount = item.by_habit
        if amount:
            of_item = chances.of(item.account, item.due)
            parts[of_item] = parts.get(of_item, 0) + amount
            single.append((amount, item.key, of_item))
    sums = [0] * (len(weeks) + 1)
    for of_item, amount in parts.items():
        for place, chance in enumerate(of_item):
            sums[place] += amount * chance
    by_end = [total // ONE + fixed for total, fixed in zip(sums, accumulate(promised), strict=True)]
    open_, disputed = sum(item.open for item in items), sum(item.disputed for item in items)
    bands = drawn(single, len(weeks), promised[:-1], seed)
    rounded = [ZERO, *(_amount(units, code) for units in by_end)]
    expected = [after - before for before, after in pairwise(rounded)]
    made = tuple(_week(span, expected[at], bands.weeks[at], promised[at], code) for at, span in enumerate(weeks))
    whole = (weeks[0][0], weeks[-1][1])
    return Forecast(
        currency=code,
        as_of=chances.as_of,
        invoices=len({item.key for item in items}),
        open=from_units(open_),
        weeks=made,
        total=_week(whole, rounded[-2], bands.total, sum(promised[:-1]), code),
        later=expected[-1],
        never=from_units(open_ - disputed) - rounded[-1],
        disputed=from_units(disputed),
        behind=_behind(items, chances, weeks),
    )


def _behind(
    items: Sequence[Expected], chances: Chances, weeks: Sequence[tuple[date, date]]
) -> tuple[tuple[int, ...], ...]:
    """Give the invoices behind each week, and behind what is later, not expected and disputed."""
    later = len(weeks)
    places: list[dict[int, None]] = [{} for _ in range(later + 3)]
    for item in sorted(items, key=lambda one: (-one.open, one.key)):
        for day, _ in item.promised:
            places[_week_of(day, weeks)][item.key] = None
        if item.disputed:
            places[-1][item.key] = None
        if item.by_habit:
            places[bisect_left(chances.of(item.account, item.due), ONE // 2)][item.key] = None
    return tuple(map(tuple, places))


def _week_of(day: date, weeks: Sequence[tuple[date, date]]) -> int:
    """Give the place of the week of a day, or of what is later."""
    return min((day - weeks[0][0]).days // DAYS_OF_WEEK, len(weeks))


def _promised(items: Sequence[Expected], weeks: Sequence[tuple[date, date]]) -> list[int]:
    """Give what is promised for each week, and for later days."""
    found = [0] * (len(weeks) + 1)
    for item in items:
        for day, amount in item.promised:
            found[_week_of(day, weeks)] += amount
    return found


def _week(span: tuple[date, date], expected: Decimal, band: Drawn, promised: int, code: str) -> ForecastWeek:
    low, middle, high = (_amount(units, code) for units in (band.low, band.middle, band.high))
    return ForecastWeek(*span, expected, low, middle, high, from_units(promised))


def _amount(units: int, code: str) -> Decimal:
    return round_amount(from_units(units), code)
