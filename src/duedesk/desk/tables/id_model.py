"""The model of the one record table: keys in order at once, rows in blocks when they are looked at; it draws nothing.

A place is where a record stands among the keys, a row where it stands in the table; they differ where the list is
grouped, and its heads are rows beside.

Everything is read through `Tasks`. Until a block has come its cells are empty; the blocks beside the one in sight are
read ahead, so that scrolling finds them there. An answer to an older question is dropped. Sorting asks the book again:
a proxy over Python values takes ten seconds where the book takes a fifth of one.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.tables.block_cache import BlockCache, Wanted
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.grouped import GroupRows, Spans, merged
from duedesk.desk.tables.reading import ALL, Listed, Part, read_list, read_rows
from duedesk.desk.tables.rows import GroupHead, ShownRow
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import Filter, Order

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
VALUE_ROLE = Qt.ItemDataRole.UserRole

LATER_MS = 25
"""After this long what lies beside the rows in sight is read: they are painted first, and not held up by it."""


class IdModel(QAbstractTableModel):
    """The records that a Filter finds."""

    listed = Signal(object)
    """A list has come: the row of the record that was to be kept in sight, or None."""

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
        self._reading: tuple[int, ...] = ()
        self._here: int | None = None
        self._list_number = 0
        self._fetch_soon, self._fetch_later = QTimer(self), QTimer(self)
        for timer, fetch in ((self._fetch_soon, self._fetch), (self._fetch_later, self._fetch_beside)):
            timer.setSingleShot(True)
            timer.timeout.connect(fetch)
        self._groups: GroupRows | None = None
        self._orders: tuple[tuple[int, bool], ...] = ()
        self.asked: Filter | None = None
        self.part = ALL
        self.group_by = ""
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

    @property
    def groups(self) -> GroupRows | None:
        """Give where heads and records stand; None where the list is not grouped."""
        return self._groups

    def ask(self, asked: Filter, *, keep: int | None = None, part: Part = ALL, group_by: str = "") -> None:
        """List what a filter finds; the old list stands until the new one has come. `keep` is a key to stay at."""
        workspace, columns = self._workspace, self._columns
        self._tasks.read(
            self, lambda: read_list(workspace, asked, part, columns, keep, group_by), self._take_list, slot="list"
        )

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same records."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._forget_rows()
        self.endResetModel()

    def row(self, row: int) -> ShownRow | None:
        """Give the record in a row; where it has not been read, None, and it is on its way."""
        place = self.place(row)
        if place is None:
            return None
        shown = self._cache.row(place)
        block = self._cache.block_of(place)
        if shown is None:
            self._ask(self._wanted, block)
        if block != self._here:
            self._here = block
            for beside in (block - 1, block + 1):
                self._ask(self._beside, beside)
        return shown

    def known_row(self, row: int) -> ShownRow | None:
        """Give the record in a row if it has been read; nothing is set going."""
        place = self.place(row)
        return None if place is None else self._cache.row(place)

    def known(self, place: int) -> ShownRow | None:
        """Give the record at a place among the keys if it has been read."""
        return self._cache.row(place)

    def place(self, row: int) -> int | None:
        """Give where the record in a row stands among the keys; None for a head, or where there is no such row."""
        if not 0 <= row < self.rowCount():
            return None
        return row if self._groups is None else self._groups.at(row)[1]

    def row_of(self, place: int) -> int:
        """Give the row of a place among the keys; that of its head where it is folded away."""
        return place if self._groups is None else self._groups.row_of(place)

    def head(self, row: int) -> GroupHead | None:
        """Give the head that stands in a row; None where a record does."""
        if self._groups is None or not 0 <= row < len(self._groups):
            return None
        group, place = self._groups.at(row)
        return self._groups.head(group) if place is None else None

    def places(self, rows: Iterable[tuple[int, int]]) -> Spans:
        """Give the places that stretches of rows stand for: a head stands for its whole group."""
        return merged(rows) if self._groups is None else self._groups.places(rows)

    def fold(self, group: int, *, is_open: bool) -> None:
        """Fold a group, or unfold it."""
        rows = self._groups
        if rows is None or rows.is_open(group) is is_open:
            return
        first = rows.head_row(group) + 1
        last = first + rows.count(group) - 1
        if is_open:
            self.beginInsertRows(_NOWHERE, first, last)
            rows.fold(group, is_open=True)
            self.endInsertRows()
        else:
            self.beginRemoveRows(_NOWHERE, first, last)
            rows.fold(group, is_open=False)
            self.endRemoveRows()

    def fold_all(self, *, is_open: bool) -> None:
        """Fold all groups, or unfold them."""
        if self._groups is not None:
            self.beginResetModel()
            self._groups.fold_all(is_open=is_open)
            self.endResetModel()

    def key(self, row: int) -> int | None:
        """Give the key of the record in a row."""
        place = self.place(row)
        return None if place is None else self._keys[place]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of rows."""
        if parent.isValid():
            return 0
        return len(self._keys) if self._groups is None else len(self._groups)

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
            return self._said_of_head(index, role)
        if role == VALUE_ROLE:
            return row.values[index.column()]
        text = row.texts[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if column.shown is Shown.DAYS and row.level:
            text = f"{text}, dunning level {row.level}"
        return f"{column.label}: {text} {row.currency if column.has_currency else ''}".rstrip()

    def _said_of_head(self, index: Index, role: int) -> str | None:
        head = self.head(index.row()) if role != VALUE_ROLE and index.column() == 0 else None
        if head is None:
            return None
        return head.label if role == Qt.ItemDataRole.DisplayRole else head.aloud

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a column's label."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column.sorts_down_first else Qt.SortOrder.AscendingOrder
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}{self._sorted_aloud(section)}"
        return column.label if role == Qt.ItemDataRole.DisplayRole else None

    def orders_shown(self, orders: Sequence[tuple[int, bool]]) -> None:
        """Say of the heads by which columns the list is sorted, for those who hear them."""
        self._orders = tuple(orders)

    def _sorted_aloud(self, section: int) -> str:
        for place, (one, down) in enumerate(self._orders):
            if one == section:
                which = f", key {place + 1} of {len(self._orders)}" if len(self._orders) > 1 else ""
                return f", sorted {'down' if down else 'up'}{which}"
        return ""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the book for another order."""
        if 0 <= column < len(self._columns) and self._columns[column].sorts:
            self.sort_by((Order(self._columns[column].path, order is Qt.SortOrder.DescendingOrder),))

    def sort_by(self, orders: Sequence[Order], keep: int | None = None) -> None:
        """Ask the book for another order, by one field or several."""
        if self.asked is not None:
            self.ask(self.asked.sorted_by(*orders), keep=keep, part=self.part, group_by=self.group_by)

    def _ask(self, wanted: Wanted, block: int) -> None:
        is_there = 0 <= block <= self._cache.block_of(len(self._keys) - 1)
        if is_there and block not in self._cache and block not in self._reading:
            wanted.ask(block)
            self._go_on()

    def _take_list(self, listed: Listed) -> None:
        self.beginResetModel()
        unfolded = self._groups.unfolded if self._groups is not None and listed.group_by == self.group_by else ()
        self._groups = None if listed.groups is None else GroupRows(listed.groups, unfolded)
        self.asked, self.part, self.group_by = listed.asked, listed.part, listed.group_by
        self._keys = listed.keys
        self._forget_rows()
        self.first_places = self._cache.places(listed.block, len(listed.keys))
        if listed.first:
            self._cache.put(listed.block, listed.first)
        self.endResetModel()
        self.listed.emit(None if listed.place is None else self.row_of(listed.place))

    def _forget_rows(self) -> None:
        self._list_number += 1
        self._cache.clear()
        self._wanted.clear()
        self._beside.clear()
        self._reading = ()
        self._here = None

    def _go_on(self) -> None:
        """Have what is in sight read at once, and what lies beside it once that has been painted."""
        if self._wanted:
            self._fetch_soon.start(0)
        elif self._beside and not self._fetch_later.isActive():
            self._fetch_later.start(LATER_MS)

    def _fetch(self) -> None:
        block = None if self._reading else self._wanted.take()
        if block is None:
            return
        if block in self._cache:
            self._go_on()
            return
        with_it = self._wanted.take_beside(block)
        self._read((block,) if with_it is None or with_it in self._cache else tuple(sorted((block, with_it))))

    def _fetch_beside(self) -> None:
        if self._reading or self._wanted:
            return
        block = self._beside.take()
        if block is not None and block not in self._cache:
            self._read((block,))
        else:
            self._go_on()

    def _read(self, blocks: tuple[int, ...]) -> None:
        if self.asked is None:
            return
        self._reading = blocks
        number, workspace, asked, columns = self._list_number, self._workspace, self.asked, self._columns
        count = len(self._keys)
        keys = self._keys[self._cache.places(blocks[0], count).start : self._cache.places(blocks[-1], count).stop]
        self._tasks.read(
            self,
            lambda: read_rows(workspace, asked, columns, keys),
            lambda rows: self._take_rows(number, blocks, rows),
            failed=lambda error: self._give_up(number, error),
        )

    def _take_rows(self, number: int, blocks: tuple[int, ...], rows: tuple[ShownRow, ...]) -> None:
        if number != self._list_number:
            return  # rows of a list that is no longer shown
        self._reading = ()
        places = [self._cache.places(block, len(self._keys)) for block in blocks]
        for block, within in zip(blocks, places, strict=True):
            self._cache.put(block, rows[within.start - places[0].start : within.stop - places[0].start])
        first, last = self.row_of(places[0].start), self.row_of(places[-1].stop - 1)
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
        self._go_on()

    def _give_up(self, number: int, error: DuedeskError) -> None:
        if number == self._list_number:
            self._forget_rows()
        self._tasks.broke.emit(error)
