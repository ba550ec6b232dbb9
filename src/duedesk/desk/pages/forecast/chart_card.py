"""The chart of the forecast: a bar a week with its band; drawn behind the window, told under the mouse, clicked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from duedesk.charts.picture import ChartRegion
from duedesk.desk import format as written
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.forecast.words import columns_of, described, tested, title_of, told
from duedesk.desk.widgets.chart_paper import COPY_KEY, PRINT_KEY, SAVE_KEY, ChartPaper, Page, Printed
from duedesk.desk.widgets.chart_view import ChartView
from duedesk.desk.widgets.labels import Role, elided_label
from duedesk.domain.forecast.error import ForecastError
from duedesk.domain.forecast.weeks import Forecast
from duedesk.resources import Look

if TYPE_CHECKING:
    from duedesk.charts.forecast import ForecastBars


class ForecastChart(QFrame):
    """A card with the chart of one currency."""

    asked = Signal(object)
    """The invoices behind a week are asked for: its place."""

    def __init__(self, desk: Desk, figure_at_mouse: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._desk = desk
        self.forecast: Forecast | None = None
        self.told = elided_label("", Role.QUIET)
        self.tested = elided_label("", Role.SMALL)
        self.view = ChartView(desk.look, self._in_words)
        self.view.setAccessibleName("Expected cash by week")
        self.view.resized.connect(self._draw)
        self.view.pointed.connect(lambda _: self._tell())
        self.view.chosen.connect(lambda region: self.asked.emit(region.column_index))
        self.paper = ChartPaper(self.view, desk.tasks, self.printed, figure_at_mouse)
        self.view.copy_asked.connect(self.paper.copy)
        self.paper.said.connect(self.told.setText)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 6)
        column.setSpacing(4)
        column.addWidget(self.told)
        column.addWidget(self.view, 1)
        column.addWidget(self.tested)

    def show_forecast(self, forecast: Forecast) -> None:
        """Show the forecast of a currency."""
        self.forecast = forecast
        self.tested.setText("")
        self._draw()
        self._tell()

    def show_error(self, error: ForecastError) -> None:
        """Say below the chart how far off past forecasts of the currency were."""
        self.tested.setText(tested(error))

    def set_desk(self, desk: Desk) -> None:
        """Draw in the look of another desk."""
        self._desk = desk
        self.view.set_look(desk.look)
        self._draw()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the chart."""
        return (
            PageCommand("C&hart", self.view.setFocus, ("Ctrl+G",)),
            PageCommand("Copy the chart as &picture", self.paper.copy, (COPY_KEY,)),
            PageCommand("&Save the chart…", self.paper.ask_and_save, (SAVE_KEY,)),
            PageCommand("P&rint the chart…", self.paper.ask_and_print, (PRINT_KEY,)),
        )

    def printed(self) -> Printed | None:
        """Give the chart as it stands on paper; None while there is none."""
        forecast = self.forecast
        if forecast is None or not self.isVisible():
            return None
        title, code, day = "Expected cash by week", forecast.currency, forecast.as_of
        past = f" · {self.tested.text()}" if self.tested.text() else ""
        below = f"{code} · as of {written.day(day)} · {title_of(forecast)}{past}"

        def draw(page: Page) -> "ForecastBars":
            size = (page.width, page.height)
            return _chart(forecast, size, page.look, page.pixel_ratio, title, below, page.edge)

        return Printed(draw, title, below, f"{title} {code} {day.isoformat()}")

    def _draw(self) -> None:
        forecast, size = self.forecast, self.view.size()
        if forecast is None:
            return
        ratio, shown = self.view.devicePixelRatioF(), self._desk.look
        self._desk.tasks.read(
            self,
            lambda: _chart(forecast, (size.width(), size.height()), shown, ratio).picture(),
            lambda picture: self.view.set_picture(picture, described(forecast)),
            slot="picture",
        )

    def _tell(self) -> None:
        region = self.view.pointed_at
        if self.forecast is not None:
            self.told.setText(title_of(self.forecast) if region is None else self._in_words(region))

    def _in_words(self, region: ChartRegion) -> str:
        forecast = self.forecast
        if forecast is None or region.column_index >= len(forecast.weeks):
            return ""
        return told(forecast.weeks[region.column_index], forecast.currency)


def _chart(
    forecast: Forecast,
    size: tuple[int, int],
    shown: Look,
    ratio: float,
    title: str = "",
    below: str = "",
    edge: int = 0,
) -> "ForecastBars":
    from duedesk.charts.chart import Sheet  # noqa: PLC0415 - matplotlib loads behind the window
    from duedesk.charts.forecast import Band, ForecastBars  # noqa: PLC0415

    bands = [Band(week.low, week.middle, week.high) for week in forecast.weeks]
    return ForecastBars(columns_of(forecast), bands, forecast.currency, Sheet(*size, shown, ratio, title, below, edge))
