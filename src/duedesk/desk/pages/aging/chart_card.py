"""The chart over the aging: which one is chosen by chips, the slider under it moves its day; it draws nothing."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from duedesk.desk import format as written
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.aging.chart_chips import ChartChips
from duedesk.desk.pages.aging.chart_stage import ChartStage, Wanted
from duedesk.desk.pages.aging.day_slider import DaySlider
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.questions import Answer
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.chart_paper import COPY_KEY, PRINT_KEY, SAVE_KEY, ChartPaper
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.domain.grouping import label_of, lowered

_APART = " without what is disputed"
_IN_BUCKETS = {ChartKind.TREND, ChartKind.ACCOUNTS}
"""What they show lies in buckets, from which what is disputed may be taken out."""


class ChartCard(QFrame):
    """A card with one chart at a time."""

    asked = Signal(object)
    """The invoices of a piece are asked for: a ShowInvoices."""
    explanation_asked = Signal(object)
    """How a piece is made up is asked for: its figure."""
    slid = Signal(object)
    """The day moved, and its figures are at hand: a DaySlot, or None where it stands again where it stood."""
    day_asked = Signal(object)
    """The slider was let go: the day to stand on."""

    currency_shown = Signal(object)
    """The figures of a currency are shown, of the day that is stood on: its code."""

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._currencies: tuple[str, ...] = ()
        self._day = as_of
        self.kind = ChartKind.TREND
        self.currency = ""
        self.stage = ChartStage(desk, self)
        self.data, self.view = self.stage.data, self.stage.view
        self.told = elided_label("", Role.QUIET)
        self.kinds = ChartChips()
        self.chips = self.kinds.chips
        self.currencies = button("", self._offer_currencies)
        self.slider = DaySlider(desk.look, as_of)
        self.day = plain_label("", Role.QUIET)
        self.paper = ChartPaper(self.view, desk.tasks, self.stage.printed, self.stage.figure_at_mouse)
        self._lay_out()
        self._connect()

    @property
    def day_shown(self) -> date:
        """Give the day that is shown: where the slider is."""
        return self._day

    def show_answer(self, found: Answer, currencies: tuple[str, ...]) -> None:
        """Show what the page has read; of several currencies, the one shown before or the first."""
        request = found.aging.request
        self._currencies, self._day = currencies, request.as_of
        if self.currency not in currencies:
            self.currency = currencies[0]
        self.data.stand(found)
        self.slider.stand(request.as_of)
        self.day.setText(written.day(self._day))
        self.kinds.show_group(self._group)
        self.currencies.setVisible(len(currencies) > 1)
        self._show()
        self.currency_shown.emit(self.currency)

    def show_kind(self, kind: ChartKind) -> None:
        """Show another chart."""
        self.kind = kind
        self.kinds.show_kind(kind)
        self._show()

    def show_currency(self, currency: str) -> None:
        """Show another currency."""
        self.currency = currency
        self._show()
        self.currency_shown.emit(currency)

    def forget(self) -> None:
        """Read everything again the next time: the book may have changed."""
        self.data.forget()

    def set_desk(self, desk: Desk) -> None:
        """Draw in the look of another desk."""
        self.slider.set_look(desk.look)
        self.stage.set_desk(desk)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the chart."""
        return (
            PageCommand("C&hart", self.view.setFocus, ("Ctrl+G",)),
            *(
                PageCommand(f"Chart: {kind.chip(self._group)}", partial(self.show_kind, kind), (f"Alt+{place}",))
                for place, kind in enumerate(self.chips, 1)
            ),
            PageCommand("&Move the day", self.slider.setFocus, ("Ctrl+Shift+G",)),
            PageCommand("Copy the chart as &picture", self.paper.copy, (COPY_KEY,)),
            PageCommand("&Save the chart…", self.paper.ask_and_save, (SAVE_KEY,)),
            PageCommand("P&rint the chart…", self.paper.ask_and_print, (PRINT_KEY,)),
        )

    def currency_menu(self) -> QMenu:
        """Give the menu of currencies."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for currency in self._currencies:
            action = menu.addAction(currency)
            action.setCheckable(True)
            action.setChecked(currency == self.currency)
            action.triggered.connect(partial(self._take_currency, currency))
        return menu

    @property
    def _group(self) -> str:
        request = self.data.request
        return "account" if request is None else lowered(label_of(request.by[0]))

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(3)
        first.addWidget(self.kinds, 1)
        first.addWidget(self.currencies)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.slider, 1)
        last.addWidget(self.day)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 6)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.told)
        column.addWidget(self.view, 1)
        column.addLayout(last)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self.show_kind)
        self.view.copy_asked.connect(self.paper.copy)
        self.stage.asked.connect(self.asked)
        self.stage.told.connect(self.told.setText)
        self.stage.came.connect(self._show)
        self.paper.said.connect(self.told.setText)
        self.paper.explanation_asked.connect(self.explanation_asked)
        self.slider.reached_for.connect(lambda: self.data.reach(self.slider.last))
        self.slider.left.connect(self.data.ahead.rest)
        self.slider.slid.connect(self._slide)
        self.slider.let_go.connect(self._let_go)

    def _take_currency(self, currency: str, *_: object) -> None:
        self.show_currency(currency)

    def _offer_currencies(self) -> None:
        self.currency_menu().popup(self.currencies.mapToGlobal(QPoint(0, self.currencies.height() + 2)))

    def _slide(self, day: date) -> None:
        self._day = day
        self.view.unmark()
        self.day.setText(written.day(day))
        self.data.reach(self.slider.last)
        self.data.ahead.want(day)
        self._show()

    def _let_go(self, day: date) -> None:
        self.data.ahead.rest()
        request = self.data.request
        if request is not None and day != request.as_of:
            self.day_asked.emit(day)
        else:
            self.slid.emit(None)

    def _show(self) -> None:
        request = self.data.request
        if request is None or not self.currency:
            return
        self.currencies.setText(f"{self.currency}  ▾")
        self.currencies.setAccessibleName(f"Currency of the chart: {self.currency}")
        slot = self.data.ahead.at(self._day)
        if self._day != request.as_of and slot is not None:
            self.slid.emit(slot)
        day = self._day if self.kind.slides else request.as_of
        apart = _APART if request.apart_disputed and self.kind in _IN_BUCKETS else ""
        title = f"{self.kind.title(self._group)}{apart}, {self.currency}"
        self.stage.show(Wanted(self.kind, day, self.currency, title))
