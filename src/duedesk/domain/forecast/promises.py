"""How far promises to pay are believed: how often an account kept them, and which part of an invoice each is of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duedesk.domain.forecast.curves import ONE, SEGMENT_WEIGHT
from duedesk.domain.forecast.habits import EVERYONE
from duedesk.domain.promises import Promise, unpaid_promises


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of how many promises that fell due were paid in full, no more than a week late."""

    times: int = 0
    of: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.times + other.times, self.of + other.of)

    def chance(self, otherwise: int) -> int:
        """Give the chance that the next is kept, out of `ONE`, as if some more were kept as `otherwise` says."""
        return (self.times * ONE + SEGMENT_WEIGHT * otherwise) // (self.of + SEGMENT_WEIGHT)


@dataclass(frozen=True, slots=True)
class Word:
    """What the promises of an account are worth, and what that is known from."""

    own: Kept
    name: str
    others: Kept
    chance: int

    @property
    def sentence(self) -> str:
        """Say it: `3 of 4 promises kept`; nothing where none fell due yet, and promises are taken as they are given."""
        if self.own.of:
            return _said(self.own)
        return f"{self.name} kept {_said(self.others).removesuffix(' kept')}" if self.others.of else ""


class Words:
    """The word of accounts: each its own, shrunk to its segment's, that to everybody's, that to what is promised."""

    def __init__(self, kept: Mapping[int, Kept], members: Mapping[int, str]) -> None:
        self._kept = kept
        self._members = members
        self._everyone = sum(kept.values(), Kept())
        self._segments: dict[str, Kept] = {}
        for account, one in kept.items():
            name = members.get(account, "")
            self._segments[name] = self._segments.get(name, Kept()) + one

    def of(self, account: int) -> Word:
        """Give what a promise of an account is worth."""
        own, name = self._kept.get(account, Kept()), self._members.get(account, "")
        segment = self._segments.get(name, Kept()) if name else Kept()
        chance = own.chance(segment.chance(self._everyone.chance(ONE)))
        return Word(own, name, segment, chance) if segment.of else Word(own, EVERYONE, self._everyone, chance)


def kept(promises: Iterable[Promise]) -> Kept:
    """Count promises on one invoice that fell due; `paid_since` is what came in until they were a week late."""
    due = [one for one in promises if one.withdrawn_on is None]
    return Kept(len(due) - sum(1 for _ in unpaid_promises(due)), len(due))


def set_apart(
    parts: Sequence[int], disputed: int, promised: Sequence[tuple[date, int]], after: date
) -> list[tuple[int, tuple[tuple[date, int], ...]]]:
    """Give for each open part of an invoice, the oldest first, what is disputed, and what is promised for which day.

    What is disputed is of the oldest. A promise of just what a part has left is of that part; others are of the oldest,
    as their money will be. One whose day is past promises nothing any more.
    """
    apart = []
    for open_ in parts:
        apart.append(min(disputed, open_))
        disputed -= apart[-1]
    left = [open_ - one for open_, one in zip(parts, apart, strict=True)]
    kept_apart: list[list[tuple[date, int]]] = [[] for _ in parts]
    others = []
    for day, amount in sorted(one for one in promised if one[0] > after):
        if amount in left and amount > 0:
            place = left.index(amount)
            kept_apart[place].append((day, amount))
            left[place] = 0
        else:
            others.append((day, amount))
    for day, amount in others:
        rest = amount
        for place, room in enumerate(left):
            part = min(rest, room)
            if part > 0:
                kept_apart[place].append((day, part))
                left[place] -= part
                rest -= part
    return [(one, tuple(sorted(promises))) for one, promises in zip(apart, kept_apart, strict=True)]


def _said(kept_: Kept) -> str:
    return f"{kept_.times:,} of {kept_.of:,} promise{'' if kept_.of == 1 else 's'} kept"
