"""Expected cash of open invoices by week: from due dates, promises and habits of paying; it reads and stores nothing.

Only what is open on the day is forecast, no invoice that is still to come. Expected amounts add up: weeks, later, not
expected and disputed come to what is open. The tenth, half and nine tenths of a week are drawn by a seed and do not.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.errors import RequestError
from duedesk.domain.forecast_curves import ONE, ONE_BITS, Habit, Habits
from duedesk.domain.forecast_draws import Drawn, drawn
from duedesk.domain.money import UNITS_PER_ONE, ZERO, from_units, minor_digits, round_amount

WEEKS = 13
"""A quarter: what cash is planned over."""

MOST_WEEKS = 52
DAYS_OF_WEEK = 7

LOOK_BACK = 365
"""Days before the one that is stood on whose due invoices tell of habits; older habits are no longer theirs."""

SEED = 1

_STEPS = tuple(UNITS_PER_ONE // 10**digits for digits in range(5))
"""Ten-thousandths in the minor unit of a currency, by its digits."""


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


def forecast(items: Sequence[Expected], chances: "Chances", *, seed: int = SEED) -> tuple[Forecast, ...]:
    """Forecast by currency, in the order of their codes; the same items, day and seed give the same figures."""
    by_currency: dict[str, list[Expected]] = {}
    for item in items:
        by_currency.setdefault(item.currency, []).append(item)
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
        ends = [age + DAYS_OF_WEEK * week for week in range(1, self.weeks + 1)]
        ends.append(max(LOOK_BACK, ends[-1]))
        for curve in (habit.curve, habit.segment.table, self.habits.everyone.table):
            found = curve.paid_by(age, ends)
            if found is not None:
                return found
        return (0,) * len(ends)  # nobody was so late and not paid: no one knows


def expected_on(item: Expected, habit: Habit, as_of: date) -> date | None:
    """Give the day by which half of what is as late is paid, after the one that is stood on; None if it never is."""
    late = habit.curve.usual_day((as_of - item.due).days)
    return None if late is None else max(item.due + timedelta(days=late), as_of + timedelta(days=1))


def shares(item: Expected, chances: Chances) -> tuple[int, ...]:
    """Give what of an item is expected in each week, later and never, and what is disputed: all of what is open.

    Each share is an amount made, in whole minor units: sums of them agree wherever they are added up.
    """
    found = [0] * (chances.weeks + 3)
    amount, before, step = item.by_habit, 0, _STEPS[minor_digits(item.currency)]
    if amount:
        for place, chance in enumerate(chances.of(item.account, item.due)):
            by_then = min(((amount * chance >> ONE_BITS) + step // 2) // step * step, amount)
            found[place] = by_then - before
            before = by_then
    for day, promised in item.promised:
        found[_week_of(day, chances)] += promised
    found[-2:] = amount - before, item.disputed
    return tuple(found)


def _of_currency(code: str, items: Sequence[Expected], chances: Chances, seed: int) -> Forecast:
    weeks = spans(chances.as_of, chances.weeks)
    promised = _promised(items, chances)
    sums = [0] * (len(weeks) + 3)
    for item in items:
        for place, part in enumerate(shares(item, chances)):
            sums[place] += part
    single = [(item.by_habit, item.key, chances.of(item.account, item.due)) for item in items if item.by_habit]
    bands = drawn(single, len(weeks), promised, seed)
    made = tuple(_week(span, sums[at], bands.weeks[at], promised[at], code) for at, span in enumerate(weeks))
    whole = (weeks[0][0], weeks[-1][1])
    return Forecast(
        currency=code,
        as_of=chances.as_of,
        invoices=len({item.key for item in items}),
        open=from_units(sum(sums)),
        weeks=made,
        total=_week(whole, sum(sums[:-3]), bands.total, sum(promised), code),
        later=from_units(sums[-3]),
        never=from_units(sums[-2]),
        disputed=from_units(sums[-1]),
        behind=_behind(items, chances),
    )


def _behind(items: Sequence[Expected], chances: Chances) -> tuple[tuple[int, ...], ...]:
    """Give the invoices behind each week, and behind what is later, not expected and disputed."""
    places: list[dict[int, None]] = [{} for _ in range(chances.weeks + 3)]
    for item in sorted(items, key=lambda one: (-one.open, one.key)):
        for day, _ in item.promised:
            places[_week_of(day, chances)][item.key] = None
        if item.disputed:
            places[-1][item.key] = None
        if item.by_habit:
            places[bisect_left(chances.of(item.account, item.due), ONE // 2)][item.key] = None
    return tuple(map(tuple, places))


def _week_of(day: date, chances: Chances) -> int:
    """Give the place of the week of a day, or of what is later."""
    return min(((day - chances.as_of).days - 1) // DAYS_OF_WEEK, chances.weeks)


def _promised(items: Sequence[Expected], chances: Chances) -> list[int]:
    """Give what is promised for each week."""
    found = [0] * (chances.weeks + 1)
    for item in items:
        for day, amount in item.promised:
            found[_week_of(day, chances)] += amount
    return found[:-1]


def _week(span: tuple[date, date], expected: int, band: Drawn, promised: int, code: str) -> ForecastWeek:
    low, middle, high = (round_amount(from_units(units), code) for units in (band.low, band.middle, band.high))
    return ForecastWeek(*span, from_units(expected), low, middle, high, from_units(promised))
