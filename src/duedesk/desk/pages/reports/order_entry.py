"""The order of a list: fields and which way each runs, by label, kept as the terminal takes it; it sorts nothing."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.pages.reports.choosing import Choosing, SaidEntry
from duedesk.desk.tables.columns import Column, columns_for, columns_of
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.searched_choice import SearchedChoice
from duedesk.domain.catalog import Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Order
from duedesk.domain.objects import CATALOG
from duedesk.domain.query_text import write_order
from duedesk.domain.reports.offered import Parameter
from duedesk.language.conditions import parse_order

_UNSORTED = ("As it comes", "")
_WAY_WIDTH = 136


class OrderEntry(SaidEntry):
    """A line a field; the last one offers a further field."""

    def __init__(self, parameter: Parameter, choosing: Choosing) -> None:
        super().__init__(parameter, choosing)
        offered = [one for one in columns_of(choosing.object_name) if one.sorts]
        self._offered = {one.path: one for one in offered}
        self.lines: list[_Line] = []
        self.more = button("+ Then by", lambda: self._add(None, begins=True), link=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        below = QHBoxLayout()
        below.addWidget(self.more)
        below.addStretch(1)
        self._column.addLayout(below)
        self.set_text("")

    @property
    def text(self) -> str:
        """Give the order as the terminal takes it."""
        orders = {order.path: order for line in reversed(self.lines) if (order := line.order) is not None}
        return write_order(tuple(reversed(orders.values())))

    def set_text(self, text: str) -> None:
        """Show an order."""
        try:
            orders = parse_order(text, CATALOG, self.choosing.object_name) if text else ()
        except RequestError:  # of another object, or no order any more
            orders = ()
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for order in orders:
            self._add(order)
        if not orders:
            self._add(None)

    def parts(self) -> tuple[QWidget, ...]:
        """Give the fields line by line, and what adds one."""
        return (*(part for line in self.lines for part in (line.field, line.way)), self.more)

    def _add(self, order: Order | None, *, begins: bool = False) -> None:
        offered = dict(self._offered)
        if order is not None and order.path not in offered:
            (offered[order.path],) = columns_for(self.choosing.object_name, [order.path])
        line = _Line(offered, order)
        line.changed.connect(self._on_changed)
        self._column.insertWidget(len(self.lines), line)
        self.lines.append(line)
        self.setFocusProxy(self.lines[0].field)
        self._show_more()
        self.parts_changed.emit()
        if begins:
            line.field.setFocus()

    def _on_changed(self) -> None:
        """Take away a further line that sorts by nothing."""
        for line in [one for one in self.lines[1:] if one.order is None and not one.field.hasFocus()]:
            self.lines.remove(line)
            line.hide()
            line.deleteLater()
        self._show_more()
        self.changed.emit()

    def _show_more(self) -> None:
        self.more.setVisible(all(line.order is not None for line in self.lines))


class _Line(QWidget):
    changed = Signal()

    def __init__(self, offered: dict[str, Column], order: Order | None) -> None:
        super().__init__()
        self._offered, self._held = offered, order
        named = [(one.label, path) for path, one in offered.items()]
        self.field = SearchedChoice([_UNSORTED, *named], "" if order is None else order.path)
        self.field.setAccessibleName("Sort by")
        self.way = Choice()
        self.way.setAccessibleName("Which way")
        self.way.setFixedWidth(_WAY_WIDTH)
        self._offer_ways(descending=order is not None and order.descending)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.field, 1)
        line.addWidget(self.way)
        self.field.currentIndexChanged.connect(self._on_field)
        self.way.currentIndexChanged.connect(lambda *_: self.changed.emit())

    @property
    def order(self) -> Order | None:
        path = str(self.field.currentData() or "")
        if not path:
            return None
        made = Order(path, descending=bool(self.way.currentData()))
        return self._held if self._held is not None and replace(self._held, nulls_first=False) == made else made

    def _on_field(self) -> None:
        column = self._offered.get(str(self.field.currentData() or ""))
        self._offer_ways(descending=column is not None and column.sorts_down_first)
        self.changed.emit()

    def _offer_ways(self, *, descending: bool) -> None:
        column = self._offered.get(str(self.field.currentData() or ""))
        self.way.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.way.clear()
        for place, words in enumerate(_ways(column)):
            self.way.addItem(words, bool(place))
        self.way.choose(descending)
        self.way.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.way.setVisible(column is not None)


def _ways(column: Column | None) -> tuple[str, str]:
    if column is not None and column.kind in {Kind.DATE, Kind.DATETIME}:
        return "earliest first", "latest first"
    return ("smallest first", "largest first") if column is not None and column.is_right else ("A to Z", "Z to A")
