"""What stands below the bar of the forecast: chart, weeks and back-test, or why there are none; it asks nothing."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.navigation import Stand
from duedesk.desk.page import Desk
from duedesk.desk.pages.forecast.chart_card import ForecastChart
from duedesk.desk.pages.forecast.error_card import ErrorCard
from duedesk.desk.pages.forecast.words import behind, sheet_of
from duedesk.desk.records.tabs import Tab
from duedesk.desk.theme import GAP
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.frames import card
from duedesk.domain.forecast import Forecast

_CHART_SHARE, _LOWEST_CHART, _HIGHEST_CHART = 0.46, 200, 380
_WIDE, _WIDE_SIDE, _NARROW_SIDE = 1060, 340, 216
"""Pixels: from the first on the card beside the table is as wide as the second, below as the third."""


class ForecastBody(QStackedWidget):
    """Empty until a forecast is shown."""

    opened = Signal(object)
    """The invoices behind a week are asked for: a ShowInvoices, or None where there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._shown: tuple[Forecast, Stand] | None = None
        self.chart = ForecastChart(desk)
        self.tab = Tab(desk.look, desk.tasks, "Expected cash by week")
        self.table = self.tab.table
        self.errors = ErrorCard()
        self.empty = EmptyList()
        held = card()
        within = QVBoxLayout(held)
        within.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        within.addWidget(self.tab)
        lower = QHBoxLayout()
        lower.setSpacing(GAP)
        lower.addWidget(held, 1)
        lower.addWidget(self.errors)
        self._figures, self._nothing = QWidget(), card()
        column = QVBoxLayout(self._figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.chart)
        column.addLayout(lower, 1)
        QVBoxLayout(self._nothing).addWidget(self.empty)
        for widget in (QWidget(), self._figures, self._nothing):
            self.addWidget(widget)
        self.chart.asked.connect(self._open_week)
        self.tab.opened.connect(self.opened)

    @property
    def has_figures(self) -> bool:
        """Tell whether a forecast is shown."""
        return self.currentWidget() is self._figures

    def show_forecast(self, forecast: Forecast, stand: Stand, row: int = 0) -> None:
        """Show the forecast of a currency, a row of it in hand."""
        self._shown = (forecast, stand)
        self.setCurrentWidget(self._figures)
        self.chart.show_forecast(forecast)
        self._show_rows(row)

    def show_nothing(self, day: date) -> None:
        """Say that nothing is open on a day."""
        self._shown = None
        self.empty.say(
            f"Nothing is open on {written.day(day)}",
            "A forecast is made of open invoices. Stand on another day with Ctrl+D, or import some.",
            (),
        )
        self.setCurrentWidget(self._nothing)

    def set_desk(self, desk: Desk) -> None:
        """Draw in the look of another desk."""
        self.table.set_look(desk.look)
        self.chart.set_desk(desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room between the chart, the rows and the back-test."""
        super().resizeEvent(event)
        share = int(event.size().height() * _CHART_SHARE)
        self.chart.setFixedHeight(min(max(share, _LOWEST_CHART), _HIGHEST_CHART))
        self.errors.setFixedWidth(_WIDE_SIDE if event.size().width() >= _WIDE else _NARROW_SIDE)
        if self._shown is not None and (event.size().width() >= _WIDE) != (event.oldSize().width() >= _WIDE):
            self._show_rows(self.table.currentIndex().row())

    def _show_rows(self, row: int) -> None:
        if self._shown is not None:
            sheet = sheet_of(*self._shown, wide=self.width() >= _WIDE)
            self.tab.show_sheet(sheet)
            self.table.setCurrentIndex(self.table.records.index(min(max(row, 0), len(sheet.rows) - 1), 0))

    def _open_week(self, place: int) -> None:
        if self._shown is not None:
            forecast, stand = self._shown
            self.opened.emit(behind(forecast, place, stand))
