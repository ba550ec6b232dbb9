"""Draws what a chart of the aging page shows, anew or by moving what is there; it asks the book nothing.

matplotlib loads when the first chart is drawn, behind the window. Any thread will do.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING

from duedesk.charts.picture import ChartColumn, ChartPicture, MonthColumn
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.widgets.chart_paper import Page
from duedesk.domain.aging import DEFAULT_BUCKETS, Basis, Buckets
from duedesk.domain.money import ZERO
from duedesk.resources import Look

if TYPE_CHECKING:
    from duedesk.charts.chart import Chart, Sheet

_SPARE = Decimal("1.25")
"""A bar that outgrew the scale gets this much of it, so that the next step does not outgrow it again."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen: a kind of chart, its bars and what they are measured by; nothing of how it is drawn."""

    kind: ChartKind
    columns: tuple[ChartColumn, ...] = ()
    buckets: Buckets = DEFAULT_BUCKETS
    basis: Basis = Basis.DUE
    currency: str = ""
    room: Decimal = ZERO
    """An amount that the scale reaches at least: what is to come has room then."""
    terms: tuple[Decimal, ...] = ()
    months: tuple[MonthColumn, ...] = ()
    formulas: tuple[str, str] = ("", "")
    lacks: bool = False
    """Some of its bars are still being read."""

    @property
    def is_bare(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not self.months and not any(any(column.amounts) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where it is seen: pixels of the view and the look."""

    width: int
    height: int
    pixel_ratio: float
    look: Look


class Easel:
    """Keeps the chart that was drawn last, so that a step of the slider need not draw it whole."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._chart: Chart | None = None
        self._drawn: tuple[Scene, Frame] | None = None
        self._room = ZERO

    def draw(self, scene: Scene, frame: Frame) -> ChartPicture:
        """Draw a scene; what differs from the one before in its bars alone is moved, on the same scale if it fits."""
        with self._lock:
            bare = (replace(scene, columns=()), frame)
            if bare != self._drawn:
                self._chart, self._drawn, self._room = None, bare, scene.room
            if self._chart is None or not self._chart.move(scene.columns):
                longest = max((sum(column.amounts, ZERO) for column in scene.columns), default=ZERO)
                if self._chart is not None and longest > self._room:
                    self._room = longest * _SPARE
                self._chart = _made(replace(scene, room=self._room), frame)
            return self._chart.picture()


def on_paper(scene: Scene, title: str, told: str, page: Page) -> "Chart":
    """Draw a scene for paper, under its title."""
    frame = Frame(page.width, page.height, page.pixel_ratio, page.look)
    return _made(scene, frame, title, told, page.edge)


def _made(scene: Scene, frame: Frame, title: str = "", told: str = "", edge: int = 0) -> "Chart":
    from duedesk.charts.accounts import account_bars  # noqa: PLC0415 - matplotlib loads behind the window
    from duedesk.charts.aging import AgingBars  # noqa: PLC0415
    from duedesk.charts.chart import Sheet  # noqa: PLC0415
    from duedesk.charts.concentration import Concentration  # noqa: PLC0415
    from duedesk.charts.habits import HabitBars  # noqa: PLC0415

    sheet = Sheet(frame.width, frame.height, frame.look, frame.pixel_ratio, title, told, edge)
    columns = () if scene.is_bare else scene.columns
    match scene.kind:
        case ChartKind.ACCOUNTS:
            return account_bars(columns, scene.buckets, scene.currency, sheet, room=scene.room, basis=scene.basis)
        case ChartKind.CONCENTRATION:
            return Concentration(columns, scene.currency, sheet, room=scene.room)
        case ChartKind.HABITS:
            return HabitBars(columns, scene.terms, sheet)
        case ChartKind.MONTHS:
            return _months(scene, sheet)
        case _:
            return AgingBars(columns, scene.buckets, scene.currency, sheet, room=scene.room, basis=scene.basis)


def _months(scene: Scene, sheet: "Sheet") -> "Chart":
    from duedesk.charts.months import MonthLines, Panel  # noqa: PLC0415 - as above

    dso, cei = scene.formulas
    panels = (Panel("DSO", dso, "", ("DSO, days", "Best possible DSO")), Panel("CEI", cei, " %", ("CEI, %",)))
    return MonthLines(scene.months, panels, sheet)
