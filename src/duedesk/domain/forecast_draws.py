"""Bands around what is expected: the weeks' cash drawn many times by a seed; it knows neither invoices nor days.

The largest amounts are drawn one by one, each paid in one week or in none. The many small ones are drawn as a sum, by
the mean and the spread that they have together.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from random import Random

from duedesk.domain.forecast_curves import ONE, ONE_BITS

DRAWS = 500
ONE_BY_ONE = 200
"""How many of the largest amounts are drawn each for itself."""

LOW, MIDDLE, HIGH = 10, 50, 90
"""Per cent of the draws that come to no more."""

SHARED = 8
"""Per cent by which a week as a whole comes out higher or lower: bank days, holidays, how a month ends."""

_DICE, _SIDES = 12, 16
"""So many uniform numbers, of so many bits, sum up to a normal one with a spread of `1 << _SIDES`."""

Amount = tuple[int, int, tuple[int, ...]]
"""An amount, the key of its invoice, and the chances that it is paid by the end of each week."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What comes in one, five and nine of ten cases at most."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of each week, and of all weeks together."""

    weeks: tuple[Drawn, ...]
    total: Drawn


def drawn(amounts: Sequence[Amount], weeks: int, fixed: Sequence[int], seed: int) -> Bands:
    """Draw what comes in each week beside what is `fixed` for it."""
    random = Random(seed)  # noqa: S311 - it draws cases, no secret
    ordered = sorted(amounts, key=lambda one: (-one[0], one[1], one[2]))
    single = [(amount, chances[:weeks]) for amount, _, chances in ordered[:ONE_BY_ONE] if chances[weeks - 1]]
    means, spreads = _together(ordered[ONE_BY_ONE:], weeks)
    columns: list[list[int]] = [[] for _ in range(weeks)]
    totals = []
    for _ in range(DRAWS):
        sums = [0] * (weeks + 1)
        for amount, chances in single:
            sums[bisect_right(chances, random.getrandbits(ONE_BITS))] += amount
        for week in range(weeks):
            rest = means[week] + (spreads[week] * _normal(random) >> _SIDES) if spreads[week] else means[week]
            paid = sums[week] + max(rest, 0)
            sums[week] = paid + (paid * SHARED // 100 * _normal(random) >> _SIDES) + fixed[week]
            columns[week].append(sums[week])
        totals.append(sum(sums[:weeks]))
    return Bands(tuple(map(_bands, columns)), _bands(totals))


def _together(amounts: Sequence[Amount], weeks: int) -> tuple[list[int], list[int]]:
    """Give by week the mean of what many amounts come to, and its spread."""
    means, squares = [0] * weeks, [0] * weeks
    for amount, _, chances in amounts:
        before = 0
        for week in range(weeks):
            chance = chances[week] - before
            if chance:
                before = chances[week]
                means[week] += amount * chance
                squares[week] += amount * amount * (chance * (ONE - chance) >> ONE_BITS)
    return [mean >> ONE_BITS for mean in means], [isqrt(square >> ONE_BITS) for square in squares]


def _normal(random: Random) -> int:
    bits, total = random.getrandbits(_DICE * _SIDES), 0
    for _ in range(_DICE):
        total += bits & ((1 << _SIDES) - 1)
        bits >>= _SIDES
    return total - (_DICE << _SIDES) // 2


def _bands(cases: list[int]) -> Drawn:
    cases.sort()
    return Drawn(*(cases[len(cases) * share // 100] for share in (LOW, MIDDLE, HIGH)))
