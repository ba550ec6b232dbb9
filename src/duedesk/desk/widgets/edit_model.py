"""Rows whose cells are typed in: a text is read by the kind of its column; what cannot be read changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from duedesk.desk import amount_entry, day_entry
from duedesk.desk import format as written
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.row_table import RowModel
from duedesk.domain.catalog import Kind
from duedesk.domain.days import EARLIEST_DAY
from duedesk.domain.filters import Value

Index = QModelIndex | QPersistentModelIndex

_NUMBERS = {Kind.CURRENCY, Kind.DOUBLE, Kind.PERCENT}


@dataclass(frozen=True, slots=True)
class Typed:
    """Which columns are typed in, by path, and what may be chosen in those that offer a list."""

    paths: frozenset[str]
    choices: Mapping[str, tuple[str, ...]]


NOTHING_TYPED = Typed(frozenset(), {})


class EditModel(RowModel):
    """Cells by row and column; what is worked out from them is set by whoever listens."""

    edited = Signal(object, object)
    """A cell was typed in: the place of its row and the path of its column."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = NOTHING_TYPED
        self.currency = ""
        self._cells: list[list[Value]] = []

    def show_cells(
        self, columns: Sequence[Column], cells: Sequence[Sequence[Value]], typed: Typed, currency: str
    ) -> None:
        """Show other rows."""
        self.typed, self.currency = typed, currency
        self._cells = [list(row) for row in cells]
        self.show_rows(columns, [self._written(columns, place) for place in range(len(self._cells))])

    def cell(self, place: int, path: str) -> Value:
        """Give what a cell holds."""
        return self._cells[place][self._section(path)]

    def set_cell(self, place: int, path: str, value: Value) -> None:
        """Give a cell another value without telling that it was typed."""
        section = self._section(path)
        if self._cells[place][section] != value:
            self._cells[place][section] = value
            self._write(place)

    def is_typed(self, index: Index) -> bool:
        """Tell whether a cell is typed in."""
        return index.isValid() and self.columns[index.column()].path in self.typed.paths

    def choices(self, section: int) -> tuple[str, ...]:
        """Give what may be chosen in a column; nothing where it is free text."""
        return self.typed.choices.get(self.columns[section].path, ())

    def text_to_edit(self, index: Index) -> str:
        """Give what an editor begins with."""
        row = self.row(index.row())
        return "" if row is None else row.texts[index.column()]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells are typed in."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_typed(index) else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell; what cannot be read changes nothing."""
        if role != Qt.ItemDataRole.EditRole or not self.is_typed(index):
            return False
        column, place = self.columns[index.column()], index.row()
        taken, held = read(str(value), column.kind, self._cells[place][index.column()])
        if not taken:
            return False
        if held != self._cells[place][index.column()]:
            self._cells[place][index.column()] = held
            self._write(place)
            self.edited.emit(place, column.path)
        return True

    def _section(self, path: str) -> int:
        return next(at for at, column in enumerate(self.columns) if column.path == path)

    def _write(self, place: int) -> None:
        self.change_row(place, self._written(self.columns, place))

    def _written(self, columns: Sequence[Column], place: int) -> ShownRow:
        cells = tuple(self._cells[place])
        texts = (written.value(value, column.kind, self.currency) for column, value in zip(columns, cells, strict=True))
        return ShownRow(place, tuple(texts), cells, self.currency, bucket=0)


def read(text: str, kind: Kind, before: Value) -> tuple[bool, Value]:
    """Read a text by the kind of its column: whether it could be read, and what it holds; empty holds nothing."""
    words = text.strip()
    if not words:
        return True, None if kind in _NUMBERS or kind is Kind.DATE else ""
    if kind in _NUMBERS:
        number = amount_entry.read(words)
        return number is not None, number
    if kind is Kind.DATE:
        day = day_entry.read(words, before if isinstance(before, date) else EARLIEST_DAY)
        return day is not None, day
    return True, words
