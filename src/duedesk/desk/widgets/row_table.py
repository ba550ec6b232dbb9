"""A table of rows that are all there, under the head of the record table; cells are copied, nothing is read here."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QTableView

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.tables.calm import settle_looks, to_clipboard
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.copying import Copied, copied
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.tables.header import RecordHeader
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.labels import tooltip
from duedesk.resources import Look

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MEASURED = 2_000
"""Rows whose widths are measured."""
_LEAST_WIDTH = 24

LEAST_OF_WORDS, LEAST_STRETCHING = 80, 96
"""Pixels that a column of words keeps where others need the room, and the one that matters most."""


class RowModel(QAbstractTableModel):
    """Rows as they are written, in the order they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self._rows: tuple[ShownRow, ...] = ()

    def show_rows(self, columns: Sequence[Column], rows: Sequence[ShownRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.columns, self._rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def row(self, place: int) -> ShownRow | None:
        """Give the row at a place."""
        return self._rows[place] if 0 <= place < self.rowCount() else None

    def change_row(self, place: int, row: ShownRow) -> None:
        """Show another row at a place."""
        self._rows = (*self._rows[:place], row, *self._rows[place + 1 :])
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def values_of(self, places: Sequence[int]) -> Callable[[], list[ShownRow]]:
        """Give a way to make rows for copying that may be gone on any thread."""
        rows = self._rows
        return lambda: [rows[place] for place in places]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what a cell shows."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        text = row.texts[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole and self.columns[index.column()].may_be_cut:
            return tooltip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].label}: {text}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the label of a column."""
        is_label = orientation is Qt.Orientation.Horizontal and section < len(self.columns)
        return self.columns[section].label if is_label and role == Qt.ItemDataRole.DisplayRole else None


class RowTable(QTableView):
    """Shows a RowModel. Enter and a plain click open a cell; one cell is copied bare, several under their labels."""

    cell_opened = Signal(object)
    """A cell was clicked, or Enter pressed on it: its QModelIndex."""
    widths_changed = Signal()
    """Columns were given other widths."""
    resized = Signal()
    """There is more room, or less."""

    def __init__(self, look: Look, tasks: Tasks, model: RowModel, delegate: RecordDelegate | None = None) -> None:
        super().__init__()
        self._tasks = tasks
        self.records = model
        model.setParent(self)
        self.delegate = delegate or RecordDelegate(look, self)
        self.delegate.setParent(self)
        self.head = RecordHeader(look, self)
        self.head.setSectionsMovable(False)
        self.head.setSectionsClickable(False)
        self.head.setMinimumSectionSize(_LEAST_WIDTH)
        self.head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        settle_looks(self)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.delegate.set_look(look)
        self.head.set_look(look)
        self.viewport().update()

    def show_rows(self, columns: Sequence[Column], rows: Sequence[ShownRow]) -> None:
        """Show other rows, their columns as wide as they need."""
        self.head.set_columns(tuple(columns))
        self.records.show_rows(columns, rows)
        self.widen([self.width_of(section) for section in range(len(columns))])

    def width_of(self, section: int) -> int:
        """Give the width a column needs: its own where its text may be cut, else that of its widest text."""
        column = self.records.columns[section]
        needed = max(column.width, self.head.label_width(column))
        if not column.may_be_cut:
            rows = filter(None, map(self.records.row, range(min(self.records.rowCount(), _MEASURED))))
            needed = max(needed, *(self.delegate.width_of(column, row.texts[section]) for row in rows), 0)
        return needed

    def widen(self, widths: Sequence[int]) -> None:
        """Give the columns their widths; one that stretches takes what is left."""
        given = self._cut(widths) if self.cuts_words else widths
        left = self.viewport().width() - sum(given)
        for section, (column, width) in enumerate(zip(self.records.columns, given, strict=True)):
            self._set_width(section, width + max(left, 0) if column.stretches else width)
        self._widths = tuple(widths)
        self.widths_changed.emit()

    cuts_words = False
    """Where the room is too small, words are cut before a figure is out of sight."""

    _widths: tuple[int, ...] = ()

    def _cut(self, widths: Sequence[int]) -> list[int]:
        """Take from the columns of words what the others need, the widest first, the one that stretches last."""
        columns, given = self.records.columns, list(widths)
        for at in sorted(range(len(given)), key=lambda at: (columns[at].stretches, -given[at])):
            over = sum(given) - self.viewport().width()
            if over > 0 and columns[at].may_be_cut:
                least = LEAST_STRETCHING if columns[at].stretches else LEAST_OF_WORDS
                given[at] -= min(over, max(given[at] - least, 0))
        return given

    def _set_width(self, section: int, width: int) -> None:
        self.head.resizeSection(section, width)

    def copy(self) -> None:
        """Copy the selected cells."""
        places, sections = _touched(self.selectionModel().selection())
        if not places:
            return
        if len(places) * len(sections) > 1:
            sections = self.copied_with(sections)
        columns = [self.records.columns[section] for section in sections]
        values_of = self.records.values_of(places)

        def read() -> Copied:
            rows = [
                ShownRow(row.key, (), tuple(row.values[section] for section in sections), row.currency)
                for row in values_of()
            ]
            if len(rows) == len(columns) == 1:
                bare = written.raw(rows[0].values[0], columns[0].kind, rows[0].currency)
                return Copied(bare, "")
            return copied(rows, columns)

        self._tasks.read(self, read, to_clipboard, slot="copy")

    def enter(self, index: QModelIndex) -> None:
        """Open the cell on which Enter was pressed."""
        self.cell_opened.emit(index)

    def copied_with(self, sections: list[int]) -> list[int]:
        """Give the columns that are copied where these are selected."""
        return sections

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a cell, copy, and go to the ends of the rows."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.enter(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            to_end = QKeyEvent(event.type(), event.key(), event.modifiers() | Qt.KeyboardModifier.ControlModifier)
            super().keyPressEvent(to_end)
        elif event.text().isalnum() and not event.modifiers():
            event.ignore()  # letters are commands of the page; Qt would look for a row that begins with one
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a cell that was clicked and not dragged over or added to a selection."""
        released = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and released.isValid() and self.selectionModel().selection().count() == 1:
            only = self.selectionModel().selection().at(0)
            if only.width() == only.height() == 1 and only.contains(released):
                self.cell_opened.emit(released)

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
        if len(self._widths) == len(self.records.columns):
            self.widen(self._widths)
        self.resized.emit()

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered_row:
            self.delegate.hovered_row = row
            self.viewport().update()


def _touched(selection: QItemSelection) -> tuple[list[int], list[int]]:
    """Give the rows and columns that a selection touches, in order; asked by its ranges, which may be large."""
    ranges = [selection.at(at) for at in range(selection.count())]
    places = {place for one in ranges for place in range(one.top(), one.bottom() + 1)}
    sections = {section for one in ranges for section in range(one.left(), one.right() + 1)}
    return sorted(places), sorted(sections)
