"""Bars that lie below one another, a name left of each: the largest and one for the rest; what they are is for others.

Names are read without turning the head, so this is how accounts are drawn. What the bars mean says the chart made of
them: `accounts` and `habits`.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from duedesk.charts.bars import Pieces, cut, in_full, limit_of, longest, lying, owed, with_rest
from duedesk.charts.chart import Chart, Sheet
from duedesk.charts.picture import ChartColumn
from duedesk.charts.plot import (
    FOOT,
    GAP,
    Entry,
    Plot,
    below_legend,
    draw_legend,
    draw_names,
    draw_scale_below,
    legend_rows,
    steps_for,
)
from duedesk.charts.scale import Scale
from duedesk.charts.style import drawable, text_width
from duedesk.domain.money import ZERO

_ROW = 20.0
"""Pixels that a bar and its name want at least."""
_MOST = 25
_NAMES = 0.32
"""How much of the width names may take."""
_STEP_WIDTH = 90.0

ScaleMaker = Callable[[Decimal, int], Scale]
"""Makes the scale for a longest bar with at most so many steps."""


class LyingBars(Chart):
    """Bars that can be moved: they keep their places and their names while they grow and shrink."""

    lies = True

    def __init__(
        self,
        columns: Sequence[ChartColumn],
        entries: Sequence[Entry],
        scale_for: ScaleMaker,
        sheet: Sheet,
        *,
        room: Decimal = ZERO,
    ) -> None:
        super().__init__(sheet)
        self._count = len(entries)
        if not columns:
            return
        legend = legend_rows(entries, self.canvas, self.top)
        top = below_legend(legend, self.top)
        bottom = self.canvas.snapped(max(self.canvas.height - FOOT, top + 1))
        self._most = min(max(int((bottom - top) / _ROW), 1), _MOST)
        shown = self._shown(columns)
        self._names = [drawable(column.label) for column in shown]
        left = min(max(map(text_width, self._names)) + GAP, self.canvas.width * _NAMES)
        self.plot = Plot(left, top, self.canvas.width - GAP, bottom)
        drawn = cut(owed(shown, self._count), limit_of(shown, self._count))
        steps = max(steps_for(self.plot.width, _STEP_WIDTH), 2)
        self.scale = scale_for(max(longest(drawn), room), steps)
        draw_scale_below(self.canvas, self.scale, self.plot, self.look)
        draw_names(self.canvas, self._names, self.plot, self.look)
        draw_legend(self.canvas, legend, entries, self.look, self.top)
        self.canvas.keep()
        self._pieces = Pieces(self.canvas, [colour for _, colour in entries], self.look.panel)
        self._put(shown)

    def move(self, columns: Sequence[ChartColumn]) -> bool:
        """Show other lengths under the same names; False where a new chart is needed."""
        if not self.columns:
            return False
        shown = self._shown(columns)
        fits = longest(owed([one for one in shown if not one.is_rest], self._count)) <= self.scale.top
        if not fits or [drawable(column.label) for column in shown] != self._names:
            return False
        self._put(shown)
        return True

    def _shown(self, columns: Sequence[ChartColumn]) -> list[ChartColumn]:
        return with_rest(columns, self._most)

    def _put(self, shown: list[ChartColumn]) -> None:
        self.columns = tuple(shown)
        amounts = owed(shown, self._count)
        drawn = cut(amounts, min(limit_of(shown, self._count), self.scale.top))
        self.regions = in_full(lying(drawn, self.scale, self.plot), amounts)
        is_broken = drawn != amounts and bool(self.regions)
        self._pieces.put(self.regions, lies=True, broken=self.regions[-1] if is_broken else None)
