"""The table of an aging with its totals pinned below; it says which cell is asked for and opens nothing itself."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from duedesk.desk.background import Tasks
from duedesk.desk.pages.aging.delegate import AgingDelegate
from duedesk.desk.pages.aging.model import NAME, AgingModel, columns_of, is_shared
from duedesk.desk.pages.aging.questions import Answer
from duedesk.desk.pages.aging.words import counted
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.desk.widgets.frames import rule
from duedesk.desk.widgets.row_table import RowTable
from duedesk.domain.aging import AgingRow, RowKey
from duedesk.resources import Look

_MOST_TOTALS = 4
"""Totals in sight at once; a book of more currencies has them scrolled."""

_NAME_FIRST, _AIRY = 300, 132
"""Pixels: names get this much before figures are spread, and a figure column is spread to no more than that."""


class AgingGrid(RowTable):
    """Rows of an aging; the cell under the mouse is marked where there is something behind it."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        self.aging = AgingModel()
        self.drawn = AgingDelegate(look, None)  # type: ignore[arg-type] # the table becomes its parent
        super().__init__(look, tasks, self.aging, self.drawn)

    def copied_with(self, sections: list[int]) -> list[int]:
        """Copy the currency with amounts: without it they could not be told apart."""
        currency = len(self.aging.columns) - 1
        return [*(section for section in sections if section != currency), currency]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the cell under the mouse, and show that it can be clicked."""
        super().mouseMoveEvent(event)
        there = self.indexAt(event.position().toPoint())
        self.drawn.hovered_section = there.column()
        can_open = there.isValid() and self.aging.has_invoices(there.row(), there.column())
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor)
        self.viewport().update()


class AgingTable(QFrame):
    """A card: the rows, and below them one total a currency."""

    asked = Signal(object, object, object)
    """The invoices behind a cell are asked for: its AgingRow, its bucket or None, and whether the row is a total."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._found: Answer | None = None
        self.grid = AgingGrid(look, tasks)
        self.grid.setAccessibleName("Aging")
        self.totals = AgingGrid(look, tasks)
        self.totals.setAccessibleName("Totals")
        self.totals.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.head.setVisible(False)
        self._rule = rule()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        column.setSpacing(0)
        column.addWidget(self.grid, 1)
        column.addWidget(self._rule)
        column.addWidget(self.totals)
        self.setFocusProxy(self.grid)
        self.grid.head.setSectionsClickable(True)
        self.grid.head.sectionClicked.connect(self._sort_by)
        self.grid.widths_changed.connect(self._align)
        self.grid.resized.connect(self._widen)
        self.grid.horizontalScrollBar().valueChanged.connect(self.totals.horizontalScrollBar().setValue)
        self.grid.cell_opened.connect(lambda cell: self._ask(self.grid, cell))
        self.totals.cell_opened.connect(lambda cell: self._ask(self.totals, cell))

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.grid.set_look(look)
        self.totals.set_look(look)

    def show_answer(self, found: Answer) -> None:
        """Show an aging, at the cell where the reader was if it is still there."""
        request = found.aging.request
        columns = columns_of(request, with_currency=is_shared(request))
        here = self.current
        self.grid.head.set_columns(columns)
        self.grid.aging.show_aging(columns, found.aging.rows, found.largest)
        self.totals.aging.show_aging(columns, _named_totals(found), {})
        self.totals.setFixedHeight(ROW_HEIGHT * min(self.totals.aging.rowCount(), _MOST_TOTALS))
        for part in (self._rule, self.totals):
            part.setVisible(self.totals.aging.rowCount() > 0)
        self._found = found
        self._widen()
        self._show_order()
        self.go_to(here)

    @property
    def current(self) -> tuple[RowKey, str, int] | None:
        """Give the row and section in hand: key, currency, section."""
        index = self.grid.currentIndex()
        row = self.grid.aging.aging_row(index.row()) if index.isValid() else None
        return None if row is None else (row.key, row.currency, index.column())

    def open_current(self) -> None:
        """Ask for the invoices behind the cell in hand."""
        self._ask(self.grid, self.grid.currentIndex())

    def go_to(self, cell: tuple[RowKey, str, int] | None) -> None:
        """Go to a cell that `current` gave; to the first where it is gone."""
        place = None if cell is None else self.grid.aging.place_of(cell[0], cell[1])
        section = NAME if cell is None or place is None else min(cell[2], len(self.grid.aging.columns) - 2)
        index = self.grid.aging.index(place or 0, section)
        if index.isValid():
            self.grid.setCurrentIndex(index)

    def sort_by(self, section: int, order: Qt.SortOrder) -> None:
        """Sort by a section."""
        here = self.current
        self.grid.aging.sort(section, order)
        self._show_order()
        self.go_to(here)

    def _sort_by(self, section: int) -> None:
        """Sort by a head that was clicked: figures from large to small first, the other way the second time."""
        at, order = self.grid.aging.order
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        first = up if section == NAME else down
        self.sort_by(section, (up if order is down else down) if at == section else first)
        self.grid.scrollToTop()

    def _show_order(self) -> None:
        with QSignalBlocker(self.grid.head):
            self.grid.head.setSortIndicator(*self.grid.aging.order)
        self.grid.head.viewport().update()

    def _widen(self) -> None:
        if self._found is not None:
            self.grid.widen([*self._widths(self._found), 0])

    def _widths(self, found: Answer) -> list[int]:
        """Give the widths at which the longest figures are whole."""
        columns = self.grid.aging.columns
        figures = (
            max(column.width, self.grid.head.label_width(column), self.grid.drawn.width_of(column, text))
            for column, text in zip(columns[1:-1], found.widest, strict=True)
        )
        widths = list(figures)
        spare = self.grid.viewport().width() - sum(widths) - _NAME_FIRST
        even = max(0, spare // max(len(widths), 1))
        return [columns[NAME].width, *(max(width, min(width + even, _AIRY)) for width in widths)]

    def _align(self) -> None:
        """Give the totals the columns of the rows above them."""
        last = len(self.grid.aging.columns) - 1
        for table in (self.grid, self.totals):
            for section in range(last + 1):  # a head keeps what was hidden when there were fewer buckets
                table.setColumnHidden(section, section == last)
        for section in range(last):
            self.totals.head.resizeSection(section, self.grid.head.sectionSize(section))

    def _ask(self, table: AgingGrid, cell: QModelIndex) -> None:
        row = table.aging.aging_row(cell.row())
        if row is not None and table.aging.has_invoices(cell.row(), cell.column()):
            self.asked.emit(row, table.aging.bucket_of(cell.column()), table is self.totals)


def _named_totals(found: Answer) -> tuple[AgingRow, ...]:
    """Give the totals, each saying of how many; none where the rows are totals themselves."""
    request, counts = found.aging.request, found.rows_by_currency
    if request.is_by_currency:
        return ()
    return tuple(
        replace(row, name=f"Total {row.currency}, {counted(counts[row.currency], request.by)}")
        for row in found.aging.totals
    )
