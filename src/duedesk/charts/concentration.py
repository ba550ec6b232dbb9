"""Concentration: who owes most, and what share of all the largest owe together (a Pareto chart); it asks nothing."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from duedesk.charts.bars import Pieces, cut, in_full, limit_of, longest, owed, standing, with_rest
from duedesk.charts.canvas import Point
from duedesk.charts.chart import Chart, Sheet
from duedesk.charts.picture import ChartColumn
from duedesk.charts.plot import (
    EDGE,
    FOOT,
    GAP,
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
from duedesk.charts.style import TEXT_SIZE, drawable, text_width
from duedesk.domain.money import ZERO

OPEN, TOGETHER = "Open", "Together, of all"
_SLOT = 66.0
"""Pixels that a bar wants at least."""
_MOST = 24
_SHARES = (ZERO, Decimal(25), Decimal(50), Decimal(75), Decimal(100))
_OF_ALL = Scale(Decimal(100), _SHARES, tuple(f"{share} %" for share in _SHARES))


class Concentration(Chart):
    """Bars from large to small, the rest in one, and the line of their sum; all of it can be moved."""

    def __init__(self, columns: Sequence[ChartColumn], currency: str, sheet: Sheet, *, room: Decimal = ZERO) -> None:
        super().__init__(sheet)
        if not columns:
            return
        look, canvas = self.look, self.canvas
        entries = [(OPEN, look.accent), (TOGETHER, look.text)]
        legend = legend_rows(entries, canvas, self.top)
        top = below_legend(legend, self.top)
        bottom = canvas.snapped(max(canvas.height - FOOT, top + 1))
        self._most = min(max(int(canvas.width / _SLOT) - 2, 2), _MOST)
        shown = with_rest(columns, self._most)
        most = max(longest(cut(owed(shown, 1), limit_of(shown, 1))), room)
        self._scale = scale_for(most, currency, most_steps=steps_for(bottom - top))
        shares = max(map(text_width, _OF_ALL.figures)) + GAP
        self._plot = plot_beside(canvas, self._scale, top=top, bottom=bottom, right=shares)
        draw_scale(canvas, self._scale, self._plot, look)
        self._draw_shares(self._plot)
        draw_legend(canvas, legend, entries, look, self.top)
        self._labels = self._places(shown)
        draw_labels(canvas, self._labels, self._plot, look)
        canvas.keep()
        self._own = Pieces(canvas, [look.accent], look.panel)
        self._rest = Pieces(canvas, [look.quiet_text], look.panel)
        canvas.hairlines([self._plot.bottom], self._plot.left, self._plot.right, look.line)
        self._line = canvas.line([], look.text)
        self._dots = canvas.dots([], look.text, radius=_RADIUS)
        self._put(shown)

    def move(self, columns: Sequence[ChartColumn]) -> bool:
        """Show other amounts of the same accounts in the same order; False where a new chart is needed."""
        if not self.columns:
            return False
        shown = with_rest(columns, self._most)
        own = owed([one for one in shown if not one.is_rest], 1)
        if not shown or longest(own) > self._scale.top or self._places(shown) != self._labels:
            return False
        self._put(shown)
        return True

    def _places(self, shown: Sequence[ChartColumn]) -> list[tuple[str, float]]:
        return places_of_labels(self.canvas, [drawable(column.label) for column in shown], self._plot)

    def _draw_shares(self, plot: Plot) -> None:
        for share, figure in zip(_OF_ALL.ticks, _OF_ALL.figures, strict=True):
            baseline = plot.y_of(share, _OF_ALL) + TEXT_SIZE * 0.36
            self.canvas.write(figure, self.canvas.width - EDGE, baseline, self.look.quiet_text, align="right")

    def _put(self, shown: list[ChartColumn]) -> None:
        self.columns = tuple(shown)
        amounts = owed(shown, 1)
        drawn = cut(amounts, min(limit_of(shown, 1), self._scale.top))
        self.regions = in_full(standing(drawn, self._scale, self._plot), amounts)
        has_rest = shown[-1].is_rest
        is_rest = [has_rest and region.column_index == len(shown) - 1 for region in self.regions]
        self._own.put([region for region, rest in zip(self.regions, is_rest, strict=True) if not rest])
        the_rest = [region for region, rest in zip(self.regions, is_rest, strict=True) if rest]
        self._rest.put(the_rest, broken=the_rest[-1] if the_rest and drawn != amounts else None)
        points = self._points([amount for (amount,) in amounts])
        self.canvas.redraw_line(self._line, points)
        self.canvas.redot(self._dots, points, radius=_RADIUS)

    def _points(self, amounts: Sequence[Decimal]) -> list[Point]:
        whole = sum(amounts, ZERO)
        if not whole:
            return []
        shares = (sofar * 100 / whole for sofar in accumulate(amounts))
        count = len(amounts)
        return [(self._plot.middle(at, count), self._plot.y_of(share, _OF_ALL)) for at, share in enumerate(shares)]


_RADIUS = 2.5
