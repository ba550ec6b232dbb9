"""Expected cash by week: a bar of what promises and what habits bring, and over it the band from P10 to P90.

Each week is one region, so that a thin bar can be clicked as well. It asks nothing and works nothing out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from duedesk.charts.bars import BAR_SHARE, WIDEST_BAR, Pieces, owed, standing
from duedesk.charts.chart import Chart, Sheet
from duedesk.charts.picture import ChartColumn, ChartRegion
from duedesk.charts.plot import (
    FOOT,
    Plot,
    below_legend,
    draw_labels,
    draw_legend,
    draw_scale,
    legend_rows,
    places_of_labels,
    plot_beside,
    steps_for,
)
from duedesk.charts.scale import Scale, scale_for
from duedesk.charts.style import drawable
from duedesk.domain.money import ZERO

PROMISED, BY_HABIT, BAND = "Expected of promises", "Expected by habit", "P10 to P90, P50"
_STROKE, _CAP, _DOT = 2.0, 10.0, 3.5
"""Pixels: the width of the band's line, the length of its ends, the radius of its middle."""
_LEAST_HEIGHT = 8.0
"""Pixels of a region that a hand can hit, however little is expected."""


@dataclass(frozen=True, slots=True)
class Band:
    """What comes in one, five and nine of ten cases at most."""

    low: Decimal
    middle: Decimal
    high: Decimal


class ForecastBars(Chart):
    """A bar a week, from left to right; `bands` has one for each. A column has two amounts: of promises, by habit."""

    def __init__(self, columns: Sequence[ChartColumn], bands: Sequence[Band], currency: str, sheet: Sheet) -> None:
        super().__init__(sheet)
        if not columns or not any(band.high for band in bands):
            return
        look, canvas = self.look, self.canvas
        colours = [look.accent, look.bucket(0, 5)]
        entries = [(PROMISED, colours[0]), (BY_HABIT, colours[1]), (BAND, look.text)]
        legend = legend_rows(entries, canvas, self.top)
        top = below_legend(legend, self.top)
        bottom = canvas.snapped(max(canvas.height - FOOT, top + 1))
        most = max(*(band.high for band in bands), *(sum(column.amounts, ZERO) for column in columns))
        scale = scale_for(most, currency, most_steps=steps_for(bottom - top))
        plot = plot_beside(canvas, scale, top=top, bottom=bottom)
        draw_scale(canvas, scale, plot, look)
        draw_legend(canvas, legend, entries, look, self.top)
        labels = places_of_labels(canvas, [drawable(column.label) for column in columns], plot)
        draw_labels(canvas, labels, plot, look)
        self.columns = tuple(columns)
        Pieces(canvas, colours, look.panel).put(standing(owed(columns, 2), scale, plot))
        canvas.hairlines([plot.bottom], plot.left, plot.right, look.line)
        self._draw_bands(bands, scale, plot)
        self.regions = tuple(
            _region(at, len(columns), plot.y_of(max(bands[at].high, amount), scale), plot, amount)
            for at, amount in enumerate(sum(column.amounts, ZERO) for column in columns)
        )

    def _draw_bands(self, bands: Sequence[Band], scale: Scale, plot: Plot) -> None:
        """Draw a line with its ends for each band, ringed so that it is seen on the bar as well, and its middle."""
        canvas, count = self.canvas, len(bands)
        rings, strokes, dots = [], [], []
        for at, band in enumerate(bands):
            if not band.high:
                continue
            x = canvas.snapped(plot.middle(at, count))
            high, low = (canvas.snapped(plot.y_of(edge, scale)) for edge in (band.high, band.low))
            half, cap = _STROKE / 2, min(_CAP, plot.slot(count) * BAR_SHARE) / 2
            boxes = [(x - half, high, _STROKE, low - high)]
            boxes += [(x - cap, y - half, 2 * cap, _STROKE) for y in (high, low)]
            rings += [(left - 1, above - 1, width + 2, height + 2) for left, above, width, height in boxes]
            strokes += boxes
            dots.append((x, plot.y_of(band.middle, scale)))
        canvas.fill(rings, [self.look.panel] * len(rings))
        canvas.fill(strokes, [self.look.text] * len(strokes))
        canvas.dots(dots, self.look.panel, radius=_DOT + 1)
        canvas.dots(dots, self.look.text, radius=_DOT)


def _region(at: int, count: int, head: float, plot: Plot, amount: Decimal) -> ChartRegion:
    """Give the region of a week: as wide as its bar, from the foot to the head of what is drawn of it."""
    width = min(plot.slot(count) * BAR_SHARE, WIDEST_BAR)
    top = min(head, plot.bottom - _LEAST_HEIGHT)
    return ChartRegion(plot.middle(at, count) - width / 2, top, width, plot.bottom - top, at, 0, amount)
