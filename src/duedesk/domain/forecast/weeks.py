"""Expected cash of open invoices by week: from due dates, promises and habits of paying; it reads and stores nothing.

Only what is open on the day is forecast, no invoice that is still to come. Expected amounts add up: weeks, later, not
expected and disputed come to what is open. The tenth, half and nine tenths of a week are drawn by a seed and do not.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from duedesk.domain.errors import RequestError
from duedesk.domain.forecast.curves import ONE, ONE_BITS, table_of
from duedesk.domain.forecast.draws import Drawn, Together, drawn
from duedesk.domain.forecast.habits import Habit, Habits
from duedesk.domain.forecast.promises import Words
from duedesk.domain.money import UNITS_PER_ONE, ZERO, from_units, minor_digits, round_amount

WEEKS = 13
"""A quarter: what cash is planned over."""

MOST_WEEKS = 52
DAYS_OF_WEEK = 7

LOOK_BACK = 365
"""Days before the one that is stood on whose due invoices tell of habits; older habits are no longer theirs."""

SEED = 1

_HALF = ONE // 2

_STEPS: tuple[int, ...] = tuple(UNITS_PER_ONE // 10**digits for digits in range(5))
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

    `promised` is what is promised for these days, `kept` what of that is expected.
    """

    first: date
    last: date
    expected: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    promised: Decimal
    kept: Decimal


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


def forecast(items: Sequence[Expected], chances: "Chances", *, seed: int = SEED) -> tuple[Forecast, ...]:
    """Forecast by currency, in the order of their codes; the same items, day and seed give the same figures."""
    by_currency: dict[str, list[Expected]] = {}
    chances.learn(items)
    for item in items:
        by_currency.setdefault(item.currency, []).append(item)
    return tuple(_of_currency(code, by_currency[code], chances, seed) for code in sorted(by_currency))


@dataclass(slots=True)
class Chances:
    """The chances that what is unpaid on a day is paid by the end of each week, and ever, out of `ONE`."""

    habits: Habits
    as_of: date
    weeks: int
    words: Words = field(default_factory=lambda: Words({}, {}))
    unheard: int = 0
    """How many days payments take to be recorded, on the average, out of `ONE`."""
    _known: dict[tuple[int, date], tuple[int, ...]] = field(default_factory=dict)

    def learn(self, items: Iterable[Expected]) -> None:
        """Make the chances of many items at once: an account's days are gone through once for all that it owes."""
        dues: dict[int, set[date]] = {}
        for item in items:
            if (item.account, item.due) not in self._known:
                dues.setdefault(item.account, set()).add(item.due)
        for account, of_account in dues.items():
            self._learn(account, of_account)

    def of(self, account: int, due: date) -> tuple[int, ...]:
        """Give them by habit, given how late it is already: one a week, and last the chance that it ever is."""
        found = self._known.get((account, due))
        if found is None:
            self._learn(account, (due,))
            found = self._known[account, due]
        return found

    def of_promise(self, account: int, due: date, day: date) -> tuple[int, ...]:
        """Give them of what is promised for a day: by then the promise is kept, or broken and paid by habit later."""
        word, week, late = self.words.of(account).chance, self.week_of(day), (day - due).days
        last, age = (day - self.as_of).days, (self.as_of - due).days
        ends = [DAYS_OF_WEEK * (at + 1) for at in range(week, self.weeks)]
        ends.append(max(LOOK_BACK - age, DAYS_OF_WEEK * self.weeks, last))
        habit = self.habits.of(account)
        rising = accumulate((self._paid_between(habit, late, age + end) for end in ends), max)
        return (*[0] * week, *(word + ((ONE - word) * one >> ONE_BITS) for one in rising))

    def week_of(self, day: date) -> int:
        """Give the place of the week of a day, or of what is later."""
        return min(((day - self.as_of).days - 1) // DAYS_OF_WEEK, self.weeks)

    def _learn(self, account: int, dues: Collection[date]) -> None:
        habit, ahead = self.habits.of(account), DAYS_OF_WEEK * self.weeks
        newest, oldest = ((self.as_of - due).days for due in (max(dues), min(dues)))
        table = table_of(habit.curve, newest - (self.unheard >> ONE_BITS) - 1, oldest + ahead)
        for due in dues:
            age = (self.as_of - due).days
            last = max(LOOK_BACK, age + ahead)
            found = table.paid_by(age, self.weeks, habit.curve.unpaid(last), self.unheard)
            if found is None:
                others = (habit.segment.table, self.habits.everyone.table)
                each = (one.paid_by(age, self.weeks, one.unpaid(last), self.unheard) for one in others)
                found = next((one for one in each if one is not None), None)
            # Where nobody was so late and not paid, no one knows.
            self._known[account, due] = (0,) * (self.weeks + 1) if found is None else found

    def _paid_between(self, habit: Habit, late: int, end: int) -> int:
        """Give the chance that what is unpaid so many days late is paid by a later day."""
        for one in (habit.curve, habit.segment.table, self.habits.everyone.table):
            now = one.unpaid(late)
            if now:
                return ONE - one.unpaid(end) * ONE // now
        return 0


def expected_on(item: Expected, habit: Habit, as_of: date) -> date | None:
    """Give the day by which half of what is as late is paid, after the one that is stood on; None if it never is."""
    late = habit.curve.usual_day((as_of - item.due).days)
    return None if late is None else max(item.due + timedelta(days=late), as_of + timedelta(days=1))


def shares(item: Expected, chances: Chances) -> tuple[int, ...]:
    """Give what of an item is expected in each week, later and never, and what is disputed: all of what is open.

    Each share is an amount made, in whole minor units: sums of them agree wherever they are added up.
    """
    step = step_of(item.currency)
    found = [0] * (chances.weeks + 3)
    for amount, by_then, _ in parts(item, chances):
        before = 0
        for place, now in enumerate(paid(amount, by_then, step)):
            found[place] += (now - before) * step
            before = now
        found[-2] += amount - before * step
    found[-1] = item.disputed
    return tuple(found)


def step_of(currency: str) -> int:
    """Give the ten-thousandths in the minor unit of a currency."""
    return _STEPS[minor_digits(currency)]


def parts(item: Expected, chances: Chances) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Give each part of an item that is not disputed, its chances, and the week it stands in as a whole.

    That is the week of a promise, or the one by which half of such are paid.
    """
    by_habit = item.by_habit if item.promised or item.disputed else item.open
    if by_habit:
        by_then = chances.of(item.account, item.due)
        yield by_habit, by_then, bisect_left(by_then, _HALF)
    for day, promised in item.promised:
        yield promised, chances.of_promise(item.account, item.due, day), chances.week_of(day)


def paid(amount: int, by_then: Sequence[int], step: int) -> list[int]:
    """Give what of an amount is expected by the end of each week, in minor units."""
    whole = amount // step
    if whole * step == amount:
        return [whole * chance + _HALF >> ONE_BITS for chance in by_then]
    return [min(((amount * chance >> ONE_BITS) + step // 2) // step, whole) for chance in by_then]


def _of_currency(code: str, items: Sequence[Expected], chances: Chances, seed: int) -> Forecast:
    weeks, step = spans(chances.as_of, chances.weeks), step_of(code)
    behind: list[dict[int, None]] = [{} for _ in range(chances.weeks + 3)]
    together = Together(chances.weeks)
    for item in sorted(items, key=lambda one: (-one.open, one.key, one.due)):
        for amount, by_then, place in parts(item, chances):
            together.add(amount // step, by_then, paid(amount, by_then, step))
            behind[place][item.key] = None
        if item.disputed:
            behind[-1][item.key] = None
    bands = drawn(together, seed)
    sums = [one * step for one in together.sums]
    promised = _promised(items, chances, step)
    made = tuple(_week(span, sums[at], bands.weeks[at], promised[at], step, code) for at, span in enumerate(weeks))
    whole = (sum(one[0] for one in promised), sum(one[1] for one in promised))
    disputed, open_ = sum(item.disputed for item in items), sum(item.open for item in items)
    return Forecast(
        currency=code,
        as_of=chances.as_of,
        invoices=len({item.key for item in items}),
        open=from_units(open_),
        weeks=made,
        total=_week((weeks[0][0], weeks[-1][1]), sum(sums[:-1]), bands.total, whole, step, code),
        later=from_units(sums[-1]),
        never=from_units(open_ - disputed - sum(sums)),
        disputed=from_units(disputed),
        behind=tuple(map(tuple, behind)),
    )


def _promised(items: Sequence[Expected], chances: Chances, step: int) -> list[tuple[int, int]]:
    """Give by week what is promised for it, and what of that is expected."""
    found = [(0, 0)] * (chances.weeks + 1)
    for item in items:
        for day, amount in item.promised:
            week = chances.week_of(day)
            expected = paid(amount, (chances.words.of(item.account).chance,), step)[0] * step
            found[week] = (found[week][0] + amount, found[week][1] + expected)
    return found[:-1]


def _week(
    span: tuple[date, date], expected: int, band: Drawn, promised: tuple[int, int], step: int, code: str
) -> ForecastWeek:
    low, middle, high = (round_amount(from_units(units * step), code) for units in (band.low, band.middle, band.high))
    return ForecastWeek(*span, from_units(expected), low, middle, high, *map(from_units, promised))
