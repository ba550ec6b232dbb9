"""Where the heads and records of a grouped list stand among its rows: plain Python, it reads and draws nothing.

Keys lie group after group, so that a group is a stretch of them; a folded group is its head alone and costs nothing.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from duedesk.desk.tables.rows import GroupHead

Spans = list[tuple[int, int]]
"""Stretches of places, first and last, in order and apart."""


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A group: the value that its records share, how many they are, and its head."""

    value: object
    count: int
    head: GroupHead


class GroupRows:
    """The rows of a grouped list; `unfolded` are the values of the groups that stand open."""

    def __init__(self, groups: Sequence[GroupOf], unfolded: Collection[object] = ()) -> None:
        self._groups = tuple(groups)
        self._starts = [0, *accumulate(one.count for one in groups)]
        self._open = [one.value in unfolded for one in groups]
        self._place_heads()

    def __len__(self) -> int:
        return self._heads[-1]

    @property
    def group_count(self) -> int:
        """Give how many groups there are."""
        return len(self._groups)

    @property
    def unfolded(self) -> frozenset[object]:
        """Give the values of the groups that stand open."""
        return frozenset(one.value for one, is_open in zip(self._groups, self._open, strict=True) if is_open)

    def at(self, row: int) -> tuple[int, int | None]:
        """Give the group that a row belongs to, and the place of its record; None for the head."""
        group = bisect_right(self._heads, row, hi=len(self._groups)) - 1
        within = row - self._heads[group] - 1
        return group, None if within < 0 else self._starts[group] + within

    def head(self, group: int) -> GroupHead:
        """Give the head of a group."""
        return replace(self._groups[group].head, is_folded=not self._open[group])

    def value(self, group: int) -> object:
        """Give what the records of a group share."""
        return self._groups[group].value

    def head_row(self, group: int) -> int:
        """Give the row in which the head of a group stands."""
        return self._heads[group]

    def is_open(self, group: int) -> bool:
        """Tell whether a group stands open."""
        return self._open[group]

    def count(self, group: int) -> int:
        """Give how many records a group has."""
        return self._groups[group].count

    def row_of(self, place: int) -> int:
        """Give the row of a record; that of its group's head where it is folded away."""
        group = bisect_right(self._starts, place, hi=len(self._groups)) - 1
        return self._heads[group] + (1 + place - self._starts[group] if self._open[group] else 0)

    def fold(self, group: int, *, is_open: bool) -> None:
        """Fold a group, or unfold it."""
        self._open[group] = is_open
        self._place_heads()

    def fold_all(self, *, is_open: bool) -> None:
        """Fold all groups, or unfold them."""
        self._open = [is_open] * len(self._groups)
        self._place_heads()

    def named(self, typed: str) -> int | None:
        """Give the row of the first head that begins with what is typed, whatever its case; None where none does."""
        begin = typed.casefold()
        found = (at for at, one in enumerate(self._groups) if one.head.label.casefold().startswith(begin))
        group = next(found, None)
        return None if group is None else self._heads[group]

    def places(self, rows: Iterable[tuple[int, int]]) -> Spans:
        """Give the places of the records that stretches of rows stand for: a head stands for its whole group."""
        spans: Spans = []
        for top, bottom in rows:
            (first, begins), (last, ends) = self.at(top), self.at(bottom)
            begin = self._starts[first] if begins is None else begins
            end = self._starts[last + 1] - 1 if ends is None else ends
            spans.append((begin, end))
        return merged(spans)

    def _place_heads(self) -> None:
        sizes = (1 + (one.count if is_open else 0) for one, is_open in zip(self._groups, self._open, strict=True))
        self._heads = [0, *accumulate(sizes)]


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Give stretches in order, those that touch as one."""
    made: Spans = []
    for first, last in sorted(spans):
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(last, made[-1][1]))
        else:
            made.append((first, last))
    return made
