"""The one record table: a list of any length, sorted by the book, its rows copied as a sheet; it opens nothing itself.

A selection is asked for by its ranges: Qt takes twenty seconds to name each row of a million.
"""

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from duedesk.desk.page import Desk
from duedesk.desk.tables.calm import settle_looks, to_clipboard
from duedesk.desk.tables.column_menu import ColumnMenu
from duedesk.desk.tables.columns import Column, columns_of
from duedesk.desk.tables.copying import Copied, copied
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.tables.header import RecordHeader
from duedesk.desk.tables.id_model import ALL, IdModel, Part, read_rows
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.resources import Look

MOST_COPIED = 100_000
"""Rows that are copied at a time; more is a matter for a workbook."""

MOST_WIDENED = 240
"""Pixels that a column grows to by itself."""


class RecordTable(QTableView):
    """A list of records of one object."""

    opened = Signal(object)
    """A record is to be opened: its key."""
    current_changed = Signal(object)
    """Another record is in hand: its key, or None."""
    listed = Signal()
    """A list has come."""

    def __init__(
        self, desk: Desk, object_name: str, begins_with: Sequence[str], own: Sequence[Column] | None = None
    ) -> None:
        """Make a table that begins with these paths; `own` columns are asked for this once, and are not remembered."""
        super().__init__()
        self._desk = desk
        self._current_key: int | None = None
        offered = {column.path: column for column in (*columns_of(object_name), *(own or ()))}
        remembered = None if own is not None else desk.settings
        self.columns = ColumnMenu(self, tuple(offered.values()), begins_with, remembered, f"columns/{object_name}")
        self.records = IdModel(desk.workspace, desk.tasks, self.columns.chosen, self)
        self.head = RecordHeader(desk.look, self)
        self.head.set_columns(self.columns.chosen)
        self._delegate = RecordDelegate(desk.look, self)
        self.setHorizontalHeader(self.head)
        self.setModel(self.records)
        self.setItemDelegate(self._delegate)
        settle_looks(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAccessibleName("Records")
        self.columns.attach(self.head)
        self.columns.changed.connect(self._on_columns)
        self.columns.sort_asked.connect(self.records.sort)
        self.head.sortIndicatorChanged.connect(self.records.sort)
        self.records.listed.connect(self._on_listed)
        self.records.dataChanged.connect(self._on_rows)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double_click)

    @property
    def current_key(self) -> int | None:
        """Give the record in hand."""
        return self._current_key

    def show_filter(self, asked: Filter, *, keep: int | None = None, part: Part = ALL) -> None:
        """List what a filter finds, or a part of it, staying at the record of key `keep` if it is among it."""
        self.records.ask(asked, keep=keep, part=part)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._delegate.set_look(look)
        self.head.set_look(look)
        self.viewport().update()

    def selected_rows(self, most: int) -> list[ShownRow | None]:
        """Give the first rows of the selection, at most so many; None for one that has not been read yet."""
        places = (place for top, bottom in self._spans() for place in range(top, bottom + 1))
        return [self.records.known_row(place) for place in islice(places, most)]

    def selected_keys(self, most: int) -> list[int]:
        """Give the keys of the selected rows in order; RequestError where there are more than `most`."""
        spans = self._spans()
        if sum(bottom - top + 1 for top, bottom in spans) > most:
            raise RequestError(f"More than {most:,} rows are selected.", "Narrow the list, or select fewer.")
        places = dict.fromkeys(place for top, bottom in spans for place in range(top, bottom + 1))
        return [self.records.keys[place] for place in places]

    def copy(self) -> None:
        """Copy the selected rows under the labels of their columns; no amount goes without its currency."""
        asked = self.records.asked
        if asked is None:
            return
        try:
            keys = self.selected_keys(MOST_COPIED)
        except RequestError as refused:
            self._desk.tasks.broke.emit(refused)
            return
        workspace, columns = self._desk.workspace, self.columns.to_copy()

        def read() -> Copied:
            return copied(read_rows(workspace, asked, columns, keys), columns)

        self._desk.tasks.read(self, read, to_clipboard, slot="copy")

    def open_column_menu(self) -> None:
        """Open the menu of the column that is sorted by, as a click on its head does."""
        section = max(self.head.sortIndicatorSection(), 0)
        self.columns.open(QPoint(self.head.sectionViewportPosition(section) + 1, self.head.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, copy, and go to the ends of the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._current_key is not None:
                self.opened.emit(self._current_key)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            to_end = QKeyEvent(event.type(), event.key(), event.modifiers() | Qt.KeyboardModifier.ControlModifier)
            super().keyPressEvent(to_end)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Search nothing: Qt would read row after row of the book; Ctrl+F asks it instead."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no row."""
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the column that stretches the room there is."""
        super().resizeEvent(event)
        self.columns.fit(self.viewport().width())

    def _spans(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        return sorted((selection.at(at).top(), selection.at(at).bottom()) for at in range(selection.size()))

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def _on_columns(self, columns: tuple[Column, ...]) -> None:
        key = self._current_key
        self.head.set_columns(columns)
        self.records.set_columns(columns)
        self._show_order()
        if self.records.asked is not None:
            self.show_filter(self.records.asked, keep=key, part=self.records.part)

    def _on_listed(self, place: int | None) -> None:
        self._show_order()
        self._widen(self.records.first_places)
        self.columns.fit(self.viewport().width())
        if self.records.rowCount():
            there = self.records.index(place or 0, 0)
            self.setCurrentIndex(there)
            if place is None:
                self.scrollToTop()
            else:
                self.scrollTo(there)
        else:
            self._on_current(QModelIndex())
        self.listed.emit()

    def _on_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        self._widen(range(first.row(), last.row() + 1))

    def _on_current(self, current: QModelIndex) -> None:
        key = self.records.key(current.row()) if current.isValid() else None
        if key != self._current_key:
            self._current_key = key
            self.current_changed.emit(key)

    def _on_double_click(self, index: QModelIndex) -> None:
        key = self.records.key(index.row())
        if key is not None:
            self.opened.emit(key)

    def _widen(self, places: range) -> None:
        """Make columns of figures wide enough for the rows that came: half a figure is a wrong one."""
        rows = [row for row in map(self.records.known_row, places) if row is not None and row.texts]
        for section, column in enumerate(self.records.columns):
            if not column.may_be_cut:
                longest = max((row.texts[section] for row in rows), key=len, default="")
                needed = self._delegate.width_of(column, longest)
                wanted = max(needed, self.head.label_width(column))
                self.columns.at_least(section, min(wanted, MOST_WIDENED))

    def _show_order(self) -> None:
        by = self.records.asked.order_by[0] if self.records.asked and self.records.asked.order_by else None
        paths = [column.path for column in self.records.columns]
        order = Qt.SortOrder.DescendingOrder if by is not None and by.descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(self.head):
            self.head.setSortIndicator(paths.index(by.path) if by is not None and by.path in paths else -1, order)
        self.head.viewport().update()
