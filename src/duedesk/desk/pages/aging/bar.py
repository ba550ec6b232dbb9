"""The bar above the aging: chips and fields that make an AgingRequest; what is typed wrong is told in words."""

import re
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from duedesk.desk.pages.aging.group_chips import GroupChips
from duedesk.desk.widgets.buttons import button, chip
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_tooltip
from duedesk.domain.aging import AgingRequest, Basis, Buckets
from duedesk.domain.errors import RequestError

ALL = "All"
_BETWEEN = 8
"""Pixels between the two parts of the bar."""

_BUCKETS, _WIDEST_BUCKETS = 116, 240
_AROUND_TEXT = 26
_BASES = {Basis.DUE: "Due date", Basis.INVOICE: "Invoice date"}


class AgingBar(QWidget):
    """Shows an AgingRequest and tells each other one."""

    asked = Signal(object)
    """Another AgingRequest."""
    conversion_asked = Signal(object)
    """All currencies are asked for in one, or each in its own: a code, or None."""
    export_asked = Signal()

    def __init__(self, request: AgingRequest) -> None:
        super().__init__()
        self._request = request
        self.converted_to: str | None = None
        self.by = GroupChips()
        self.basis = {basis: chip(text) for basis, text in _BASES.items()}
        self.disputed = chip("Disputed apart")
        set_tooltip(self.disputed, "What is contested stands in a column of its own instead of its bucket.")
        self.buckets = _field("Buckets", _BUCKETS)
        set_tooltip(self.buckets, "The last day of each bucket but the oldest, such as 30 60 90.")
        self._currencies: tuple[str, ...] = ()
        self.currency = button("", self._offer_currencies)
        self.excel = button("Excel", self.export_asked.emit)
        set_tooltip(self.excel, "Write this aging to a workbook (Ctrl+E)")
        self.wrong = plain_label("", Role.OVERDUE)
        self.wrong.setVisible(False)
        self.told = elided_label("", Role.QUIET)
        self.told.setVisible(False)
        self._bases = _exclusive(self, list(self.basis.values()))
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(_BETWEEN)
        self._first, self._second, self._third = self._first_part(), self._second_part(), self._third_part()
        self._behind = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._behind.setSpacing(_BETWEEN)
        self._behind.addLayout(self._second)
        self._behind.addLayout(self._third, 1)
        self._parts.addLayout(self._first)
        self._parts.addLayout(self._behind, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._parts)
        column.addWidget(self.told)
        column.addWidget(self.wrong)
        self.by.chosen.connect(lambda by: self._ask(replace(self._request, by=by)))
        self.disputed.clicked.connect(lambda on: self._ask(replace(self._request, apart_disputed=on)))
        for basis, pressed in self.basis.items():
            pressed.clicked.connect(lambda *_, basis=basis: self._ask(replace(self._request, basis=basis)))
        self.buckets.editingFinished.connect(self._take_typed)
        self.set_request(request)

    @property
    def request(self) -> AgingRequest:
        """Give what is asked for."""
        return self._request

    def set_request(self, request: AgingRequest) -> None:
        """Show a request without telling anyone."""
        self._request = request
        self.by.show_grouping(request.by)
        self.basis[request.basis].setChecked(True)
        self.disputed.setChecked(request.apart_disputed)
        self._show_buckets(request.buckets)
        self.say("")
        self.set_currencies(self._currencies)

    def take_buckets(self, buckets: Buckets) -> None:
        """Ask for other buckets, as if they had been typed."""
        self._ask(replace(self._request, buckets=buckets))

    def _show_buckets(self, buckets: Buckets) -> None:
        text = " · ".join(map(str, buckets.edges))
        self.buckets.setText(text)
        self.buckets.setCursorPosition(0)
        needed = self.buckets.fontMetrics().horizontalAdvance(text) + _AROUND_TEXT
        width = min(max(needed, _BUCKETS), _WIDEST_BUCKETS)
        if width != self.buckets.width():
            self.buckets.setFixedWidth(width)
            self._break(self.width())

    @property
    def currencies(self) -> tuple[str, ...]:
        """Give the currencies that are offered."""
        return self._currencies

    def set_currencies(self, currencies: tuple[str, ...]) -> None:
        """Offer the currencies in which something is open, and the one that is asked for."""
        chosen = self._request.currency
        self._currencies = tuple(sorted({*currencies, *([chosen] if chosen else [])}))
        shown = f"in {self.converted_to}" if self.converted_to else chosen or ALL
        self.currency.setText(f"{shown}  ▾")
        self.currency.setAccessibleName(f"Currency: {shown}")

    def choices(self) -> QMenu:
        """Give the menu of currencies: each in its own, one alone, or all of them in one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for currency in (None, *self._currencies):
            self._offer(menu, currency or ALL, currency, None)
        if len(self._currencies) > 1:
            menu.addSeparator()
            for currency in self._currencies:
                self._offer(menu, f"All, in {currency}", None, currency)
        return menu

    def _offer(self, menu: QMenu, text: str, currency: str | None, converted_to: str | None) -> None:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked((currency, converted_to) == (self._request.currency, self.converted_to))
        action.triggered.connect(partial(self._take_currency, currency, converted_to))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break into two lines where one is too short, and into three where two are."""
        super().resizeEvent(event)
        self._break(event.size().width())

    def say(self, wrong: str) -> None:
        """Say what is wrong; nothing where nothing is."""
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))

    def tell(self, text: str) -> None:
        """Say what is to be known of the figures; nothing where nothing is."""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _break(self, width: int) -> None:
        first, second, third = (part.minimumSize().width() for part in (self._first, self._second, self._third))
        behind = second + _BETWEEN + third
        fits = width >= first + 2 * _BETWEEN + behind
        directions = QBoxLayout.Direction
        self._parts.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
        self._parts.setSpacing(2 * _BETWEEN if fits else _BETWEEN)
        self._behind.setDirection(directions.LeftToRight if width >= behind else directions.TopToBottom)

    def _first_part(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.by)
        line.addStretch(1)
        return line

    def _second_part(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(plain_label("Age from", Role.QUIET))
        for pressed in self.basis.values():
            line.addWidget(pressed)
        line.addSpacing(8)
        _add_named(line, "Buckets", self.buckets)
        line.addStretch(1)
        return line

    def _third_part(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        _add_named(line, "Currency", self.currency)
        line.addSpacing(8)
        line.addWidget(self.disputed)
        line.addStretch(1)
        line.addWidget(self.excel)
        return line

    def _offer_currencies(self) -> None:
        self.choices().popup(self.currency.mapToGlobal(QPoint(0, self.currency.height() + 2)))

    def _take_currency(self, currency: str | None, converted_to: str | None, *_: object) -> None:
        if converted_to != self.converted_to:
            self.converted_to = converted_to
            self._request = replace(self._request, currency=currency)
            self.set_request(self._request)
            self.conversion_asked.emit(converted_to)
        else:
            self._ask(replace(self._request, currency=currency))

    def _take_typed(self) -> None:
        try:
            buckets = read_buckets(self.buckets.text())
        except RequestError as refused:
            self.say(str(refused))
            return
        asked = replace(self._request, buckets=buckets)
        if asked == self._request:
            self.set_request(asked)
        else:
            self._ask(asked)

    def _ask(self, asked: AgingRequest) -> None:
        self.set_request(asked)
        self.asked.emit(asked)


def read_buckets(text: str) -> Buckets:
    """Read `30 · 60 · 90`, however it is parted; RequestError where it is no growing list of days."""
    return Buckets.parse(",".join(part for part in re.split(r"[\s·,;/|–-]+", text.strip()) if part) or text.strip())


def _add_named(line: QHBoxLayout, name: str, widget: QWidget) -> None:
    label = plain_label(name, Role.QUIET)
    label.setBuddy(widget)
    line.addWidget(label)
    line.addWidget(widget)


def _field(name: str, width: int) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setFixedWidth(width)
    return field


def _exclusive(owner: QWidget, chips: list[QPushButton]) -> QButtonGroup:
    group = QButtonGroup(owner)
    group.setExclusive(True)
    for one in chips:
        group.addButton(one)
    return group
