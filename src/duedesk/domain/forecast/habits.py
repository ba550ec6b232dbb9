"""How an account pays, from its own invoices and those of accounts like it; it knows neither amounts nor a book."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from duedesk.domain.forecast.curves import SEGMENT_WEIGHT, Curve, Seen, Table, kaplan_meier, table_of

LEAST_SEGMENT = 30
"""Paid invoices below which a segment says too little, and all accounts stand in its place."""

MOST_ACCOUNTS, ENOUGH = 2_000, 2_000
"""Of more accounts than the first so many are asked, evenly chosen, if they paid as many invoices as the second."""

EVERYONE = "all accounts"

SeenOf = Callable[[Sequence[int]], Iterable[Seen]]
"""What was seen of the invoices of accounts, for those of which anything was."""


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
    """The habits of accounts: each its own, shrunk to its segment's; read and made when they are asked for."""

    def __init__(self, seen_of: SeenOf, members: Mapping[int, str]) -> None:
        """Begin with what gives what was seen, and with the segment of each account; empty where it has none."""
        self._seen_of = seen_of
        self.members = members
        self._keys: dict[str, list[int]] | None = None
        self._segments: dict[str, Segment] = {}
        self._made: dict[int, Habit] = {}

    @property
    def everyone(self) -> Segment:
        """Give how all accounts pay."""
        return self._known(EVERYONE, self.members)

    def of(self, account: int) -> Habit:
        """Give the habit of an account."""
        found = self._made.get(account)
        if found is None:
            segment = self._segment(self.members.get(account, ""))
            own = next(iter(self._seen_of((account,))), None) or Seen()
            found = self._made[account] = Habit(own, segment, kaplan_meier(own, segment.table, SEGMENT_WEIGHT))
        return found

    def _segment(self, name: str) -> Segment:
        if not name:
            return self.everyone
        found = self._known(name, self._accounts(name))
        return found if found.seen.times >= LEAST_SEGMENT else self.everyone

    def _known(self, name: str, accounts: Iterable[int]) -> Segment:
        found = self._segments.get(name)
        if found is None:
            seen = self._seen(sorted(accounts))
            curve = kaplan_meier(seen)
            found = self._segments[name] = Segment(name, seen, curve, table_of(curve))
        return found

    def _seen(self, accounts: Sequence[int]) -> Seen:
        asked = accounts[:: -(-len(accounts) // MOST_ACCOUNTS) or 1]
        seen = _added(self._seen_of(asked))
        return seen if seen.times >= ENOUGH or len(asked) == len(accounts) else _added(self._seen_of(accounts))

    def _accounts(self, name: str) -> Sequence[int]:
        if self._keys is None:
            self._keys = {}
            for account, segment in self.members.items():
                self._keys.setdefault(segment, []).append(account)
        return self._keys.get(name, ())


def seen_in(seen: Mapping[int, Seen]) -> SeenOf:
    """Look up in what was read of all accounts."""
    return lambda accounts: [seen[account] for account in accounts if account in seen]


def _added(seen: Iterable[Seen]) -> Seen:
    found = Seen()
    for one in seen:
        found.add(one)
    return found
