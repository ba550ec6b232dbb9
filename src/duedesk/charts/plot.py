"""The part of a chart that its bars and lines stand in: where it lies, the scale, words and legend around it.

It knows no chart. Everything is in logical pixels from the top left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.text import Text

from duedesk.charts.canvas import Canvas
from duedesk.charts.scale import Scale
from duedesk.charts.style import TEXT_SIZE, elided, text_width
from duedesk.resources import Look

GAP = 8.0
FOOT = 22.0
"""Room for the words below the bars."""
EDGE = 2.0
"""Letters reach a little past their measure; what stands at an edge keeps this much from it."""

_SWATCH = 9.0
_LEGEND_ROW = 18.0
_STEP_HEIGHT = 44.0
_MOST_STEPS = 5
"""Gridlines: about this many logical pixels apart, and no more of them than an eye counts."""
_LEAST_PLOT = 56.0
"""Below this height the legend goes first: the desk's table beside the chart has the same buckets by name."""
_SHORTEST_LABEL = 52.0
_LEAST_SCALE = 32.0
"""Below this height of the plot there is no room for figures beside it."""
_HALF_CAP = TEXT_SIZE * 0.36
"""From the middle of a line of text to its baseline."""

Entry = tuple[str, str]
"""A name in the legend, and its colour."""
Label = tuple[str, float]
"""A text below the bars, and where its middle is."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Where bars stand or lines run."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Give the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give the height."""
        return self.bottom - self.top

    def slot(self, count: int) -> float:
        """Give the width of one of `count` columns."""
        return self.width / count

    def middle(self, index: int, count: int) -> float:
        """Give the middle of a column."""
        return self.left + (index + 0.5) * self.slot(count)

    def y_of(self, amount: Decimal, scale: Scale) -> float:
        """Give the height at which an amount stands."""
        return self.bottom - self.height * float(amount / scale.top)


def steps_for(length: float, apart: float = _STEP_HEIGHT) -> int:
    """Give how many gridlines suit a length."""
    return min(int(length / apart), _MOST_STEPS)


def plot_beside(canvas: Canvas, scale: Scale, *, top: float, bottom: float, right: float = 0.0) -> Plot:
    """Give the plot that leaves room for the figures of a scale at its left, and for `right` at its right."""
    margin = max(map(text_width, scale.figures)) + GAP + EDGE
    return Plot(min(margin, canvas.width / 2), top, canvas.width - EDGE - right, bottom)


def draw_scale(canvas: Canvas, scale: Scale, plot: Plot, look: Look) -> None:
    """Draw the gridlines and the figures left of them."""
    if plot.height < _LEAST_SCALE:
        return
    ys = [plot.y_of(tick, scale) for tick in scale.ticks]
    canvas.hairlines(ys, plot.left, plot.right, look.line)
    for y, figure in zip(ys, scale.figures, strict=True):
        canvas.write(figure, plot.left - GAP, y + _HALF_CAP, look.quiet_text, align="right")


def draw_scale_below(canvas: Canvas, scale: Scale, plot: Plot, look: Look) -> None:
    """Draw the upright gridlines of bars that lie, and the figures below them."""
    xs = [plot.left + plot.width * float(tick / scale.top) for tick in scale.ticks]
    canvas.uprights(xs, plot.top, plot.bottom, look.line)
    baseline = plot.bottom + GAP / 2 + TEXT_SIZE + 1
    free = plot.left - GAP * 2
    for x, figure in zip(xs, scale.figures, strict=True):
        half = text_width(figure) / 2
        middle = min(x, canvas.width - half - EDGE)
        if middle - half >= free:
            canvas.write(figure, middle, baseline, look.quiet_text, align="center")
            free = middle + half + GAP


def draw_names(canvas: Canvas, names: Sequence[str], plot: Plot, look: Look) -> None:
    """Write a name left of each bar that lies."""
    row = plot.height / max(len(names), 1)
    for index, name in enumerate(names):
        text = elided(name, plot.left - GAP)
        canvas.write(text, plot.left - GAP, plot.top + (index + 0.5) * row + _HALF_CAP, look.text, align="right")


def places_of_labels(canvas: Canvas, labels: Sequence[str], plot: Plot) -> list[Label]:
    """Give what is written below the bars: all labels, cut ones, or every so many from the last, the latest, on."""
    count, slot = len(labels), plot.slot(len(labels))
    widest = max(map(text_width, labels))
    wanted = widest + 2 * GAP if widest <= _SHORTEST_LABEL else _SHORTEST_LABEL
    every = 1 if widest + GAP / 2 <= slot else -(-wanted // slot)
    room = every * slot - GAP / 2
    free = canvas.width + GAP
    places: list[Label] = []
    for index in range(count - 1, -1, -int(every)):
        text = elided(labels[index], room)
        half = text_width(text) / 2
        middle = min(max(plot.middle(index, count), half + EDGE), canvas.width - half - EDGE)
        if middle + half <= free - GAP / 2:  # the last label may have had to move in from the edge
            places.append((text, middle))
            free = middle - half
    return places


def draw_labels(canvas: Canvas, places: Sequence[Label], plot: Plot, look: Look) -> list[Text]:
    """Write labels below the bars."""
    baseline = plot.bottom + GAP / 2 + TEXT_SIZE + 1
    return [canvas.write(text, middle, baseline, look.quiet_text, align="center") for text, middle in places]


def legend_rows(entries: Sequence[Entry], canvas: Canvas, top: float) -> list[list[int]]:
    """Break a legend into rows that fit the width; none at all where the bars need the height."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for index, (label, _) in enumerate(entries):
        width = _entry_width(label)
        if used + width > canvas.width - EDGE and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append(index)
        used += width
    fits = canvas.height - top - len(rows) * _LEGEND_ROW - GAP - FOOT >= _LEAST_PLOT
    return rows if fits and max(_entry_width(label) for label, _ in entries) <= canvas.width - EDGE else []


def below_legend(rows: Sequence[object], top: float) -> float:
    """Give where the plot may begin."""
    return top + len(rows) * _LEGEND_ROW + GAP


def draw_legend(
    canvas: Canvas, rows: Sequence[Sequence[int]], entries: Sequence[Entry], look: Look, top: float
) -> None:
    """Write the legend at the top right, in the order the bars are stacked."""
    boxes, colours = [], []
    for row, indexes in enumerate(rows):
        x = canvas.width - EDGE + GAP * 1.5 - sum(_entry_width(entries[index][0]) for index in indexes)
        above = canvas.snapped(top + row * _LEGEND_ROW + 2)
        for index in indexes:
            label, colour = entries[index]
            boxes.append((canvas.snapped(x), above, canvas.snapped(_SWATCH), canvas.snapped(_SWATCH)))
            colours.append(colour)
            canvas.write(label, x + _SWATCH + GAP * 0.75, above + _SWATCH - 0.5, look.quiet_text)
            x += _entry_width(label)
    if boxes:
        canvas.fill(boxes, colours)


def _entry_width(label: str) -> float:
    return _SWATCH + GAP * 0.75 + text_width(label) + GAP * 1.5
