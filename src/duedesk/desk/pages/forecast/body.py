"""What stands below the bar of the forecast: chart, weeks and back-test, or why there are none; it asks nothing."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.navigation import Stand
from duedesk.desk.page import Desk
from duedesk.desk.pages.forecast.chart_card import ForecastChart
from duedesk.desk.pages.forecast.emptiness import NothingOpen
from duedesk.desk.pages.forecast.error_card import ErrorCard
from duedesk.desk.pages.forecast.figures import figure_of_row, figure_of_week
from duedesk.desk.pages.forecast.words import WIDE, behind, columns_in, sheet_of
from duedesk.desk.records.tabs import Tab
from duedesk.desk.theme import GAP
from duedesk.desk.widgets.frames import card
from duedesk.domain.explaining.figures import Figure, Unexplained
from duedesk.domain.forecast.weeks import Forecast

_CHART_SHARE, _LOWEST_CHART, _HIGHEST_CHART = 0.46, 200, 380
_WIDE_SIDE, _NARROW_SIDE = 340, 216
"""Pixels of the card beside the table, where there is room and where there is little."""


class ForecastBody(QStackedWidget):
    """Empty until a forecast is shown."""

    opened = Signal(object)
    """The invoices behind a week are asked for: a ShowInvoices, or None where there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._shown: tuple[Forecast, Stand] | None = None
        self.chart = ForecastChart(desk, self.figure_at_mouse)
        self.tab = Tab(desk.look, desk.tasks, "Expected cash by week")
        self.table = self.tab.table
        self.errors = ErrorCard()
        self.empty = NothingOpen()
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

    def figure_in_hand(self) -> Figure | Unexplained | None:
        """Give the week that is marked in the chart, where the cursor is in it, else the figure of the row in hand."""
        if self._shown is None or not self.has_figures:
            return None
        pointed, at = self.chart.view.pointed_at, self.table.currentIndex()
        if pointed is not None and (self.chart.view.hasFocus() or self.chart.view.underMouse()):
            return figure_of_week(*self._shown, pointed.column_index)
        column = self.table.records.columns[at.column()].path if at.isValid() else ""
        return figure_of_row(*self._shown, at.row(), column) if at.isValid() else None

    def figure_at_mouse(self) -> Figure | None:
        """Give the week that is marked in the chart."""
        pointed = self.chart.view.pointed_at
        if pointed is None or self._shown is None:
            return None
        return figure_of_week(*self._shown, pointed.column_index)

    def show_nothing(self, desk: Desk, day: date, *, can_import: bool) -> None:
        """Say that nothing is open on a day."""
        self._shown = None
        self.empty.say_nothing(desk, day, can_import=can_import)
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
        self.errors.setFixedWidth(_WIDE_SIDE if event.size().width() >= WIDE else _NARROW_SIDE)
        if self._shown is not None and columns_in(event.size().width()) != columns_in(event.oldSize().width()):
            self._show_rows(self.table.currentIndex().row())

    def _show_rows(self, row: int) -> None:
        if self._shown is not None:
            sheet = sheet_of(*self._shown, self.width())
            self.tab.show_sheet(sheet)
            self.table.setCurrentIndex(self.table.records.index(min(max(row, 0), len(sheet.rows) - 1), 0))

    def _open_week(self, place: int) -> None:
        if self._shown is not None:
            forecast, stand = self._shown
            self.opened.emit(behind(forecast, place, stand))
