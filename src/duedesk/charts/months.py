"""DSO and CEI over months, side by side, each under its formula; what they are is worked out elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from duedesk.charts.chart import Chart, Sheet
from duedesk.charts.picture import ChartColumn, ChartRegion, MonthColumn
from duedesk.charts.plot import FOOT, GAP, Plot, draw_labels, draw_scale, places_of_labels, steps_for
from duedesk.charts.scale import Scale, scale_of
from duedesk.charts.style import TEXT_SIZE, drawable, elided, text_width
from duedesk.domain.money import ZERO

_LINE = 16.0
_HIT = 7.0
"""Pixels around a dot that belong to it."""
_BETWEEN = 28.0
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the two halves: its title, its formula, and what it shows of a month as lines of their own colour."""

    title: str
    formula: str
    unit: str
    names: tuple[str, ...]


DSO, CEI = 0, 2
"""The first line of each half, as the regions count them: DSO, best possible DSO, CEI."""


class MonthLines(Chart):
    """Lines with a dot a month; a dot is a region."""

    def __init__(self, months: Sequence[MonthColumn], panels: tuple[Panel, Panel], sheet: Sheet) -> None:
        super().__init__(sheet)
        if not months:
            return
        self._months = months
        self.columns = tuple(
            ChartColumn(one.label, one.day, tuple(value or ZERO for value in (one.dso, one.best_dso, one.cei)))
            for one in months
        )
        middle = self.canvas.width / 2
        look = self.look
        dso = [[one.dso for one in months], [one.best_dso for one in months]]
        cei = [[one.cei for one in months]]
        self._draw_half(panels[0], dso, [look.accent, look.bucket(0, 5)], DSO, (0.0, middle - _BETWEEN / 2))
        most = max(_FULL, *(one.cei or ZERO for one in months))
        self._draw_half(panels[1], cei, [look.accent], CEI, (middle + _BETWEEN / 2, self.canvas.width), most=most)

    def _draw_half(
        self,
        panel: Panel,
        lines: Sequence[Sequence[Decimal | None]],
        colours: Sequence[str],
        first: int,
        sides: tuple[float, float],
        *,
        most: Decimal = ZERO,
    ) -> None:
        left, right = sides
        top = self._draw_head(panel, colours, left, right) + GAP
        bottom = self.canvas.snapped(max(self.canvas.height - FOOT, top + 1))
        most = max(most, *(value for line in lines for value in line if value is not None), ZERO)
        scale = scale_of(most, 0, most_steps=steps_for(bottom - top), unit=panel.unit)
        margin = max(map(text_width, scale.figures)) + GAP
        plot = Plot(min(left + margin, right - 1), top, right - GAP, bottom)
        draw_scale(self.canvas, scale, plot, self.look)
        labels = places_of_labels(self.canvas, [drawable(one.label) for one in self._months], plot)
        draw_labels(self.canvas, labels, plot, self.look)
        for at, (line, colour) in enumerate(zip(lines, colours, strict=True)):
            self._draw_line(line, colour, first + at, plot, scale)

    def _draw_head(self, panel: Panel, colours: Sequence[str], left: float, right: float) -> float:
        """Write the names of the lines in their order, a dash of their colour before each, and the formula below."""
        x, baseline = left, self.top + TEXT_SIZE + 1
        for name, colour in zip(panel.names, colours, strict=True):
            self.canvas.fill([(x, self.canvas.snapped(baseline - 5), 12, 2)], [colour])
            text = elided(name, right - x - 18)
            self.canvas.write(text, x + 18, baseline, self.look.text)
            x += 18 + text_width(text) + GAP * 1.5
        formula = elided(f"{panel.title} = {panel.formula}", right - left)
        self.canvas.write(formula, left, baseline + _LINE, self.look.quiet_text)
        return baseline + _LINE

    def _draw_line(self, line: Sequence[Decimal | None], colour: str, place: int, plot: Plot, scale: Scale) -> None:
        count = len(line)
        run: list[tuple[float, float]] = []
        dots = []
        for column, value in enumerate(line):
            if value is None:
                self.canvas.line(run, colour)
                run = []
                continue
            x, y = plot.middle(column, count), plot.y_of(max(value, ZERO), scale)
            run.append((x, y))
            dots.append((x, y))
            region = ChartRegion(x - _HIT, y - _HIT, 2 * _HIT, 2 * _HIT, column, place, value)
            self.regions = (*self.regions, region)
        self.canvas.line(run, colour)
        self.canvas.dots(dots, colour)
