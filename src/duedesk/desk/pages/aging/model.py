"""The rows of an aging for a table, two levels deep: written when they are looked at, sorted in hand; it draws nothing.

While the slider moves, the rows keep their places and show another day.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from duedesk.desk import format as written
from duedesk.desk.pages.aging.slots import DaySlot
from duedesk.desk.pages.aging.words import by_how_much
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.labels import tooltip
from duedesk.desk.widgets.row_table import RowModel
from duedesk.domain.aging import AgingRequest, AgingRow, RowKey
from duedesk.domain.catalog import Kind
from duedesk.domain.explaining.figures import AgingFigure
from duedesk.domain.grouping import label_of
from duedesk.domain.money import ZERO

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

NAME = 0
"""The section of the name; the buckets follow it, then what is unapplied, the balance and the currency."""
UNAPPLIED, DISPUTED, BALANCE = "unapplied", "disputed", "balance"
_BUCKET = "bucket_"

HEAT_STEPS = 8
_FIGURE, _NAME, _CURRENCY = 84, 120, 40
CellFigure = AgingFigure
"""What a cell of the table is, for its explanation."""
_Group = tuple[RowKey, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is shown, and the row of the first level that it is part of, if any."""

    row: AgingRow
    within: AgingRow | None = None


def columns_of(request: AgingRequest, *, with_currency: bool) -> tuple[Column, ...]:
    """Give the columns of an aging; the last one, the currency, is there to be copied."""
    label = ", ".join(map(label_of, request.by))
    name = Column("name", label, Kind.STRING, Shown.TEXT, _NAME, stretches=True)
    figures = [
        Column(f"{_BUCKET}{at}", text, Kind.CURRENCY, Shown.FIGURE, _FIGURE) for at, text in enumerate(request.labels)
    ]
    if request.apart_disputed:
        figures.append(Column(DISPUTED, "Disputed", Kind.CURRENCY, Shown.FIGURE, _FIGURE))
    figures.append(Column(UNAPPLIED, "Unapplied", Kind.CURRENCY, Shown.FIGURE, _FIGURE))
    shown = Shown.BALANCE if with_currency else Shown.FIGURE
    balance = Column(BALANCE, "Balance", Kind.CURRENCY, shown, _FIGURE)
    return (name, *figures, balance, Column("currency", "Currency", Kind.STRING, Shown.TEXT, _CURRENCY))


class AgingModel(RowModel):
    """Up to some ten thousand rows; only those that are looked at are written."""

    def __init__(self) -> None:
        super().__init__()
        self._given: tuple[AgingRow, ...] = ()
        self._lines: list[Line] = []
        self._opened: set[_Group] = set()
        self._largest: dict[str, tuple[Decimal, ...]] = {}
        self._written: dict[int, ShownRow] = {}
        self._order = (NAME, Qt.SortOrder.AscendingOrder)
        self._slot: DaySlot | None = None

    @property
    def order(self) -> tuple[int, Qt.SortOrder]:
        """Give the section that is sorted by, and which way."""
        return self._order

    def show_aging(
        self, columns: Sequence[Column], rows: Sequence[AgingRow], largest: dict[str, tuple[Decimal, ...]]
    ) -> None:
        """Show other rows, in the order that was asked for last; `largest` says what the heat is measured by."""
        self.beginResetModel()
        self.columns, self._given, self._largest = tuple(columns), tuple(rows), largest
        self._slot = None
        if self._order[0] >= len(columns) - 1:
            self._order = (NAME, Qt.SortOrder.AscendingOrder)
        self._arrange()
        self.endResetModel()

    def show_proved(self, rows: Sequence[AgingRow]) -> None:
        """Show the same rows with their balances proved, in their places."""
        self.show_aging(self.columns, rows, self._largest)

    def show_day(self, slot: DaySlot | None) -> None:
        """Show what these rows were on another day; None shows them as they are. Rows of the second level close."""
        if slot is not None and self._slot is None and any(line.within for line in self._lines):
            self.beginResetModel()
            self._lines = [line for line in self._lines if line.within is None]
            self._slot = slot
            self._written.clear()
            self.endResetModel()
            return
        self._slot = slot
        self._written.clear()
        if slot is None:
            self.show_aging(self.columns, self._given, self._largest)
        elif self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self.columns) - 1))

    @property
    def shows_other_day(self) -> bool:
        """Tell whether the figures are those of a day that the slider passes."""
        return self._slot is not None

    def aging_row(self, place: int) -> AgingRow | None:
        """Give the row of the aging at a place."""
        line = self.line(place)
        return None if line is None else line.row

    def line(self, place: int) -> Line | None:
        """Give the row at a place, with the one it is part of."""
        if not 0 <= place < len(self._lines):
            return None
        line = self._lines[place]
        return line if self._slot is None else Line(_on(line.row, self._slot))

    def figure_at(
        self, place: int, section: int, request: AgingRequest, *, is_total: bool, is_converted: bool
    ) -> CellFigure | None:
        """Give the figure of a cell, the balance where the cell holds none."""
        line = self.line(place)
        if line is None or self._slot is not None or not 0 <= section < len(self.columns):
            return None
        keys = () if is_total else (line.row.key,) if line.within is None else (line.within.key, line.row.key)
        path = self.columns[section].path
        return AgingFigure(
            request,
            keys,
            line.row.currency,
            self.bucket_of(section),
            path == UNAPPLIED,
            path == DISPUTED,
            is_converted=is_converted,
        )

    def place_of(self, key: RowKey, currency: str, within: RowKey = None, *, is_part: bool = False) -> int | None:
        """Give the place of a row."""
        for at, line in enumerate(self._lines):
            of = line.row if line.within is None else line.within
            is_it = line.row.key == key and line.row.currency == currency and (not is_part or of.key == within)
            if is_it and (line.within is not None) is is_part:
                return at
        return None

    def find(self, text: str, after: int) -> int | None:
        """Give the next place after one whose name or number has a text in it, from the top again at the end."""
        wanted, count = text.casefold(), len(self._lines)
        places = ((after + 1 + step) % count for step in range(count))
        return next((at for at in places if _has(self._lines[at].row, wanted)), None)

    @property
    def has_levels(self) -> bool:
        """Tell whether there is a second level at all."""
        return any(row.parts for row in self._given[:1]) and self._slot is None

    def can_open(self, place: int) -> bool:
        """Tell whether a row has a second level."""
        line = self.line(place)
        return line is not None and bool(line.row.parts)

    def is_open(self, place: int) -> bool:
        """Tell whether the second level of a row is shown."""
        return self.can_open(place) and _group(self._lines[place].row) in self._opened

    def set_open(self, place: int, *, opened: bool) -> None:
        """Show the second level of a row, or hide it."""
        if not self.can_open(place) or self.is_open(place) is opened:
            return
        row = self._lines[place].row
        parts = [Line(part, row) for part in self._in_order(row.parts)]
        self._written.clear()
        if opened:
            self.beginInsertRows(_NOWHERE, place + 1, place + len(parts))
            self._opened.add(_group(row))
            self._lines[place + 1 : place + 1] = parts
            self.endInsertRows()
        else:
            self.beginRemoveRows(_NOWHERE, place + 1, place + len(parts))
            self._opened.discard(_group(row))
            del self._lines[place + 1 : place + 1 + len(parts)]
            self.endRemoveRows()

    def set_all_open(self, *, opened: bool) -> None:
        """Show the second level of every row, or of none."""
        if self._slot is None:
            self.layoutAboutToBeChanged.emit()
            self._opened = {_group(row) for row in self._given if row.parts} if opened else set()
            self._arrange()
            self.layoutChanged.emit()

    def parent_place(self, place: int) -> int | None:
        """Give the place of the row that a row is part of."""
        line = self.line(place)
        if line is None or line.within is None:
            return None
        return next(at for at in range(place, -1, -1) if self._lines[at].within is None)

    def bucket_of(self, section: int) -> int | None:
        """Give the bucket that a section shows; None where it shows none."""
        path = self.columns[section].path if 0 <= section < len(self.columns) else ""
        return int(path.removeprefix(_BUCKET)) if path.startswith(_BUCKET) else None

    @property
    def buckets(self) -> int:
        """Count the buckets."""
        return sum(column.path.startswith(_BUCKET) for column in self.columns)

    def has_invoices(self, place: int, section: int) -> bool:
        """Tell whether there are open invoices behind a cell."""
        row = self.aging_row(place)
        if row is None or self.columns[section].path in {UNAPPLIED, DISPUTED}:
            return False
        bucket = self.bucket_of(section)
        return bool(any(row.buckets) or row.disputed) if bucket is None else bool(row.buckets[bucket])

    def has_figure(self, place: int, section: int) -> bool:
        """Tell whether a cell holds what is not applied or contested: no list finds that, its explanation tells it."""
        row, path = self.aging_row(place), self.columns[section].path
        if row is None or self._slot is not None or path not in {UNAPPLIED, DISPUTED}:
            return False
        return bool(_figure(row, path))

    def heat(self, place: int, section: int) -> int:
        """Give how hot a cell is, 0 to HEAT_STEPS: its amount against the largest of its bucket and currency."""
        bucket, row = self.bucket_of(section), self.aging_row(place)
        largest = None if row is None else self._largest.get(row.currency)
        if not bucket or row is None or not largest or row.buckets[bucket] <= ZERO or not largest[bucket]:
            return 0
        return min(1 + int(row.buckets[bucket] * (HEAT_STEPS - 1) / largest[bucket]), HEAT_STEPS)

    def row(self, place: int) -> ShownRow | None:
        """Give the row at a place, written."""
        shown = self._written.get(place)
        if shown is None:
            row = self.aging_row(place)
            if row is not None:
                shown = self._written[place] = _shown(row, place, self.columns)
        return shown

    def values_of(self, places: Sequence[int]) -> Callable[[], list[ShownRow]]:
        """Give a way to make rows for copying on any thread."""
        rows = [(place, row) for place in places if (row := self.aging_row(place)) is not None]
        columns = self.columns
        return lambda: [_shown(row, place, columns) for place, row in rows]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of rows."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what a cell shows; a row that breaks the rule says by how much, one with parts whether they show."""
        row = self.aging_row(index.row()) if index.isValid() else None
        if row is not None and role == Qt.ItemDataRole.ToolTipRole:
            if row.difference:
                return tooltip(by_how_much(row))
            return tooltip(f"{row.name}  {row.number}".rstrip()) if index.column() == NAME else None
        said = super().data(index, role)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME and self.can_open(index.row()):
            return f"{said}, {'open' if self.is_open(index.row()) else 'closed'}"
        return said

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the label of a column; those who hear it are told whether the rows are sorted by it."""
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return super().headerData(section, orientation, role)
        label = super().headerData(section, orientation)
        if label is None or section != self._order[0]:
            return label
        return f"{label}, sorted {'down' if self._order[1] is Qt.SortOrder.DescendingOrder else 'up'}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a section; amounts of several currencies stay apart."""
        self.layoutAboutToBeChanged.emit()
        self._order = (column, order)
        self._arrange()
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def _arrange(self) -> None:
        self._written.clear()
        self._lines = []
        for row in self._in_order(self._given):
            self._lines.append(Line(row))
            if row.parts and _group(row) in self._opened:
                self._lines += [Line(part, row) for part in self._in_order(row.parts)]

    def _in_order(self, rows: Iterable[AgingRow]) -> list[AgingRow]:
        section, order = self._order
        descending = order is Qt.SortOrder.DescendingOrder
        if section == NAME:
            return list(rows)[::-1] if descending else list(rows)  # the book gives them by name
        path = self.columns[section].path
        by_amount = sorted(rows, key=lambda row: _figure(row, path), reverse=descending)
        return sorted(by_amount, key=lambda row: row.currency)


def _group(row: AgingRow) -> _Group:
    return (row.key, row.currency)


def _has(row: AgingRow, wanted: str) -> bool:
    return wanted in row.name.casefold() or row.number.casefold().startswith(wanted)


def _on(row: AgingRow, slot: DaySlot) -> AgingRow:
    """Give a row as it was on the day of a slot; all of it nothing where there was nothing."""
    then = slot.row(row.key, row.currency)
    nothing = replace(row, buckets=(ZERO,) * len(row.buckets), unapplied=ZERO, balance=ZERO, parts=(), disputed=ZERO)
    return nothing if then is None else replace(then, name=row.name, number=row.number)


def _figure(row: AgingRow, path: str) -> Decimal:
    if path.startswith(_BUCKET):
        return row.buckets[int(path.removeprefix(_BUCKET))]
    return {UNAPPLIED: row.unapplied, DISPUTED: row.disputed, BALANCE: row.balance}.get(path, ZERO)


def _shown(row: AgingRow, place: int, columns: Sequence[Column]) -> ShownRow:
    figures = [_figure(row, column.path) for column in columns[1:-1]]
    texts = (written.amount(amount, row.currency) if amount else written.NOTHING for amount in figures)
    bucket = 0 if row.balance else None
    return ShownRow(place, (row.name, *texts, row.currency), (row.name, *figures, row.currency), row.currency, bucket)


def is_shared(request: AgingRequest) -> bool:
    """Tell whether rows of several currencies stand below one another."""
    return request.currency is None and not request.is_by_currency
