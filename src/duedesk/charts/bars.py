"""Stacked bars, standing beside one another or lying below: laid on, coloured, moved; what they mean is for others.

Only what is above nothing is drawn: what is below would have to be drawn across the line and would make the bars look
taller than what they stand for.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from duedesk.charts.canvas import Box, Canvas
from duedesk.charts.picture import ChartColumn, ChartRegion
from duedesk.charts.plot import Plot
from duedesk.charts.scale import Scale
from duedesk.domain.money import ZERO

_REST = Decimal("1.25")
"""How much longer than the longest other bar that of the rest is drawn at most; it is broken then."""
_BREAK = 6.0
"""Pixels from the end of a broken bar to its gap, and between its two gaps."""

BAR_SHARE = 0.62
WIDEST_BAR = 56.0


def owed(columns: Sequence[ChartColumn], count: int) -> list[tuple[Decimal, ...]]:
    """Give the amounts of columns as they are drawn: nothing below nothing, one for each of `count` buckets."""
    return [
        tuple(max(amount, ZERO) for _, amount in zip(range(count), column.amounts, strict=True)) for column in columns
    ]


def with_rest(columns: Sequence[ChartColumn], most: int) -> list[ChartColumn]:
    """Give the first columns, and one more that stands for all the others where there are more than `most`."""
    if len(columns) <= most:
        return list(columns)
    shown, others = list(columns[: most - 1]), columns[most - 1 :]
    amounts = tuple(sum(one, ZERO) for one in zip(*(other.amounts for other in others), strict=True))
    label = next((one.label for one in others if one.is_rest), f"{len(others):,} others")
    return [*shown, ChartColumn(label, None, amounts, sum(one.stands_for for one in others), is_rest=True)]


def limit_of(columns: Sequence[ChartColumn], count: int) -> Decimal:
    """Give how long a bar is drawn at most: that of the rest would else press all others flat."""
    own = longest(owed([one for one in columns if not one.is_rest], count))
    return own * _REST or longest(owed(columns, count))


def cut(amounts: Sequence[tuple[Decimal, ...]], limit: Decimal) -> list[tuple[Decimal, ...]]:
    """Shorten bars that are longer than a limit to it, each of their pieces in its share."""
    return [
        tuple(amount * limit / whole for amount in one) if (whole := sum(one, ZERO)) > limit else one for one in amounts
    ]


def in_full(regions: Sequence[ChartRegion], amounts: Sequence[Sequence[Decimal]]) -> tuple[ChartRegion, ...]:
    """Give regions of bars that were cut the amounts that they stand for."""
    return tuple(replace(one, amount=amounts[one.column_index][one.bucket_index]) for one in regions)


def longest(amounts: Sequence[Sequence[Decimal]]) -> Decimal:
    """Give the length of the longest bar."""
    return max((sum(one, ZERO) for one in amounts), default=ZERO)


def standing(amounts: Sequence[Sequence[Decimal]], scale: Scale, plot: Plot) -> tuple[ChartRegion, ...]:
    """Lay the amounts on one another; what is nothing has no region."""
    count = len(amounts)
    width = min(plot.slot(count) * BAR_SHARE, WIDEST_BAR)
    regions = []
    for column, one in enumerate(amounts):
        left = plot.middle(column, count) - width / 2
        for bucket, (below, above) in _stacked(one):
            head, foot = plot.y_of(above, scale), plot.y_of(below, scale)
            regions.append(ChartRegion(left, head, width, foot - head, column, bucket, one[bucket]))
    return tuple(regions)


def lying(amounts: Sequence[Sequence[Decimal]], scale: Scale, plot: Plot) -> tuple[ChartRegion, ...]:
    """Lay the amounts behind one another, the first bar on top; what is nothing has no region."""
    row = plot.height / max(len(amounts), 1)
    height = min(row * BAR_SHARE, WIDEST_BAR / 2)
    regions = []
    for column, one in enumerate(amounts):
        top = plot.top + (column + 0.5) * row - height / 2
        for bucket, (before, behind) in _stacked(one):
            left, right = (plot.left + plot.width * float(at / scale.top) for at in (before, behind))
            regions.append(ChartRegion(left, top, right - left, height, column, bucket, one[bucket]))
    return tuple(regions)


class Pieces:
    """The pieces of bars on a canvas, which may be moved; more buckets than colours are kept apart by a seam."""

    def __init__(self, canvas: Canvas, colours: Sequence[str], ground: str) -> None:
        self._canvas = canvas
        self._colours = colours
        self._ground = ground
        self._shapes = canvas.fill([], [])

    def put(self, regions: Sequence[ChartRegion], *, lies: bool = False, broken: ChartRegion | None = None) -> None:
        """Draw these pieces; the bar that ends with the `broken` one is longer than it is drawn."""
        canvas, thin = self._canvas, 1 / self._canvas.ratio
        boxes: list[Box] = []
        seams: list[Box] = []
        colours = []
        before: tuple[int, str] | None = None
        for region in regions:
            left, right = canvas.snapped(region.x), canvas.snapped(region.x + region.width)
            head, foot = canvas.snapped(region.y), canvas.snapped(region.y + region.height)
            colour = self._colours[region.bucket_index]
            boxes.append((left, head, right - left if lies else max(right - left, thin), foot - head))
            colours.append(colour)
            if before == (region.column_index, colour):
                seams.append((left, head, thin, foot - head) if lies else (left, foot - thin, right - left, thin))
            before = (region.column_index, colour)
        if broken is not None:
            seams += _gaps(broken, lies=lies)
        canvas.refill(self._shapes, boxes + seams, colours + [self._ground] * len(seams))


def _gaps(end: ChartRegion, *, lies: bool) -> list[Box]:
    if lies:
        right = end.x + end.width
        return [(right - _BREAK * at, end.y - 1, 2.0, end.height + 2) for at in (1, 2)]
    return [(end.x - 1, end.y + _BREAK * at, end.width + 2, 2.0) for at in (1, 2)]


def _stacked(amounts: Sequence[Decimal]) -> list[tuple[int, tuple[Decimal, Decimal]]]:
    sofar, found = ZERO, []
    for bucket, amount in enumerate(amounts):
        if amount:
            found.append((bucket, (sofar, sofar + amount)))
            sofar += amount
    return found
