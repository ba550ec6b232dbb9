"""How far forecasts of past days were off: what was expected then against what came in; it forecasts nothing itself.

Each past day is stood on with what was known that day, so that nothing looks ahead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.forecast.weeks import DAYS_OF_WEEK
from duedesk.domain.metrics import percent
from duedesk.domain.money import ZERO

ORIGINS, FEWER = 6, 3
"""Past days that are stood on; fewer do where more than `MANY` invoices are open: each week then holds enough."""

MANY = 30_000

APART = 28
"""Days between two of them: four whole weeks, so that each begins on the same day of the week."""

FORMULAS = {
    "error": "sum of |came in − expected| by week ÷ sum of what came in × 100",
    "bias": "(expected − came in) ÷ came in × 100, over all weeks",
    "error_of_total": "sum of |came in − expected| by past day, all weeks together ÷ sum of what came in × 100",
    "by_due_dates": "the error had every invoice been paid on its due date, and what is overdue at once",
    "covered": "weeks in which what came in lay from P10 to P90 ÷ all weeks × 100; 80 is meant",
}
"""Every figure of a back-test in words."""


@dataclass(frozen=True, slots=True)
class PastWeek:
    """A week of a past forecast: what was expected, its band, what due dates alone said, and what came in."""

    currency: str
    origin: date
    number: int
    expected: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    by_due_dates: Decimal
    came: Decimal

    @property
    def is_covered(self) -> bool:
        """Tell whether what came in lies within the band."""
        return self.low <= self.came <= self.high

    @property
    def first(self) -> date:
        """Give the first day of the week."""
        return self.origin + timedelta(days=1 + DAYS_OF_WEEK * (self.number - 1))


@dataclass(frozen=True, slots=True)
class ForecastError:
    """How far the forecasts of some past days were off, in one currency; per cent, None where nothing came in."""

    currency: str
    origins: tuple[date, ...]
    weeks: tuple[PastWeek, ...]

    @property
    def came(self) -> Decimal:
        """Give what came in."""
        return sum((one.came for one in self.weeks), ZERO)

    @property
    def expected(self) -> Decimal:
        """Give what was expected."""
        return sum((one.expected for one in self.weeks), ZERO)

    @property
    def error(self) -> Decimal | None:
        """Give how far the weeks were off, weighted by what came in."""
        return percent(_off((one.expected, one.came) for one in self.weeks), self.came)

    @property
    def bias(self) -> Decimal | None:
        """Give by how much too much was expected; negative where it was too little."""
        return percent(self.expected - self.came, self.came)

    @property
    def error_of_total(self) -> Decimal | None:
        """Give how far off the forecasts were over all their weeks."""
        sums = {origin: [ZERO, ZERO] for origin in self.origins}
        for one in self.weeks:
            sums[one.origin][0] += one.expected
            sums[one.origin][1] += one.came
        return percent(_off((expected, came) for expected, came in sums.values()), self.came)

    @property
    def by_due_dates(self) -> Decimal | None:
        """Give how far due dates alone would have been off."""
        return percent(_off((one.by_due_dates, one.came) for one in self.weeks), self.came)

    @property
    def covered_weeks(self) -> int:
        """Give in how many weeks what came in lay within the band."""
        return sum(one.is_covered for one in self.weeks)

    @property
    def covered(self) -> Decimal | None:
        """Give their share."""
        return percent(Decimal(self.covered_weeks), Decimal(len(self.weeks)))


def origins(as_of: date, weeks: int, open_now: int = 0) -> tuple[date, ...]:
    """Give the past days to stand on, oldest first: the weeks after each are over by the as-of day.

    `open_now` is how many invoices are open.
    """
    count = FEWER if open_now > MANY else ORIGINS
    latest = as_of - timedelta(days=DAYS_OF_WEEK * weeks)
    return tuple(latest - timedelta(days=APART * back) for back in range(count - 1, -1, -1))


def errors(weeks: Sequence[PastWeek]) -> Iterator[ForecastError]:
    """Give the errors by currency, of the weeks in which anything was expected or came in: others say nothing."""
    for code in sorted({one.currency for one in weeks}):
        own = tuple(one for one in weeks if one.currency == code and (one.expected or one.came))
        if own:
            yield ForecastError(code, tuple(sorted({one.origin for one in own})), own)


def _off(pairs: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    return sum((abs(came - expected) for expected, came in pairs), ZERO)
