"""What of receivables is expected to be lost: a rate for each bucket of age (provision matrix); it posts nothing.

A rate holds from a number of days overdue on, so that it serves any buckets. Nothing is rounded before it is added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from duedesk.domain.aging import DEFAULT_BUCKETS, LAST_EDGE, Buckets
from duedesk.domain.errors import RequestError
from duedesk.domain.metrics import HUNDRED, months_before
from duedesk.domain.money import ZERO

HISTORY_MONTHS = 12
"""Ends of months whose open items are followed, and the least months that each is followed for."""

_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class LossRates:
    """The per cent that is expected to be lost from so many days overdue on; 0 stands for what is not due yet."""

    steps: tuple[tuple[int, Decimal], ...]

    def __post_init__(self) -> None:
        days = [day for day, _ in self.steps]
        if not days or days[0] != 0 or days != sorted(set(days)) or days[-1] > LAST_EDGE:
            raise RequestError(f"The loss rates {self} do not grow in days from 0 on.", _HOW)
        for _, rate in self.steps:
            if not rate.is_finite() or not 0 <= rate <= HUNDRED or rate != round(rate, _MOST_DIGITS):
                raise RequestError(
                    f"{_typed(rate)} is no loss rate.", "Give per cent from 0 to 100, four decimals at most."
                )

    @classmethod
    def parse(cls, text: str) -> "LossRates":
        """Read `0:0.3, 1:1.6, 31:3.6`."""
        steps = []
        for part in text.replace(" ", "").split(","):
            day, _, rate = part.partition(":")
            try:
                steps.append((int(day), Decimal(rate)))
            except (ValueError, InvalidOperation):
                raise RequestError(f"“{part}” is no loss rate.", _HOW) from None
        return cls(tuple(steps))

    def __str__(self) -> str:
        return ", ".join(f"{day}:{_typed(rate)}" for day, rate in self.steps)

    def in_words(self) -> str:
        """Say the rates as a person does: `0.3 % of what is not due, 1.6 % from day 1 overdue, 3.6 % from day 31`."""
        said = [f"{_typed(rate)} % from day {day}" for day, rate in self.steps[1:]]
        if said:
            said[0] += " overdue"
        return ", ".join((f"{_typed(self.steps[0][1])} % of what is not due", *said))

    def of(self, buckets: Buckets) -> tuple[Decimal, ...]:
        """Give the rate of each bucket: the one that holds on its first day."""
        return tuple(self._from(buckets.days(index)[0] or 0) for index in range(len(buckets)))

    @property
    def buckets(self) -> Buckets:
        """Give the buckets that the steps begin; those of every day where no step is later than the first day."""
        edges = tuple(day - 1 for day, _ in self.steps if day > 1)
        return Buckets(edges) if edges else DEFAULT_BUCKETS

    @classmethod
    def over(cls, buckets: Buckets, rates: Sequence[Decimal]) -> "LossRates":
        """Make the rates of buckets."""
        return cls(tuple((buckets.days(index)[0] or 0, rate) for index, rate in enumerate(rates)))

    def _from(self, day: int) -> Decimal:
        return max((step for step in self.steps if step[0] <= day), key=lambda step: step[0])[1]


def _typed(rate: Decimal) -> str:
    return f"{rate.normalize():f}" if rate.is_finite() else str(rate)


_HOW = "Such as 0:0.3, 1:1.6, 31:3.6: days overdue, a colon, per cent."

DEFAULT_RATES = LossRates(
    (
        (0, Decimal("0.3")),
        (1, Decimal("1.6")),
        (31, Decimal("3.6")),
        (61, Decimal("6.6")),
        (91, Decimal("10.6")),
    )
)
"""The rates of IFRS 9, Illustrative Example 12, until a book has its own."""


@dataclass(frozen=True, slots=True)
class LossHistory:
    """What one currency's open items of past days came to by bucket, and what of them was written off since."""

    currency: str
    exposure: tuple[Decimal, ...]
    lost: tuple[Decimal, ...]

    @property
    def rates(self) -> tuple[Decimal | None, ...]:
        """Give the per cent that was lost of each bucket; None where nothing was in it."""
        pairs = zip(self.exposure, self.lost, strict=True)
        return tuple(lost / whole * HUNDRED if whole > 0 else None for whole, lost in pairs)

    def rates_or(self, others: Sequence[Decimal]) -> tuple[Decimal, ...]:
        """Give these rates to the fourth decimal, and another where there is none; more than all is not lost."""
        return tuple(
            other if rate is None else min(round(rate, _MOST_DIGITS), HUNDRED)
            for rate, other in zip(self.rates, others, strict=True)
        )


def allowance(amounts: Sequence[Decimal], rates: Sequence[Decimal]) -> Decimal:
    """Give what is expected to be lost of amounts by bucket, unrounded."""
    return sum((amount * rate / HUNDRED for amount, rate in zip(amounts, rates, strict=True)), ZERO)


def history_days(as_of: date) -> tuple[date, ...]:
    """Give the days whose open items are followed until `as_of`, oldest first: ends of months, a year old at least."""
    ends = (months_before(as_of.replace(day=1), HISTORY_MONTHS + back) for back in range(HISTORY_MONTHS))
    return tuple(sorted(date.fromordinal(end.toordinal() - 1) for end in ends))
