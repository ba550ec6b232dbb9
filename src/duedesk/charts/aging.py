"""The aging as stacked bars, one a month end: what was open, by bucket; it asks nothing and shows nothing."""

from collections.abc import Sequence
from decimal import Decimal

from duedesk.charts.bars import Pieces, longest, owed, standing
from duedesk.charts.chart import Chart, Sheet
from duedesk.charts.picture import ChartColumn
from duedesk.charts.plot import (
    FOOT,
    Label,
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
from duedesk.domain.aging import Basis, Buckets
from duedesk.domain.money import ZERO


class AgingBars(Chart):
    """Bars that can be moved: another day of the slider is other heights and another word below the last.

    `room` is an amount that the scale reaches at least, so that bars can grow without it.
    """

    def __init__(
        self,
        columns: Sequence[ChartColumn],
        buckets: Buckets,
        currency: str,
        sheet: Sheet,
        *,
        room: Decimal = ZERO,
        basis: Basis = Basis.DUE,
    ) -> None:
        super().__init__(sheet)
        self._count = len(buckets)
        self._labels: list[Label] = []
        if not columns:
            return
        amounts = owed(columns, self._count)
        colours = [self.look.bucket(place, self._count) for place in range(self._count)]
        entries = list(zip(buckets.labels_from(basis), colours, strict=True))
        legend = legend_rows(entries, self.canvas, self.top)
        top = below_legend(legend, self.top)
        bottom = self.canvas.snapped(max(self.canvas.height - FOOT, top + 1))
        most = max(longest(amounts), room)
        self._scale: Scale = scale_for(most, currency, most_steps=steps_for(bottom - top))
        self._plot: Plot = plot_beside(self.canvas, self._scale, top=top, bottom=bottom)
        draw_scale(self.canvas, self._scale, self._plot, self.look)
        draw_legend(self.canvas, legend, entries, self.look, self.top)
        self._labels = self._places(columns)
        draw_labels(self.canvas, self._labels[1:], self._plot, self.look)
        self.canvas.keep()
        self._pieces = Pieces(self.canvas, colours, self.look.panel)
        self.canvas.hairlines([self._plot.bottom], self._plot.left, self._plot.right, self.look.line)
        self._last = draw_labels(self.canvas, self._labels[:1], self._plot, self.look)
        self._put(columns, amounts)

    def move(self, columns: Sequence[ChartColumn]) -> bool:
        """Show other columns, of which only the last has another label; False where a new chart is needed."""
        if not self._labels or not columns:
            return False
        amounts, labels = owed(columns, self._count), self._places(columns)
        if labels[1:] != self._labels[1:] or longest(amounts) > self._scale.top:
            return False
        if labels != self._labels:
            self.canvas.take_off(self._last)
            self._last = draw_labels(self.canvas, labels[:1], self._plot, self.look)
            self._labels = labels
        self._put(columns, amounts)
        return True

    def _places(self, columns: Sequence[ChartColumn]) -> list[Label]:
        return places_of_labels(self.canvas, [drawable(column.label) for column in columns], self._plot)

    def _put(self, columns: Sequence[ChartColumn], amounts: Sequence[tuple[Decimal, ...]]) -> None:
        self.columns = tuple(columns)
        self.regions = standing(amounts, self._scale, self._plot)
        self._pieces.put(self.regions)
