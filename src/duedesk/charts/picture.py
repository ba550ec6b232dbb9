"""A drawn chart as a value: pixels, and which of them stand for what; it draws nothing and needs no drawing library."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duedesk.domain.money import ZERO

_NEAR = 3.0
"""Logical pixels by which a click may miss: a small amount makes a bar thinner than a hand is steady."""


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One bar: what stands beside it, what it stands for (a month end, an account's id), and an amount a bucket."""

    label: str
    key: date | int | str | None
    amounts: tuple[Decimal, ...]
    stands_for: int = 1
    """How many are in it."""
    is_rest: bool = False
    """It stands for all that have no bar of their own."""


def habit_column(label: str, key: int | str | None, days: Decimal, terms: Decimal) -> ChartColumn:
    """Give the bar of an account that takes `days` to pay where `terms` were agreed."""
    paid_in, agreed = max(days, ZERO), max(terms, ZERO)
    return ChartColumn(label, key, (min(paid_in, agreed), max(paid_in - agreed, ZERO)))


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """The figures of a month; None where there is none, as where nothing was sold."""

    label: str
    day: date
    dso: Decimal | None
    best_dso: Decimal | None
    cei: Decimal | None


@dataclass(frozen=True, slots=True)
class ChartRegion:
    """One piece of a chart in logical pixels from the top left, and the amount, days or share it shows.

    `column_index` says of which bar or point it is, `bucket_index` which of its buckets or which line.
    """

    x: float
    y: float
    width: float
    height: float
    column_index: int
    bucket_index: int
    amount: Decimal

    def misses(self, x: float, y: float) -> float:
        """Give by how many logical pixels a point lies beside the region; 0 inside."""
        return max(self.x - x, x - self.x - self.width, self.y - y, y - self.y - self.height, 0.0)


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A chart: `width` by `height` device pixels, four opaque bytes each (red, green, blue, alpha), top row first.

    `regions` are in logical pixels: device pixels by `pixel_ratio`. Without regions there is nothing to see, and
    whoever shows the picture says so in words.
    """

    width: int
    height: int
    rgba: bytes
    regions: tuple[ChartRegion, ...]
    pixel_ratio: float = 1.0
    lies: bool = False
    """Its bars lie: the next one is below, not beside."""
    columns: tuple[ChartColumn, ...] = ()
    """What the `column_index` of its regions counts."""

    def region_at(self, x: float, y: float) -> ChartRegion | None:
        """Give the region under a point in logical pixels, else the nearest that is all but under it."""
        nearest = min(self.regions, key=lambda region: region.misses(x, y), default=None)
        return nearest if nearest is not None and nearest.misses(x, y) <= _NEAR else None
