"""What stands below the bar of the aging: the chart and the table, or why there are none; it asks the book nothing."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.page import Desk
from duedesk.desk.pages.aging.behind import behind_row, behind_total
from duedesk.desk.pages.aging.chart_card import ChartCard
from duedesk.desk.pages.aging.model import Line
from duedesk.desk.pages.aging.questions import Answer, Asked
from duedesk.desk.pages.aging.side_card import SideCard
from duedesk.desk.pages.aging.table import AgingTable
from duedesk.desk.theme import GAP
from duedesk.desk.widgets.empty_list import NO_INVOICES, EmptyList, Way, last_dated, stand_on
from duedesk.desk.widgets.frames import card
from duedesk.domain.aging import AgingRequest

_CHART_SHARE = 0.42
_LOWEST_CHART, _HIGHEST_CHART = 222, 360
"""Pixels: below the first the key figures would lie over one another, above the second the table wants the room."""


_WIDE, _WIDE_SIDE, _NARROW_SIDE = 1100, 380, 266
"""Pixels: from the first on the card beside the chart is as wide as the second, below as the third."""


class Content(QStackedWidget):
    """Empty until an answer is shown."""

    asked = Signal(object)
    """The invoices behind a figure are asked for: a ShowInvoices."""
    told = Signal(object)
    """How a figure is made up is asked for: a Figure."""
    import_asked = Signal()
    day_asked = Signal(object)
    """Another day to stand on: a date."""
    everything_asked = Signal()
    """All currencies, all that is known by now."""

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__()
        self.chart = ChartCard(desk, as_of)
        self.side = SideCard(desk, Asked(AgingRequest(as_of)))
        self.table = AgingTable(desk.look, desk.tasks)
        self.empty = EmptyList()
        self._asked: Asked | None = None
        self.table.asked.connect(self._ask_cell)
        self.table.told.connect(self.told)
        self.chart.asked.connect(self.asked)
        self.chart.explanation_asked.connect(self.told)
        self.side.told.connect(self.told)
        self.chart.slid.connect(self.table.show_day)
        self.chart.slid.connect(lambda slot: self.side.setEnabled(slot is None))
        self.chart.day_asked.connect(self.day_asked)
        self.chart.currency_shown.connect(self._show_side)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        upper = QHBoxLayout()
        upper.setSpacing(GAP)
        upper.addWidget(self.chart, 1)
        upper.addWidget(self.side)
        column.addLayout(upper)
        column.addWidget(self.table, 1)
        self._figures = figures
        self._nothing = card()
        inner = QVBoxLayout(self._nothing)
        inner.addWidget(self.empty)
        for widget in (QWidget(), figures, self._nothing):
            self.addWidget(widget)

    @property
    def is_empty(self) -> bool:
        """Tell whether words stand in the place of figures."""
        return self.currentWidget() is self._nothing

    def show_answer(self, found: Answer, *, can_import: bool) -> None:
        """Show an aging, or why there is nothing in it."""
        self._asked = found.asked
        if not found.aging.rows:
            self._say_why(found, can_import=can_import)
            self.setCurrentWidget(self._nothing)
            return
        self.setCurrentWidget(self._figures)
        self.table.show_answer(found)
        self.side.setEnabled(True)
        counts = found.rows_by_currency
        self.chart.show_answer(found, tuple(sorted(counts, key=lambda one: (-counts[one], one))))

    def forget(self) -> None:
        """Read again what is drawn and told beside the table: the book may have changed."""
        self.chart.forget()
        self.side.forget()

    def show_proved(self, found: Answer) -> None:
        """Show the balances that were proved."""
        if not self.is_empty:
            self.table.show_proved(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height between the chart and the table."""
        super().resizeEvent(event)
        share = int(event.size().height() * _CHART_SHARE)
        for part in (self.chart, self.side):
            part.setFixedHeight(min(max(share, _LOWEST_CHART), _HIGHEST_CHART))
        self.side.setFixedWidth(_WIDE_SIDE if event.size().width() >= _WIDE else _NARROW_SIDE)

    def _show_side(self, currency: str) -> None:
        if self._asked is not None:
            self.side.show_figures(self._asked, currency)

    def _ask_cell(self, line: Line, bucket: int | None, is_total: bool) -> None:  # noqa: FBT001 - a signal's
        if self._asked is None:
            return
        there = replace(self._asked, request=replace(self._asked.request, as_of=self.chart.day_shown))
        if is_total:
            currency = line.row.currency if there.currency is None else None
            self.asked.emit(behind_total(there.request, currency, bucket, line.row))
        else:
            self.asked.emit(behind_row(there, line.row, bucket, line.within))

    def _say_why(self, found: Answer, *, can_import: bool) -> None:
        request, last = found.aging.request, None if found.book is None else found.book.last_day
        if found.book is None or not found.book.invoices:
            ways: tuple[Way, ...] = (("Import a file", self.import_asked.emit),) if can_import else ()
            self.empty.say(*NO_INVOICES, ways)
            return
        ways = ()
        if last is not None and last != request.as_of:
            ways += ((stand_on(last), lambda: self.day_asked.emit(last)),)
        if request.currency is not None or request.known_on is not None:
            ways += (("All currencies, as known now", self.everything_asked.emit),)
        currency = f" in {request.currency}" if request.currency else ""
        known = f", as it was known on {written.day(request.known_on.date())}" if request.known_on else ""
        hint = "" if last is None else last_dated(last)
        self.empty.say(f"Nothing is open{currency} on {written.day(request.as_of)}{known}", hint, ways)
