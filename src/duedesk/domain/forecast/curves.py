"""How late invoices are paid: Kaplan-Meier of days late, shrunk to how others pay; it forecasts no amounts.

What is open yet is censored on the day that is stood on: a mean of paid invoices alone would forget the slow ones.
What credit settled stays unpaid for good. Chances are whole numbers out of `ONE`, so that no machine rounds them
otherwise than another.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

ONE_BITS = 30
ONE = 1 << ONE_BITS
"""The chance of what is certain."""

SEGMENT_WEIGHT = 5
"""How many invoices the segment counts as beside an account's own: an account with 5 goes half by its own habit."""

NEAR = 7
"""Days around the usual one within which an invoice was paid as usual."""

_HALF = ONE // 2

_WEEK = 7

_FINE = 2 * ONE_BITS
"""Bits to which a quotient is kept that many chances are multiplied by."""


@dataclass(slots=True)
class Seen:
    """What was seen of invoices by the day that is stood on: how many by days late.

    `unpaid` are those open yet, by their age; `closed` is how many of them credit settled.
    """

    paid: dict[int, int] = field(default_factory=dict)
    unpaid: dict[int, int] = field(default_factory=dict)
    closed: int = 0

    @property
    def times(self) -> int:
        """Give how many were paid."""
        return sum(self.paid.values())

    def near(self, day: int) -> int:
        """Give how many were paid about so many days late."""
        return sum(count for late, count in self.paid.items() if abs(late - day) <= NEAR)

    def add(self, other: "Seen") -> None:
        """Take in what was seen of others."""
        for into, of in ((self.paid, other.paid), (self.unpaid, other.unpaid)):
            for day, count in of.items():
                into[day] = into.get(day, 0) + count
        self.closed += other.closed


@dataclass(frozen=True, slots=True)
class Curve:
    """The chance that an invoice is unpaid after so many days late.

    Behind each of `days` it goes as `base` goes, which counts as `weight` invoices more; without one it stays.
    """

    days: tuple[int, ...]
    scales: tuple[tuple[int, int, int], ...]
    """By what the base is scaled before the first day and behind each: the chance there, own at risk, all at risk."""
    base: "Table | None" = None
    weight: int = 0

    def unpaid(self, day: int) -> int:
        """Give the chance that an invoice is unpaid at the end of the day on which it is so many days late."""
        left, at_risk, before = self.scales[bisect_right(self.days, day)]
        if self.base is None:
            return left
        return left * (at_risk + self.weight * self.base.unpaid(day)) // before if before else 0

    def usual_day(self, after: int | None = None) -> int | None:
        """Give the day by which half is paid, of what was unpaid `after` so many days late; None if it never comes."""
        last = max(self.days[-1] if self.days else 0, self.base.last if self.base is not None else 0)
        first = min(self.days[0] if self.days else 0, self.base.first if self.base is not None else 0)
        goal = _HALF if after is None else self.unpaid(after) // 2
        low = first - 1 if after is None else after
        if (goal == 0 and after is not None) or self.unpaid(last) > goal:
            return None
        high = max(last, low + 1)
        while high - low > 1:
            middle = (low + high) // 2
            if self.unpaid(middle) <= goal:
                high = middle
            else:
                low = middle
        return high


@dataclass(frozen=True, slots=True)
class Table:
    """A curve with its chances day by day, from the first on which it falls to the last: quick to look up."""

    first: int
    chances: Sequence[int]

    @property
    def last(self) -> int:
        """Give the last day on which it falls."""
        return self.first + len(self.chances) - 1

    def paid_by(self, age: int, weeks: int, ever: int, unheard: int = 0) -> tuple[int, ...] | None:
        """Give the chances that what is unpaid at an age is paid by the end of each week, and ever.

        `ever` is the chance that an invoice never is. What was paid in the last `unheard` days, out of `ONE`, is not
        known yet: it counts as paid in the first week. None where nobody was unpaid so long. It is `unpaid` for many
        days at once, as a forecast of a hundred thousand invoices asks for them.
        """
        now = self.unpaid(age)
        if unheard:
            whole, part = age - (unheard >> ONE_BITS), unheard & ONE - 1
            now = self.unpaid(whole) * (ONE - part) + self.unpaid(whole - 1) * part >> ONE_BITS
        if now == 0:
            return None
        chances, start = self.chances, age + _WEEK - self.first
        early = min((_WEEK - 1 - start) // _WEEK, weeks) if start < 0 else 0
        unpaid = [ONE] * early
        if early < weeks:
            unpaid += chances[start + _WEEK * early : start + _WEEK * weeks : _WEEK]
            unpaid += [chances[-1]] * (weeks - len(unpaid))
        unpaid.append(ever)
        scale = (1 << _FINE) // now
        paid = [ONE - (one * scale >> _FINE - ONE_BITS) for one in unpaid]
        return tuple(accumulate(paid, max))  # what is rounded otherwise from day to day must not fall

    def unpaid(self, day: int) -> int:
        """Give the chance as `Curve.unpaid` does."""
        place = day - self.first
        if place < 0:
            return ONE
        return self.chances[place] if place < len(self.chances) else self.chances[-1]

    def between(self, start: int, end: int) -> Sequence[int]:
        """Give the chances of the days from one to before another."""
        place = start - self.first
        if place >= 0 and end - self.first <= len(self.chances):
            return self.chances[place : end - self.first]
        return [self.unpaid(day) for day in range(start, end)]


def kaplan_meier(seen: Seen, base: Table | None = None, weight: int = 0) -> Curve:
    """Give the curve of what was seen, as if `weight` invoices more had been seen that are paid as `base` says.

    Without a base it is Kaplan and Meier's. With one it is Susarla and Van Ryzin's: where all are paid, own and base
    count in proportion to own invoices and weight. What is open at an age was at risk on that day.
    """
    days = sorted({*seen.paid, *seen.unpaid})
    at_risk = (sum(seen.paid.values()) + sum(seen.unpaid.values()) + seen.closed) * ONE
    shared = weight if base is not None else 0
    left, before = ONE, at_risk + shared * ONE
    scales = [(left, at_risk, before)]
    for day in days:
        paid, now = seen.paid.get(day, 0) * ONE, 0 if base is None else shared * base.unpaid(day)
        left = left * (at_risk - paid + now) // before if before else 0
        at_risk -= paid + seen.unpaid.get(day, 0) * ONE
        before = at_risk + now
        scales.append((left, at_risk, before))
    return Curve(tuple(days), tuple(scales), base, shared)


def table_of(curve: Curve, after: int | None = None, until: int | None = None) -> Table:
    """Give the chances of a curve day by day; of one that has a base, from a day on and until another where told."""
    base, days = curve.base, curve.days
    if base is None:
        first, last = (days[0], days[-1]) if days else (0, 0)
        return Table(first, tuple(map(curve.unpaid, range(first, last + 1))))
    first, last = min((base.first, *days[:1])), max((base.last, *days[-1:]))
    first = first if after is None else min(max(first, after), last)
    last = last if until is None else max(min(last, until), first)
    place, start, chances, weight = bisect_right(days, first), first, [], curve.weight
    while start <= last:
        end = min(days[place], last + 1) if place < len(days) else last + 1
        left, at_risk, before = curve.scales[place]
        scale = (left << _FINE) // before if before else 0
        chances += [(at_risk + weight * other) * scale >> _FINE for other in base.between(start, end)]
        place, start = place + 1, end
    return Table(first, chances)
