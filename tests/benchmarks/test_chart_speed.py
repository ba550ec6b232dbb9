"""One step of the slider under a chart, as the desk draws it, against matplotlib redrawing the same chart whole."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benchmarks.ratios import measure
from duedesk.charts.aging import AgingBars
from duedesk.charts.chart import Sheet
from duedesk.charts.picture import ChartColumn
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.resources import LookName, look

pytestmark = pytest.mark.bench

WIDTH, HEIGHT = 740, 300
_NOVEMBER = tuple(map(Decimal, ("2344102.11", "991204.50", "380001.00", "204411.07", "257113.99")))


def _columns(day: int) -> list[ChartColumn]:
    """Give the eleven month ends before a day of November, and that day, on which other amounts are open."""
    months = [ChartColumn(f"{date(2025 + (at > 0), (11 + at) % 12 + 1, 1):%b}", at, _NOVEMBER) for at in range(11)]
    amounts = tuple(amount * (30 + day) / 60 for amount in _NOVEMBER)
    return [*months, ChartColumn(f"{day} Nov", 11, amounts)]


def _whole_redraw() -> Callable[[], object]:
    """Give what sets the heights of matplotlib's own bars and draws the figure, as a slider of its own would."""
    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)
    canvas = FigureCanvasAgg(figure)
    plot = figure.add_subplot()
    columns = _columns(1)
    below = [0.0] * len(columns)
    stacked = []
    for bucket, label in enumerate(DEFAULT_BUCKETS.labels):
        heights = [float(column.amounts[bucket]) for column in columns]
        stacked.append(plot.bar([column.label for column in columns], heights, bottom=below, label=label))
        below = [one + other for one, other in zip(below, heights, strict=True)]
    plot.legend(ncols=5)
    days = count()

    def redraw() -> object:
        amounts = _columns(next(days) % 30 + 1)[-1].amounts
        foot = 0.0
        for bars, amount in zip(stacked, amounts, strict=True):
            bars[-1].set_y(foot)
            bars[-1].set_height(float(amount))
            foot += float(amount)
        canvas.draw()  # type: ignore[no-untyped-call]
        return bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]

    return redraw


def test_a_step_of_the_slider_is_seen_at_once() -> None:
    chart = AgingBars(
        _columns(1), DEFAULT_BUCKETS, "EUR", Sheet(WIDTH, HEIGHT, look(LookName.LIGHT)), room=Decimal(10**7)
    )
    days = count()

    def step() -> object:
        assert chart.move(_columns(next(days) % 30 + 1))
        return chart.picture()

    ratio = measure("a step of the slider, 740 x 300", step, "a full redraw", _whole_redraw(), runs=20)

    assert ratio.times < 0.15
