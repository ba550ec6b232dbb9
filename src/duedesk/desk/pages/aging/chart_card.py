"""The chart over the aging: month ends of one currency, asked for and drawn behind the window; it opens nothing."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from duedesk.charts.picture import ChartPicture, ChartRegion
from duedesk.desk.page import Desk
from duedesk.desk.pages.aging.questions import Bar, bars, drawn
from duedesk.desk.pages.aging.words import chart_in_words, piece_in_words
from duedesk.desk.widgets.buttons import chip
from duedesk.desk.widgets.chart_view import ChartView
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import DuedeskError
from duedesk.domain.grouping import CURRENCY

_TITLE = "Receivables by month end"


class ChartCard(QFrame):
    """A card with the chart, its title, and a choice of currency where there are several."""

    asked = Signal(object, object, object)
    """The invoices of a piece of a bar are asked for: its day, its currency, its bucket."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._desk = desk
        self._request: AgingRequest | None = None
        self._bars: tuple[Bar, ...] = ()
        self._read_for: tuple[AgingRequest, str] | None = None
        self._is_waiting = felt_wait(self, lambda: self.told.setText("Reading…"))
        self.currency = ""
        self.title = plain_label(_TITLE, Role.QUIET)
        self.told = elided_label()
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._choice = QHBoxLayout()
        self._choice.setSpacing(6)
        self.view = ChartView(desk.look, self._in_words)
        self.view.setAccessibleName(_TITLE)
        self.view.resized.connect(self._draw)
        self.view.pointed.connect(self._tell)
        self.view.chosen.connect(self._ask)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.title)
        first.addLayout(self._choice)
        first.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.view, 1)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Give what is shown."""
        return self._bars

    def show_request(self, request: AgingRequest, currencies: tuple[str, ...]) -> None:
        """Show the month ends before a request's day; of several currencies, the one shown before or the first."""
        self._request = request
        if self.currency not in currencies:
            self.currency = currencies[0]
        self._offer(currencies)
        self._read()

    def show_currency(self, currency: str) -> None:
        """Show another currency."""
        self.currency = currency
        if currency in self.chips:
            self.chips[currency].setChecked(True)
        self._read()

    def forget(self) -> None:
        """Read the month ends again the next time: the book may have changed."""
        self._read_for = None

    def set_desk(self, desk: Desk) -> None:
        """Draw in the look of another desk."""
        self._desk = desk
        self.view.set_look(desk.look)
        self._draw()

    def _offer(self, currencies: tuple[str, ...]) -> None:
        if tuple(self.chips) != currencies:
            for old in self.chips.values():
                self._group.removeButton(old)
                self._choice.removeWidget(old)
                old.deleteLater()
            self.chips = {currency: chip(currency) for currency in currencies}
            for currency, pressed in self.chips.items():
                self._group.addButton(pressed)
                self._choice.addWidget(pressed)
                pressed.clicked.connect(partial(self._choose, currency))
        for currency, pressed in self.chips.items():
            pressed.setVisible(len(currencies) > 1)
            pressed.setChecked(currency == self.currency)
        self.title.setText(_TITLE if len(currencies) > 1 else f"{_TITLE}, {self.currency}")

    def _choose(self, currency: str, *_: object) -> None:
        self.show_currency(currency)

    def _read(self) -> None:
        workspace, request, currency = self._desk.workspace, self._request, self.currency
        if request is None:
            return
        # Whose rows the table shows makes no other month ends: twelve agings need not be read again for that.
        wanted = replace(request, by=(CURRENCY,), currency=None), currency
        if wanted != self._read_for:
            self._read_for = wanted
            self._is_waiting.start()
            self._desk.tasks.read(
                self, lambda: bars(workspace, request, currency), self._take_bars, failed=self._fail, slot="bars"
            )

    def _fail(self, error: DuedeskError) -> None:
        self._is_waiting.stop()
        self.forget()
        self.told.setText(error.message)

    def _take_bars(self, shown: tuple[Bar, ...]) -> None:
        self._is_waiting.stop()
        self._bars = shown
        self._draw()

    def _draw(self) -> None:
        request, shown, currency, look = self._request, self._bars, self.currency, self._desk.look
        if request is None or not shown or len(shown[0].amounts) != len(request.buckets):
            return
        size, ratio = self.view.size(), self.view.devicePixelRatioF()

        def draw() -> ChartPicture:
            return drawn(shown, request.buckets, currency, look, width=size.width(), height=size.height(), ratio=ratio)

        self._desk.tasks.read(self, draw, self._take_picture, slot="picture")

    def _take_picture(self, picture: ChartPicture) -> None:
        self.view.set_picture(picture, chart_in_words(self._bars, self.currency))
        self._tell(None)

    def _in_words(self, region: ChartRegion) -> str:
        if self._request is None:
            return ""
        return piece_in_words(self._request, self._bars[region.column_index], region, self.currency)

    def _tell(self, region: ChartRegion | None) -> None:
        if region is not None:
            self.told.setText(self._in_words(region))
        else:
            is_bare = self.view.picture is not None and not self.view.picture.regions
            self.told.setText("Nothing was open at these month ends." if is_bare else "")

    def _ask(self, region: ChartRegion) -> None:
        self.asked.emit(self._bars[region.column_index].day, self.currency, region.bucket_index)
