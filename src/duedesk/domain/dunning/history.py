"""Which level an invoice has reached, from its letters and the levels set by hand; nothing is read or stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Dunned:
    """An item of a letter that stands: the level it reached, None where it was only listed, on which day.

    `episode` says how often the level had been set by hand before.
    """

    level: int | None
    day: date
    episode: int = 0


def standing(levels_set: Iterable[int], dunned: Iterable[Dunned]) -> tuple[int, date | None]:
    """Give the level of an invoice and the day of its last letter; notices before the due date are no letters.

    `levels_set` are those set by hand, in order: letters before the last of them count no more. The level does not fall
    when the invoice is paid, so that a payment that is reversed finds it again.
    """
    by_hand = list(levels_set)
    letters = [one for one in dunned if one.level]
    reached = (one.level or 0 for one in letters if one.episode == len(by_hand))
    level = max(by_hand[-1] if by_hand else 0, max(reached, default=0))
    return level, max((one.day for one in letters), default=None)
