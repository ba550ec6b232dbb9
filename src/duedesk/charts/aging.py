"""The aging as stacked bars, one a month end or an account; it asks nothing and shows nothing, it gives a picture.

Only what is owed is drawn: unapplied payments and whatever else is below nothing stay out, as they would have to be
drawn below the line and would make the bars above it look taller than what is owed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duedesk.charts.picture import ChartPicture, ChartRegion
from duedesk.charts.scale import Scale, scale_for
from duedesk.charts.style import TEXT_SIZE, Canvas, drawable, elided, text_width
from duedesk.domain.aging import Buckets
from duedesk.domain.money import ZERO
from duedesk.resources import Look

_GAP = 8.0
_SWATCH = 9.0
_LEGEND_ROW = 18.0
_FOOT = 22.0
"""Room for the words below the bars."""
_EDGE = 2.0
"""Letters reach a little past their measure; what stands at an edge keeps this much from it."""
_STEP_HEIGHT = 44.0
_MOST_STEPS = 5
"""Gridlines: about this many logical pixels apart, and no more of them than an eye counts."""
_BAR_SHARE = 0.62
_WIDEST_BAR = 56.0
_LEAST_PLOT = 56.0
"""Below this height the legend goes first: the desk's table beside the chart has the same buckets by name."""
_SHORTEST_LABEL = 52.0
_LEAST_SCALE = 32.0
"""Below this height of the plot there is no room for figures beside it."""


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One bar: what stands below it, what it stands for (a month end, an account's id), and an amount a bucket."""

    label: str
    key: date | int | str | None
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    """The part of the picture that the bars stand in, in logical pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def slot(self, count: int) -> float:
        return (self.right - self.left) / count

    def middle(self, index: int, count: int) -> float:
        return self.left + (index + 0.5) * self.slot(count)


def draw_aging_chart(
    columns: Sequence[ChartColumn],
    buckets: Buckets,
    currency: str,
    look: Look,
    *,
    width_px: int,
    height_px: int,
    pixel_ratio: float = 1.0,
) -> ChartPicture:
    """Draw one stacked bar a column, not due at the foot, on a picture of `width_px` by `height_px` logical pixels.

    Without columns the picture is the bare panel. Amounts are in `currency`; a column has one for each bucket.
    May be called on any thread.
    """
    canvas = Canvas(width=max(width_px, 1), height=max(height_px, 1), pixel_ratio=pixel_ratio, background=look.panel)
    regions: tuple[ChartRegion, ...] = ()
    if columns:
        owed = [
            [max(amount, ZERO) for _, amount in zip(buckets.labels, column.amounts, strict=True)] for column in columns
        ]
        legend = _legend_rows(buckets, canvas)
        top = len(legend) * _LEGEND_ROW + _GAP if legend else _GAP
        bottom = canvas.snapped(max(canvas.height - _FOOT, top + 1))
        steps = min(int((bottom - top) / _STEP_HEIGHT), _MOST_STEPS)
        scale = scale_for(max(map(_sum, owed)), currency, most_steps=steps)
        margin = max(map(text_width, scale.figures)) + _GAP + _EDGE
        plot = _Plot(min(margin, canvas.width / 2), top, canvas.width - _EDGE, bottom)
        _draw_scale(canvas, scale, plot, look)
        regions = _stack(owed, scale, plot)
        _draw_bars(canvas, regions, plot, buckets, look)
        _draw_labels(canvas, [drawable(column.label) for column in columns], plot, look)
        _draw_legend(canvas, legend, buckets, look)
    return ChartPicture(*canvas.rgba(), regions, pixel_ratio)


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def _draw_scale(canvas: Canvas, scale: Scale, plot: _Plot, look: Look) -> None:
    ys = [plot.bottom - (plot.bottom - plot.top) * float(tick / scale.top) for tick in scale.ticks]
    if plot.bottom - plot.top < _LEAST_SCALE:
        return
    canvas.hairlines(ys, plot.left, plot.right, look.line)
    for y, figure in zip(ys, scale.figures, strict=True):
        canvas.write(figure, plot.left - _GAP, y + TEXT_SIZE * 0.36, look.quiet_text, align="right")


def _stack(owed: list[list[Decimal]], scale: Scale, plot: _Plot) -> tuple[ChartRegion, ...]:
    """Lay the amounts on one another; what is nothing has no region."""
    count, height = len(owed), plot.bottom - plot.top
    bar = min(plot.slot(count) * _BAR_SHARE, _WIDEST_BAR)
    regions = []
    for column, amounts in enumerate(owed):
        below = ZERO
        for bucket, amount in enumerate(amounts):
            if amount:
                foot = plot.bottom - height * float(below / scale.top)
                below += amount
                head = plot.bottom - height * float(below / scale.top)
                left = plot.middle(column, count) - bar / 2
                regions.append(ChartRegion(left, head, bar, foot - head, column, bucket, amount))
    return tuple(regions)


def _draw_bars(canvas: Canvas, regions: tuple[ChartRegion, ...], plot: _Plot, buckets: Buckets, look: Look) -> None:
    boxes, colours, seams = [], [], []
    below: tuple[int, str] | None = None
    for region in regions:
        left, right = canvas.snapped(region.x), canvas.snapped(region.x + region.width)
        head, foot = canvas.snapped(region.y), canvas.snapped(region.y + region.height)
        colour = look.bucket(region.bucket_index, len(buckets))
        boxes.append((left, head, max(right - left, 1 / canvas.ratio), foot - head))
        colours.append(colour)
        if below == (region.column_index, colour):  # more buckets than colours: a seam keeps two of one apart
            seams.append((left, foot - 1 / canvas.ratio, right - left, 1 / canvas.ratio))
        below = (region.column_index, colour)
    if boxes:
        canvas.fill(boxes + seams, colours + [look.panel] * len(seams))
        canvas.hairlines([plot.bottom], plot.left, plot.right, look.line)


def _draw_labels(canvas: Canvas, labels: list[str], plot: _Plot, look: Look) -> None:
    """Write below the bars: all labels, cut ones, or every so many counted from the last, which is the latest."""
    count, slot = len(labels), plot.slot(len(labels))
    widest = max(map(text_width, labels))
    wanted = widest + 2 * _GAP if widest <= _SHORTEST_LABEL else _SHORTEST_LABEL
    every = 1 if widest + _GAP / 2 <= slot else -(-wanted // slot)
    room = every * slot - _GAP / 2
    baseline = plot.bottom + _GAP / 2 + TEXT_SIZE + 1
    free = canvas.width + _GAP
    for index in range(count - 1, -1, -int(every)):
        text = elided(labels[index], room)
        half = text_width(text) / 2
        middle = min(max(plot.middle(index, count), half + _EDGE), canvas.width - half - _EDGE)
        if middle + half <= free - _GAP / 2:  # the last label may have had to move in from the edge
            canvas.write(text, middle, baseline, look.quiet_text, align="center")
            free = middle - half


def _legend_rows(buckets: Buckets, canvas: Canvas) -> list[list[int]]:
    """Break the buckets into rows of the legend that fit the width; none at all where the bars need the height."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for index, label in enumerate(buckets.labels):
        width = _entry_width(label)
        if used + width > canvas.width - _EDGE and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append(index)
        used += width
    fits = canvas.height - len(rows) * _LEGEND_ROW - _GAP - _FOOT >= _LEAST_PLOT
    return rows if fits and max(map(_entry_width, buckets.labels)) <= canvas.width - _EDGE else []


def _entry_width(label: str) -> float:
    return _SWATCH + _GAP * 0.75 + text_width(label) + _GAP * 1.5


def _draw_legend(canvas: Canvas, rows: list[list[int]], buckets: Buckets, look: Look) -> None:
    """Write the legend at the top right, in the order the bars are stacked."""
    boxes, colours = [], []
    for row, indexes in enumerate(rows):
        x = canvas.width - _EDGE + _GAP * 1.5 - sum(_entry_width(buckets.labels[index]) for index in indexes)
        top = canvas.snapped(row * _LEGEND_ROW + 2)
        for index in indexes:
            label = buckets.labels[index]
            boxes.append((canvas.snapped(x), top, canvas.snapped(_SWATCH), canvas.snapped(_SWATCH)))
            colours.append(look.bucket(index, len(buckets)))
            canvas.write(label, x + _SWATCH + _GAP * 0.75, top + _SWATCH - 0.5, look.quiet_text)
            x += _entry_width(label)
    if boxes:
        canvas.fill(boxes, colours)
