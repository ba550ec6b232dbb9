"""The rows of an aging for a table: written when they are looked at, sorted in hand; it draws nothing."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from duedesk.desk import format as written
from duedesk.desk.pages.aging.words import by_how_much
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.labels import tooltip
from duedesk.desk.widgets.row_table import RowModel
from duedesk.domain.aging import AgingRequest, AgingRow, RowKey
from duedesk.domain.catalog import Kind
from duedesk.domain.grouping import label_of
from duedesk.domain.money import ZERO

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

NAME = 0
"""The section of the name; the buckets follow it, then what is unapplied, the balance and the currency."""

HEAT_STEPS = 8
_FIGURE, _NAME, _CURRENCY = 84, 120, 40


def columns_of(request: AgingRequest, *, with_currency: bool) -> tuple[Column, ...]:
    """Give the columns of an aging; the last one, the currency, is there to be copied."""
    label = " / ".join(map(label_of, request.by))
    name = Column("name", label, Kind.STRING, Shown.TEXT, _NAME, stretches=True)
    figures = [
        Column(f"bucket_{at}", text, Kind.CURRENCY, Shown.FIGURE, _FIGURE)
        for at, text in enumerate(request.buckets.labels)
    ]
    unapplied = Column("unapplied", "Unapplied", Kind.CURRENCY, Shown.FIGURE, _FIGURE)
    balance = Column("balance", "Balance", Kind.CURRENCY, Shown.BALANCE if with_currency else Shown.FIGURE, _FIGURE)
    return (name, *figures, unapplied, balance, Column("currency", "Currency", Kind.STRING, Shown.TEXT, _CURRENCY))


class AgingModel(RowModel):
    """Up to some ten thousand rows; only those that are looked at are written."""

    def __init__(self) -> None:
        super().__init__()
        self._given: tuple[AgingRow, ...] = ()
        self._sorted: tuple[AgingRow, ...] = ()
        self._largest: dict[str, tuple[Decimal, ...]] = {}
        self._written: dict[int, ShownRow] = {}
        self._order = (NAME, Qt.SortOrder.AscendingOrder)

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
        if self._order[0] >= len(columns) - 1:
            self._order = (NAME, Qt.SortOrder.AscendingOrder)
        self._arrange()
        self.endResetModel()

    def aging_row(self, place: int) -> AgingRow | None:
        """Give the row of the aging at a place."""
        return self._sorted[place] if 0 <= place < len(self._sorted) else None

    def place_of(self, key: RowKey, currency: str) -> int | None:
        """Give the place of a row."""
        return next((at for at, row in enumerate(self._sorted) if row.key == key and row.currency == currency), None)

    def bucket_of(self, section: int) -> int | None:
        """Give the bucket that a section shows; None where it shows none."""
        bucket = section - 1
        return bucket if 0 <= bucket < len(self.columns) - 4 else None

    def has_invoices(self, place: int, section: int) -> bool:
        """Tell whether there are open invoices behind a cell."""
        row = self.aging_row(place)
        if row is None or self.columns[section].path == "unapplied":
            return False
        bucket = self.bucket_of(section)
        return any(row.buckets) if bucket is None else bool(row.buckets[bucket])

    def heat(self, place: int, section: int) -> int:
        """Give how hot a cell is, 0 to HEAT_STEPS: its amount against the largest of its bucket and currency."""
        bucket, row = self.bucket_of(section), self._sorted[place]
        largest = self._largest.get(row.currency)
        if not bucket or largest is None or row.buckets[bucket] <= ZERO:
            return 0
        return 1 + int(row.buckets[bucket] * (HEAT_STEPS - 1) / largest[bucket])

    def row(self, place: int) -> ShownRow | None:
        """Give the row at a place, written."""
        shown = self._written.get(place)
        if shown is None and 0 <= place < len(self._sorted):
            shown = self._written[place] = _shown(self._sorted[place], place)
        return shown

    def values_of(self, places: Sequence[int]) -> Callable[[], list[ShownRow]]:
        """Give a way to make rows for copying on any thread."""
        rows = self._sorted
        return lambda: [_shown(rows[place], place) for place in places]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of rows."""
        return 0 if parent.isValid() else len(self._sorted)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what a cell shows; a row that breaks the rule says by how much."""
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            row = self._sorted[index.row()]
            if row.difference:
                return tooltip(by_how_much(row))
            return tooltip(f"{row.name}  {row.number}".rstrip()) if index.column() == NAME else None
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a section; amounts of several currencies stay apart."""
        self.layoutAboutToBeChanged.emit()
        self._order = (column, order)
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        section, order = self._order
        descending = order is Qt.SortOrder.DescendingOrder
        self._written.clear()
        if section == NAME:
            self._sorted = self._given[::-1] if descending else self._given  # the book gives them by name
            return
        figure = section - 1
        by_amount = sorted(self._given, key=lambda row: _figures(row)[figure], reverse=descending)
        self._sorted = tuple(sorted(by_amount, key=lambda row: row.currency))


def _figures(row: AgingRow) -> tuple[Decimal, ...]:
    return (*row.buckets, row.unapplied, row.balance)


def _shown(row: AgingRow, place: int) -> ShownRow:
    figures = _figures(row)
    texts = (written.amount(amount, row.currency) if amount else written.NOTHING for amount in figures)
    bucket = 0 if row.balance else None
    return ShownRow(place, (row.name, *texts, row.currency), (row.name, *figures, row.currency), row.currency, bucket)


def is_shared(request: AgingRequest) -> bool:
    """Tell whether rows of several currencies stand below one another."""
    return request.currency is None and not request.is_by_currency
