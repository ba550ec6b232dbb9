"""What a list is sorted by, one field or several: asked by clicks on its head, marked there, and remembered.

A click sorts by a column, a second one turns it round. With Shift it becomes a further field behind those there are;
a third click with Shift takes it out again.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QApplication

from duedesk.desk.settings import Settings
from duedesk.desk.tables.column_menu import ColumnMenu
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Order
from duedesk.domain.objects import CATALOG

if TYPE_CHECKING:  # the table is made of these
    from duedesk.desk.tables.view import RecordTable

_DOWN = "down"


class Orders(QObject):
    """The orders of one table."""

    def __init__(self, table: "RecordTable", columns: ColumnMenu, settings: Settings | None, name: str) -> None:
        super().__init__(table)
        self._table = table
        self._settings = settings
        self._name = name
        table.head.show_orders(())
        table.head.sectionClicked.connect(self._on_click)
        columns.sort_asked.connect(self.sort)

    def remembered(self, object_name: str) -> tuple[Order, ...]:
        """Give what the list was last sorted by; empty where that is not known, or is no longer to be had."""
        kept = self._settings.words(self._name) if self._settings is not None else ()
        orders = []
        for word in kept:
            path, _, way = word.partition("=")
            try:
                _, field = CATALOG.follow(object_name, path)
            except RequestError:
                return ()
            if not field.sort:
                return ()
            orders.append(Order(path, way == _DOWN))
        return tuple(orders)

    def sort(self, section: int, down: bool, then: bool = False) -> None:  # noqa: FBT001, FBT002 - a signal's call
        """Sort by a column, or `then` by it: behind what the list is sorted by already."""
        column = self._table.records.columns[section]
        if not column.sorts:
            return
        own = Order(column.path, down)
        if then:
            now = self._now()
            known = [one.path for one in now]
            if own.path in known:
                self._ask(tuple(own if one.path == own.path else one for one in now))
            else:
                self._ask((*now, own))
        else:
            self._ask((own,))

    def show(self) -> None:
        """Mark in the head what the list is sorted by."""
        paths = [column.path for column in self._table.records.columns]
        marked = [(paths.index(one.path) if one.path in paths else -1, one.descending) for one in self._now()]
        with QSignalBlocker(self._table.head):
            self._table.head.show_orders(marked)
        self._table.records.orders_shown(marked)

    def _on_click(self, section: int) -> None:
        columns = self._table.records.columns
        if not 0 <= section < len(columns) or not columns[section].sorts:
            return
        column, now = columns[section], self._now()
        has_shift = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        own = next((one for one in now if one.path == column.path), None)
        if has_shift and own is not None and own.descending is not column.sorts_down_first and len(now) > 1:
            self._ask(tuple(one for one in now if one is not own))
        elif has_shift:
            self.sort(section, column.sorts_down_first if own is None else not own.descending, then=True)
        else:
            is_first = bool(now) and now[0] is own and own is not None
            down = not now[0].descending if is_first and len(now) == 1 else column.sorts_down_first
            self.sort(section, down)

    def _now(self) -> tuple[Order, ...]:
        asked = self._table.records.asked
        return asked.order_by if asked is not None else ()

    def _ask(self, orders: tuple[Order, ...]) -> None:
        self._table.records.sort_by(orders)
        if self._settings is not None:
            self._settings.keep_words(
                self._name, tuple(f"{one.path}={_DOWN if one.descending else 'up'}" for one in orders)
            )
