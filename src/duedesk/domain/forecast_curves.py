"""How late invoices are paid: Kaplan-Meier of days late, shrunk to how others pay; it forecasts no amounts.

What is open yet is censored on the day that is stood on: a mean of paid invoices alone would forget the slow ones.
What credit settled stays unpaid for good. Chances are whole numbers out of `ONE`, so that no machine rounds them
otherwise than another.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ONE_BITS = 30
ONE = 1 << ONE_BITS
"""The chance of what is certain."""

SEGMENT_WEIGHT = 5
"""How many invoices the segment counts as beside an account's own: an account with 5 goes half by its own habit."""

LEAST_SEGMENT = 30
"""Paid invoices below which a segment says too little, and all accounts stand in its place."""

NEAR = 7
"""Days around the usual one within which an invoice was paid as usual."""

_HALF = ONE // 2


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

    From each of `days` on `left` is the chance on that day and `at_risk` how many were still to be seen after it. In
    between it goes as `base` goes, which counts as `weight` invoices more; without one it stays.
    """

    days: tuple[int, ...]
    left: tuple[int, ...]
    at_risk: tuple[int, ...]
    whole: int
    """How many were to be seen at first."""
    base: "Table | None" = None
    weight: int = 0

    def unpaid(self, day: int) -> int:
        """Give the chance that an invoice is unpaid at the end of the day on which it is so many days late."""
        place = bisect_right(self.days, day) - 1
        left = self.left[place] if place >= 0 else ONE
        if self.base is None:
            return left
        at_risk = self.at_risk[place] if place >= 0 else self.whole
        since = self.base.unpaid(self.days[place]) if place >= 0 else ONE
        before = at_risk * ONE + self.weight * since
        now = at_risk * ONE + self.weight * self.base.unpaid(day)
        return left * now // before if before else 0

    def paid_by(self, age: int, ends: Sequence[int]) -> tuple[int, ...] | None:
        """Give the chances that what is unpaid at an age is paid by later days; None where nobody was unpaid so long.

        It is `unpaid` for many days at once, as a forecast of a hundred thousand invoices asks for them.
        """
        now = self.unpaid(age)
        if now == 0:
            return None
        if self.base is None:
            return tuple([ONE - self.unpaid(end) * ONE // now for end in ends])
        days, first, chances, weight = self.days, self.base.first, self.base.chances, self.weight
        place, end_of_all, count = bisect_right(days, age) - 1, len(chances) - 1, len(days)
        scale = self._scale(place)
        found = []
        for end in ends:
            if place + 1 < count and days[place + 1] <= end:
                place = bisect_right(days, end, place + 1) - 1
                scale = self._scale(place)
            left, at_risk, before = scale
            at = min(end - first, end_of_all)
            unpaid = left * (at_risk + weight * (chances[at] if at >= 0 else ONE)) // before if before else 0
            found.append(ONE - unpaid * ONE // now)
        return tuple(found)

    def _scale(self, place: int) -> tuple[int, int, int]:
        """Give by what the base is scaled behind one of the own days: the chance there, own and all at risk."""
        if self.base is None or place < 0:
            return ONE, self.whole * ONE, (self.whole + self.weight) * ONE
        at_risk = self.at_risk[place] * ONE
        return self.left[place], at_risk, at_risk + self.weight * self.base.unpaid(self.days[place])

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
    """A curve with its chances day by day, from `first` on: quick to look up, for what many curves stand on."""

    first: int
    chances: tuple[int, ...]

    @property
    def last(self) -> int:
        """Give the last day on which it falls."""
        return self.first + len(self.chances) - 1

    def paid_by(self, age: int, ends: Sequence[int]) -> tuple[int, ...] | None:
        """Give the chances as `Curve.paid_by` does."""
        now = self.unpaid(age)
        return tuple([ONE - self.unpaid(end) * ONE // now for end in ends]) if now else None

    def unpaid(self, day: int) -> int:
        """Give the chance as `Curve.unpaid` does."""
        place = day - self.first
        if place < 0:
            return ONE
        return self.chances[place] if place < len(self.chances) else self.chances[-1]


def kaplan_meier(seen: Seen, base: Table | None = None, weight: int = 0) -> Curve:
    """Give the curve of what was seen, as if `weight` invoices more had been seen that are paid as `base` says.

    Without a base it is Kaplan and Meier's. With one it is Susarla and Van Ryzin's: where all are paid, own and base
    count in proportion to own invoices and weight. What is open at an age was at risk on that day.
    """
    at_risk = sum(seen.paid.values()) + sum(seen.unpaid.values()) + seen.closed
    whole = at_risk
    left, since = ONE, ONE
    days, chances, risks = [], [], []
    for day in sorted({*seen.paid, *seen.unpaid}):
        paid = seen.paid.get(day, 0)
        now = 0 if base is None else base.unpaid(day)
        before = at_risk * ONE + weight * (since if base is not None else 0)
        left = left * ((at_risk - paid) * ONE + weight * now) // before if before else 0
        at_risk -= paid + seen.unpaid.get(day, 0)
        since = now
        days.append(day)
        chances.append(left)
        risks.append(at_risk)
    return Curve(tuple(days), tuple(chances), tuple(risks), whole, base, weight if base is not None else 0)


def table_of(curve: Curve) -> Table:
    """Give the chances of a curve that has no base day by day."""
    if not curve.days:
        return Table(0, (ONE,))
    first, last = curve.days[0], curve.days[-1]
    return Table(first, tuple(curve.unpaid(day) for day in range(first, last + 1)))


@dataclass(frozen=True, slots=True)
class Segment:
    """Accounts that stand for one of them of which little is known: a name, what was seen of all, their curve."""

    name: str
    seen: Seen
    curve: Curve
    table: Table


@dataclass(frozen=True, slots=True)
class Habit:
    """How an account pays, and what that is known from."""

    own: Seen
    segment: Segment
    curve: Curve

    @property
    def usual(self) -> int | None:
        """Give how many days late it pays about: by then half of its invoices are paid, or half of its segment's."""
        return (self.curve if self.is_own else self.segment.curve).usual_day()

    @property
    def is_own(self) -> bool:
        """Tell whether it is known from the account's own invoices."""
        return bool(self.own.paid)

    @property
    def times(self) -> tuple[int, int]:
        """Give how often it was so, within a week, and of how many paid invoices: the segment's where it has none."""
        seen, usual = self.own if self.is_own else self.segment.seen, self.usual
        return (0 if usual is None else seen.near(usual)), seen.times


class Habits:
    """The habits of accounts: each its own, shrunk to its segment's; made when they are asked for."""

    def __init__(self, seen: Mapping[int, Seen], segments: Mapping[int, str]) -> None:
        self._seen = seen
        self._names = segments
        everyone = Seen()
        by_name: dict[str, Seen] = {}
        for key, one in seen.items():
            everyone.add(one)
            by_name.setdefault(segments.get(key, ""), Seen()).add(one)
        self.everyone = _segment("all accounts", everyone)
        self._segments = {
            name: _segment(name, one) for name, one in by_name.items() if name and one.times >= LEAST_SEGMENT
        }
        self._made: dict[int, Habit] = {}

    def of(self, account: int) -> Habit:
        """Give the habit of an account."""
        found = self._made.get(account)
        if found is None:
            segment = self._segments.get(self._names.get(account, ""), self.everyone)
            own = self._seen.get(account) or Seen()
            found = self._made[account] = Habit(own, segment, kaplan_meier(own, segment.table, SEGMENT_WEIGHT))
        return found


def _segment(name: str, seen: Seen) -> Segment:
    curve = kaplan_meier(seen)
    return Segment(name, seen, curve, table_of(curve))


def counted(days: Iterable[int]) -> dict[int, int]:
    """Count equal days."""
    found: dict[int, int] = {}
    for day in days:
        found[day] = found.get(day, 0) + 1
    return found
