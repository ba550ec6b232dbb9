"""Where a chart of the aging is seen: it is made of figures at hand, drawn behind the window, told, led from.

Which chart, of which day and currency, is chosen elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from duedesk.charts.picture import ChartPicture, ChartRegion
from duedesk.desk import format as written
from duedesk.desk.page import Desk
from duedesk.desk.pages.aging.behind import PieceFigure, behind_piece, piece_figure
from duedesk.desk.pages.aging.chart_data import ChartData
from duedesk.desk.pages.aging.chart_words import chart_in_words, piece_in_words, summed_up
from duedesk.desk.pages.aging.drawing import Easel, Frame, Scene, on_paper
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.widgets.chart_paper import Printed
from duedesk.desk.widgets.chart_view import ChartView
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.domain.errors import DuedeskError

_Drawn = tuple[Scene, ChartPicture]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be seen: a chart, its day and currency; `title` says it in words."""

    kind: ChartKind
    day: date
    currency: str
    title: str


class ChartStage(QObject):
    """Shows one chart on a view."""

    asked = Signal(object)
    """The invoices of a piece are asked for: a ShowInvoices."""
    told = Signal(str)
    """What is under the mouse in words, or what is shown."""
    came = Signal()
    """More is at hand: a chart that waited for it may be shown."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._easel = Easel()
        self._wanted: Wanted | None = None
        self.scene: Scene | None = None
        self.data = ChartData(desk, self)
        self.view = ChartView(desk.look, self._in_words)
        self._is_waiting = felt_wait(self, lambda: self.told.emit("Reading…"))
        self.data.came.connect(self.came)
        self.data.failed.connect(self._fail)
        self.view.resized.connect(self._draw)
        self.view.pointed.connect(lambda _: self.tell())
        self.view.chosen.connect(self._ask)

    def set_desk(self, desk: Desk) -> None:
        """Draw in the look of another desk."""
        self._desk = desk
        self.view.set_look(desk.look)
        self._draw()

    def show(self, wanted: Wanted) -> None:
        """Show what is at hand, and read what is not."""
        self._wanted = wanted
        self.view.setAccessibleName(wanted.title)
        self.data.need(wanted.kind, wanted.day, wanted.currency)
        self._draw()

    def tell(self) -> None:
        """Say what is under the mouse, else what is shown."""
        region, title = self.view.pointed_at, "" if self._wanted is None else self._wanted.title
        if region is not None:
            self.told.emit(self._in_words(region))
        elif self.scene is not None and self.scene.is_bare:
            self.told.emit(f"{title}: nothing to show")
        else:
            is_read = self.scene is None or not self.scene.lacks
            picture = self.view.picture
            summed = "" if self.scene is None or picture is None else summed_up(self.scene, picture)
            self.told.emit(f"{title}{summed}" if is_read else f"{title} · reading the months before…")

    def printed(self) -> Printed | None:
        """Give the chart as it stands on paper; None while there is none."""
        request, wanted = self.data.request, self._wanted
        if self.scene is None or wanted is None or request is None:
            return None
        known = "" if request.known_on is None else f" · known on {written.day(request.known_on.date())}"
        title = wanted.title.removesuffix(f", {wanted.currency}")
        told = f"{wanted.currency} · as of {written.day(wanted.day)}{known}"
        draw = partial(on_paper, self.scene, title, told)
        return Printed(draw, title, told, f"{title} {wanted.currency} {wanted.day.isoformat()}")

    def _draw(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        make, draw = self.data.scene(wanted.kind, wanted.day, wanted.currency), self._easel.draw
        size = self.view.size()
        frame = Frame(size.width(), size.height(), self.view.devicePixelRatioF(), self._desk.look)
        self._desk.tasks.read(self, lambda: _drawn(make, draw, frame), self._take, failed=self._fail, slot="picture")

    def _take(self, drawn: _Drawn | None) -> None:
        if drawn is None:
            self._is_waiting.start()
            return
        self._is_waiting.stop()
        self.scene, picture = drawn
        self.view.set_picture(picture, chart_in_words(self.scene, picture))
        self.tell()

    def _fail(self, error: DuedeskError) -> None:
        self._is_waiting.stop()
        self.told.emit(error.message)

    def _in_words(self, region: ChartRegion) -> str:
        request, picture = self.data.request, self.view.picture
        if request is None or self.scene is None or picture is None:
            return ""
        return piece_in_words(request, self.scene, picture, region)

    def figure_in_hand(self) -> PieceFigure | None:
        """Give the figure of the piece in hand while the cursor is on the chart, or why that is not told."""
        region = self.view.pointed_at
        if not self.view.hasFocus() and (region is None or not self.view.underMouse()):
            return None
        return self._figure_of(region)

    def figure_at_mouse(self) -> PieceFigure | None:
        """Give the figure of the piece that is marked, if one is: a menu takes the mouse away from it."""
        return None if self.view.pointed_at is None else self._figure_of(self.view.pointed_at)

    def _figure_of(self, region: ChartRegion | None) -> PieceFigure | None:
        request, picture, wanted = self.data.request, self.view.picture, self._wanted
        if request is None or picture is None or self.scene is None or wanted is None:
            return None
        there, kind = replace(request, as_of=wanted.day), self.scene.kind
        converted = self.data.is_converted
        return piece_figure(there, kind, picture.columns, region, wanted.currency, is_converted=converted)

    def _ask(self, region: ChartRegion) -> None:
        request, picture, wanted = self.data.request, self.view.picture, self._wanted
        if request is None or picture is None or self.scene is None or wanted is None:
            return
        there = replace(request, as_of=wanted.day)
        currency = None if self.data.is_converted else wanted.currency
        self.asked.emit(behind_piece(there, self.scene.kind, picture.columns, region, currency))


def _drawn(
    make: Callable[[], Scene | None], draw: Callable[[Scene, Frame], ChartPicture], frame: Frame
) -> _Drawn | None:
    scene = make()
    return None if scene is None else (scene, draw(scene, frame))
