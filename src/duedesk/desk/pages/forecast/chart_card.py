"""The chart of the forecast: a bar a week with its band; drawn behind the window, told under the mouse, clicked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout

from duedesk.charts.picture import ChartPicture, ChartRegion
from duedesk.desk.page import Desk
from duedesk.desk.pages.forecast.words import columns_of, described, title_of, told
from duedesk.desk.widgets.chart_view import ChartView
from duedesk.desk.widgets.labels import Role, elided_label
from duedesk.domain.forecast import Forecast
from duedesk.resources import Look, LookName, look

if TYPE_CHECKING:
    from duedesk.charts.forecast import ForecastBars

_PAPER, _COPY_RATIO, _EDGE = (900, 520), 2.0, 24
"""Pixels of a copied picture, its ratio to device pixels, and the bare page around it."""


class ForecastChart(QFrame):
    """A card with the chart of one currency."""

    asked = Signal(object)
    """The invoices behind a week are asked for: its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._desk = desk
        self.forecast: Forecast | None = None
        self.told = elided_label("", Role.QUIET)
        self.view = ChartView(desk.look, self._in_words)
        self.view.setAccessibleName("Expected cash by week")
        self.view.resized.connect(self._draw)
        self.view.pointed.connect(lambda _: self._tell())
        self.view.chosen.connect(lambda region: self.asked.emit(region.column_index))
        self.view.copy_asked.connect(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 6)
        column.setSpacing(4)
        column.addWidget(self.told)
        column.addWidget(self.view, 1)

    def show_forecast(self, forecast: Forecast) -> None:
        """Show the forecast of a currency."""
        self.forecast = forecast
        self._draw()
        self._tell()

    def set_desk(self, desk: Desk) -> None:
        """Draw in the look of another desk."""
        self._desk = desk
        self.view.set_look(desk.look)
        self._draw()

    def copy(self) -> None:
        """Put a picture of it on the clipboard, in light colours under its title."""
        forecast = self.forecast
        if forecast is not None:
            self._desk.tasks.read(self, lambda: _on_paper(forecast), _to_clipboard, slot="copy")

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
    forecast: Forecast, size: tuple[int, int], shown: Look, ratio: float, title: str = "", below: str = ""
) -> "ForecastBars":
    from duedesk.charts.chart import Sheet  # noqa: PLC0415 - matplotlib loads behind the window
    from duedesk.charts.forecast import Band, ForecastBars  # noqa: PLC0415

    sheet = Sheet(*size, shown, ratio, title, below, _EDGE if title else 0)
    bands = [Band(week.low, week.middle, week.high) for week in forecast.weeks]
    return ForecastBars(columns_of(forecast), bands, forecast.currency, sheet)


def _on_paper(forecast: Forecast) -> ChartPicture:
    title = f"Expected cash by week, {forecast.currency}"
    return _chart(forecast, _PAPER, look(LookName.LIGHT), _COPY_RATIO, title, title_of(forecast)).picture()


def _to_clipboard(picture: ChartPicture) -> None:
    image = QImage(picture.rgba, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGBA8888)
    QGuiApplication.clipboard().setImage(image.copy())
