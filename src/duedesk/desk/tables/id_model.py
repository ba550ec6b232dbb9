"""The model of the one record table: keys in order at once, rows in blocks when they are looked at; it draws nothing.

Everything is read through `Tasks`. Until a block has come its cells are empty; the blocks beside the one in sight are
read ahead, so that scrolling finds them there. An answer to an older question is dropped. Sorting asks the book again:
a proxy over Python values takes ten seconds where the book takes a fifth of one.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.tables.block_cache import BLOCK, BlockCache, Wanted
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.rows import ShownRow, paths_of, shown_row
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import Filter, Order
from duedesk.store.queries import listing

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
VALUE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the records found are listed: so many, after the first so many; all of them unless told."""

    limit: int | None = None
    offset: int = 0


ALL = Part()


@dataclass(frozen=True, slots=True)
class _Listed:
    asked: Filter
    part: Part
    keys: "array[int]"
    first: tuple[ShownRow, ...]
    block: int
    place: int | None


class IdModel(QAbstractTableModel):
    """The records that a Filter finds."""

    listed = Signal(object)
    """A list has come: the place of the record that was to be kept in sight, or None."""

    def __init__(
        self, workspace: Workspace, tasks: Tasks, columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._columns = tuple(columns)
        self._keys = array("q")
        self._cache: BlockCache[ShownRow] = BlockCache()
        self._wanted = Wanted()
        self._beside = Wanted(waiting=2)
        self._reading: int | None = None
        self._here: int | None = None
        self._list_number = 0
        self._fetch_soon = QTimer(self)
        self._fetch_soon.setSingleShot(True)
        self._fetch_soon.timeout.connect(self._fetch)
        self.asked: Filter | None = None
        self.part = ALL
        self.first_places = range(0)
        """The places of the rows that came with the list."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give the columns."""
        return self._columns

    @property
    def keys(self) -> "array[int]":
        """Give the keys of all rows, in order; not to be changed."""
        return self._keys

    def ask(self, asked: Filter, *, keep: int | None = None, part: Part = ALL) -> None:
        """List what a filter finds; the old list stands until the new one has come. `keep` is a key to stay at."""
        workspace, columns = self._workspace, self._columns
        self._tasks.read(self, lambda: _list(workspace, asked, part, columns, keep), self._take_list, slot="list")

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same records."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._forget_rows()
        self.endResetModel()

    def row(self, place: int) -> ShownRow | None:
        """Give the row at a place; where it has not been read, None, and it is on its way."""
        row = self._cache.row(place)
        block = self._cache.block_of(place)
        if row is None:
            self._ask(self._wanted, block)
        if block != self._here:
            self._here = block
            for beside in (block - 1, block + 1):
                self._ask(self._beside, beside)
        return row

    def known_row(self, place: int) -> ShownRow | None:
        """Give the row at a place if it has been read; nothing is set going."""
        return self._cache.row(place)

    def key(self, place: int) -> int | None:
        """Give the key at a place."""
        return self._keys[place] if 0 <= place < len(self._keys) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of records."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what a cell shows; nothing while its row is on its way."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, VALUE_ROLE}:
            return None
        row = self.row(index.row())
        if row is None or not row.texts:
            return None
        if role == VALUE_ROLE:
            return row.values[index.column()]
        text = row.texts[index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else f"{column.label}: {text}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a column's label."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column.sorts_down_first else Qt.SortOrder.AscendingOrder
        return column.label if role == Qt.ItemDataRole.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the book for another order."""
        if self.asked is not None and 0 <= column < len(self._columns) and self._columns[column].sorts:
            by = Order(self._columns[column].path, order is Qt.SortOrder.DescendingOrder)
            self.ask(self.asked.sorted_by(by), part=self.part)

    def _ask(self, wanted: Wanted, block: int) -> None:
        is_there = 0 <= block <= self._cache.block_of(len(self._keys) - 1)
        if is_there and block not in self._cache and block != self._reading:
            wanted.ask(block)
            self._fetch_soon.start(0)

    def _take_list(self, listed: _Listed) -> None:
        self.beginResetModel()
        self.asked = listed.asked
        self.part = listed.part
        self._keys = listed.keys
        self._forget_rows()
        self.first_places = self._cache.places(listed.block, len(listed.keys))
        if listed.first:
            self._cache.put(listed.block, listed.first)
        self.endResetModel()
        self.listed.emit(listed.place)

    def _forget_rows(self) -> None:
        self._list_number += 1
        self._cache.clear()
        self._wanted.clear()
        self._beside.clear()
        self._reading = None
        self._here = None

    def _fetch(self) -> None:
        if self._reading is not None or self.asked is None:
            return
        block = self._wanted.take()
        if block is None:
            block = self._beside.take()
        if block is None:
            return
        if block in self._cache:
            self._fetch_soon.start(0)
            return
        self._reading = block
        number, workspace, asked, columns = self._list_number, self._workspace, self.asked, self._columns
        places = self._cache.places(block, len(self._keys))
        keys = self._keys[places.start : places.stop]
        self._tasks.read(
            self,
            lambda: read_rows(workspace, asked, columns, keys),
            lambda rows: self._take_rows(number, block, rows),
            failed=lambda error: self._give_up(number, error),
        )

    def _take_rows(self, number: int, block: int, rows: tuple[ShownRow, ...]) -> None:
        if number != self._list_number:
            return  # rows of a list that is no longer shown
        self._reading = None
        self._cache.put(block, rows)
        places = self._cache.places(block, len(self._keys))
        self.dataChanged.emit(self.index(places.start, 0), self.index(places.stop - 1, len(self._columns) - 1))
        self._fetch()

    def _give_up(self, number: int, error: DuedeskError) -> None:
        if number == self._list_number:
            self._forget_rows()
        self._tasks.broke.emit(error)


def _list(workspace: Workspace, asked: Filter, part: Part, columns: Sequence[Column], keep: int | None) -> _Listed:
    """Read the keys and, from the same state of the book, the rows that will be in sight first."""
    with workspace.book.reading() as connection:
        keys = listing.keys(connection, asked)
        if part != ALL:
            keys = keys[part.offset : None if part.limit is None else part.offset + part.limit]
        place = None
        if keep is not None:
            try:
                place = keys.index(keep)
            except ValueError:
                place = None
        block = (place or 0) // BLOCK
        first = keys[block * BLOCK : (block + 1) * BLOCK]
        rows = listing.rows(connection, asked, paths_of(columns, asked.object), first)
    return _Listed(
        asked, part, keys, _in_order(first, [shown_row(row, columns, asked.object) for row in rows]), block, place
    )


def read_rows(
    workspace: Workspace, asked: Filter, columns: Sequence[Column], keys: Sequence[int]
) -> tuple[ShownRow, ...]:
    """Read the rows of keys as a filter sees them, one for each key; one that is gone stands empty."""
    rows = workspace.ask(listing.rows, replace(asked, where=None, search=""), paths_of(columns, asked.object), keys)
    return _in_order(keys, [shown_row(row, columns, asked.object) for row in rows])


def _in_order(keys: Sequence[int], rows: Sequence[ShownRow]) -> tuple[ShownRow, ...]:
    """Give a row for every key; one whose record is gone since it was listed stands empty."""
    if len(rows) == len(keys):
        return tuple(rows)
    found = {row.key: row for row in rows}
    return tuple(found.get(key) or ShownRow(key, ()) for key in keys)
