"""A drawn chart as a value: pixels, and which of them stand for what; it draws nothing and needs no drawing library."""

from dataclasses import dataclass
from decimal import Decimal

_NEAR = 3.0
"""Logical pixels by which a click may miss: a small amount makes a bar thinner than a hand is steady."""


@dataclass(frozen=True, slots=True)
class ChartRegion:
    """One piece of a bar in logical pixels from the top left, and the amount it shows."""

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

    def region_at(self, x: float, y: float) -> ChartRegion | None:
        """Give the region under a point in logical pixels, else the nearest that is all but under it."""
        nearest = min(self.regions, key=lambda region: region.misses(x, y), default=None)
        return nearest if nearest is not None and nearest.misses(x, y) <= _NEAR else None
