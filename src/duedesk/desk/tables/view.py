"""The one record table: a list of any length, sorted and grouped by the book, its rows copied as a sheet.

It opens nothing itself. A selection is asked for by its ranges: Qt takes twenty seconds to name each row of a million.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent

from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.tables.column_menu import ColumnMenu
from duedesk.desk.tables.columns import Column, columns_of, groups_of
from duedesk.desk.tables.copy_rows import copy_rows
from duedesk.desk.tables.dragging import Paper, RowDrag
from duedesk.desk.tables.id_model import IdModel
from duedesk.desk.tables.jumping import Jump
from duedesk.desk.tables.ordering import Orders
from duedesk.desk.tables.reading import ALL, Part
from duedesk.desk.tables.row_view import RowView
from duedesk.desk.tables.summing import SelectionSums
from duedesk.domain.filters import Filter

MOST_WIDENED = 240
"""Pixels that a column grows to by itself."""

_MEASURED = 400
"""Rows that are measured where a column is to be as wide as what it holds."""


class RecordTable(RowView):
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
        self._desk = desk
        self._current_key: int | None = None
        offered = {column.path: column for column in (*columns_of(object_name), *(own or ()))}
        remembered = None if own is not None else desk.settings
        columns = ColumnMenu(tuple(offered.values()), begins_with, remembered, f"columns/{object_name}")
        super().__init__(desk.look, IdModel(desk.workspace, desk.tasks, columns.chosen))
        self.columns = columns
        self.columns.setParent(self)
        self.columns.groups = groups_of(object_name)
        self.head.set_columns(self.columns.chosen)
        self.setAccessibleName("Records")
        self.columns.attach(self.head)
        self.orders = Orders(self, self.columns, remembered, f"order/{object_name}")
        self.jump = Jump(self, desk)
        self.sums = SelectionSums(self, desk)
        self.drag: RowDrag | None = None
        self._listen()

    def _listen(self) -> None:
        self.columns.changed.connect(self._on_columns)
        self.columns.group_asked.connect(self.group)
        self.columns.fold_asked.connect(lambda is_open: self.fold_all(is_open=is_open))
        self.columns.fit_asked.connect(self.fit_columns)
        self.records.listed.connect(self._on_listed)
        self.records.dataChanged.connect(self._on_rows)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double_click)

    @property
    def current_key(self) -> int | None:
        """Give the record in hand."""
        return self._current_key

    @property
    def group_by(self) -> str:
        """Give the path that the list is grouped by; empty where it is not."""
        return self.columns.group_by

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with any list, for the menus of its page."""
        fold, unfold = partial(self.fold_all, is_open=False), partial(self.fold_all, is_open=True)
        return (
            PageCommand("&Copy the selected rows", self.copy, heard="Ctrl+C", follows_rule=True),
            PageCommand("Select &all rows", self.selectAll, heard="Ctrl+A"),
            PageCommand("Col&umns and order", self.open_column_menu, ("Ctrl+Shift+C",)),
            PageCommand("&Jump to what is typed", self.jump.begin, heard="/"),
            *((PageCommand("&Group…", self.open_group_menu, ("Ctrl+G",)),) if self.columns.groups else ()),
            PageCommand("&Fold all groups", fold, ("Ctrl+[",), barred=self._has_no_groups),
            PageCommand("Un&fold all groups", unfold, ("Ctrl+]",), barred=self._has_no_groups),
        )

    def _has_no_groups(self) -> str:
        return "" if self.records.groups is not None else "the list has no groups"

    def show_filter(
        self, asked: Filter, *, keep: int | None = None, part: Part = ALL, group_by: str | None = None
    ) -> None:
        """List what a filter finds, or a part of it, staying at the record of key `keep` if it is among it.

        It is grouped by the path `group_by`; as it was where that is None.
        """
        if group_by is not None:
            self.columns.group_by = group_by
        self.records.ask(asked, keep=keep, part=part, group_by=self.columns.group_by)

    def copy(self) -> None:
        """Copy the selected rows under the labels of their columns; no amount goes without its currency."""
        copy_rows(self, self._desk, self.columns.to_copy())

    def open_column_menu(self) -> None:
        """Open the menu of the column that is sorted by, as a click on its head does."""
        section = max(self.head.sortIndicatorSection(), 0)
        self.columns.open(QPoint(self.head.section_left(section) + 1, self.head.height()))

    def open_group_menu(self) -> None:
        """Open the menu of what the list can be grouped by."""
        self.columns.open_groups(QPoint(0, self.head.height()))

    def group(self, path: str) -> None:
        """Group the list by a path; by nothing where it is empty."""
        if self.records.asked is not None:
            self.show_filter(self.records.asked, keep=self._current_key, part=self.records.part, group_by=path)

    def fold(self, row: int, *, is_open: bool) -> None:
        """Fold the group to which a row belongs, or unfold it, and stand on its head."""
        groups = self.records.groups
        if groups is not None:
            group, _ = groups.at(row)
            self.setCurrentIndex(self.records.index(groups.head_row(group), 0))
            self.records.fold(group, is_open=is_open)

    def fold_all(self, *, is_open: bool) -> None:
        """Fold all groups, or unfold them, and stay in the group in hand."""
        groups = self.records.groups
        if groups is not None and groups.group_count:
            group, _ = groups.at(max(self.currentIndex().row(), 0))
            self.records.fold_all(is_open=is_open)
            self.setCurrentIndex(self.records.index(groups.head_row(group), 0))

    def fit_columns(self, sections: Sequence[int]) -> None:
        """Make columns as wide as their labels and the rows that have been read around the one in sight."""
        top = max(self.rowAt(0), 0)
        near = range(max(top - _MEASURED // 2, 0), min(top + _MEASURED, self.records.rowCount()))
        rows = [row for row in map(self.records.known_row, near) if row is not None and row.texts]
        for section in sections:
            column = self.records.columns[section]
            texts = {row.texts[section] for row in rows}
            needed = max((self._delegate.width_of(column, text) for text in texts), default=0)
            self.columns.set_width(section, max(needed, self.head.label_width(column)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, copy, fold, jump, and go to the ends of the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._current_key is not None:
                self.opened.emit(self._current_key)
            elif self.records.head(self.currentIndex().row()) is not None:
                self._turn_fold(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif self.jump.takes(event):
            self.jump.take(event)
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to_end(event)
        elif not self._folds(event):
            super().keyPressEvent(event)

    def drag_out(self, paper_of: Callable[[int], Paper]) -> None:
        """Let a record be dragged out as the PDF that this makes of its key, on any thread."""
        self.drag = RowDrag(self, self._desk, paper_of)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, or take hold of what is selected to drag it out."""
        if self.drag is not None:
            self.drag.press(event)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a record out, or mark the row under the mouse."""
        if self.drag is None or not self.drag.moves(event):
            super().mouseMoveEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Search nothing: Qt would read row after row of the book; a jump asks it instead."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold the group whose head was clicked."""
        row = self.rowAt(round(event.position().y()))
        super().mouseReleaseEvent(event)
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and row >= 0 and row == self.currentIndex().row() and self.records.head(row) is not None:
            self._turn_fold(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the column that stretches the room there is."""
        super().resizeEvent(event)
        self.columns.fit(self.viewport().width())

    def _folds(self, event: QKeyEvent) -> bool:
        """Fold by Left and unfold by Right, as in a tree; from a record, Left in its first column goes to its head."""
        at, groups = self.currentIndex(), self.records.groups
        is_across = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
        if groups is None or not is_across or event.modifiers() or not at.isValid():
            return False
        if self.records.head(at.row()) is not None:
            self.fold(at.row(), is_open=event.key() == Qt.Key.Key_Right)
            return True
        if event.key() == Qt.Key.Key_Left and self.head.visualIndex(at.column()) == 0:
            self.setCurrentIndex(self.records.index(groups.head_row(groups.at(at.row())[0]), at.column()))
            return True
        return False

    def _go_to_end(self, event: QKeyEvent) -> None:
        """Go to the first or last row, in the column in hand; with Shift all between is selected."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            held = event.modifiers() | Qt.KeyboardModifier.ControlModifier
            super().keyPressEvent(QKeyEvent(event.type(), event.key(), held))
        elif self.records.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self.records.rowCount() - 1
            there = self.records.index(row, max(self.currentIndex().column(), 0))
            self.setCurrentIndex(there)
            self.scrollTo(there)

    def _turn_fold(self, row: int) -> None:
        head = self.records.head(row)
        if head is not None:
            self.fold(row, is_open=head.is_folded)

    def _on_columns(self, columns: tuple[Column, ...]) -> None:
        key = self._current_key
        self.head.set_columns(columns)
        self.records.set_columns(columns)
        self.orders.show()
        if self.records.asked is not None:
            self.show_filter(self.records.asked, keep=key, part=self.records.part)

    def _on_listed(self, row: int | None) -> None:
        self.columns.group_by = self.records.group_by
        self.orders.show()
        self._widen(self.records.first_places)
        self.columns.fit(self.viewport().width())
        if self.records.rowCount():
            there = self.records.index(row or 0, 0)
            self.setCurrentIndex(there)
            if row is None:
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

    def _widen(self, rows: range) -> None:
        """Make columns of figures wide enough for the rows that came: half a figure is a wrong one."""
        known = [row for row in map(self.records.known_row, rows) if row is not None and row.texts]
        for section, column in enumerate(self.records.columns):
            if not column.may_be_cut:
                longest = max((row.texts[section] for row in known), key=len, default="")
                needed = self._delegate.width_of(column, longest)
                wanted = max(needed, self.head.label_width(column))
                self.columns.at_least(section, min(wanted, MOST_WIDENED))
