"""The table of an aging with its totals pinned below; it says which cell is asked for and opens nothing itself."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from duedesk.desk.background import Tasks
from duedesk.desk.pages.aging.bucket_menu import BucketHead
from duedesk.desk.pages.aging.grid import AgingGrid
from duedesk.desk.pages.aging.model import NAME, CellFigure, columns_of, is_shared
from duedesk.desk.pages.aging.questions import Answer
from duedesk.desk.pages.aging.slots import DaySlot
from duedesk.desk.pages.aging.words import counted
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.desk.widgets.frames import rule
from duedesk.desk.widgets.row_table import LEAST_STRETCHING
from duedesk.domain.aging import Aging, AgingRow, RowKey
from duedesk.resources import Look

_MOST_TOTALS = 4
"""Totals in sight at once; a book of more currencies has them scrolled."""

_NAME_FIRST, _AIRY = 300, 132
"""Pixels: names get this much before figures are spread, and a figure column is spread to no more than that."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by what it is: the key and currency of its row, its section, the row that this is part of, if it is."""

    key: RowKey
    currency: str
    section: int
    within: RowKey = None
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class _Bookmark:
    cell: Cell | None
    order: tuple[int, Qt.SortOrder]


class AgingTable(QFrame):
    """A card: the rows, and below them one total a currency."""

    asked = Signal(object, object, object)
    """The invoices behind a cell are asked for: its Line, its bucket or None, and whether the row is a total."""

    told = Signal(object)
    """What is not applied or contested is asked for, which is told and not listed: an CellFigure."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._found: Answer | None = None
        self._totals: tuple[AgingRow, ...] = ()
        self.grid = AgingGrid(look, tasks)
        self.grid.setAccessibleName("Aging")
        self.buckets = BucketHead(self.grid.head, self.grid.aging)
        self.grid.bucket_asked.connect(self.buckets.open_menu)
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
        self.grid.head.sectionClicked.connect(self.sort_by_head)
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
        self._found = found
        self.grid.head.set_columns(columns)
        self.buckets.set_buckets(request.buckets, request.basis)
        self.grid.aging.show_aging(columns, found.aging.rows, found.largest)
        self._show_totals(found)
        self._widen()
        self._show_order()
        self.go_to(here)

    def show_proved(self, found: Answer) -> None:
        """Show the balances of the documents in the place of sums; nothing moves, as a rule none differs."""
        here, top = self.current, self.grid.verticalScrollBar().value()
        self._found = found
        if not self.grid.aging.shows_other_day:
            self.grid.aging.show_proved(found.aging.rows)
            self._show_totals(found)
            self.go_to(here)
            self.grid.verticalScrollBar().setValue(top)

    def show_day(self, slot: DaySlot | None) -> None:
        """Show what was open on a day that the slider passes; None shows the day that is stood on."""
        if self._found is None:
            return
        self.grid.aging.show_day(slot)
        if slot is None:
            self._show_totals(self._found)
            return
        rows = tuple(
            replace(slot.totals[total.currency], name=self._total_name(self._found.aging, total.currency, count))
            if (count := slot.counts.get(total.currency, 0))
            else _nothing(total)
            for total in self._totals
        )
        self.totals.aging.show_aging(self.grid.aging.columns, rows, {})

    @property
    def current(self) -> Cell | None:
        """Give the cell in hand."""
        index = self.grid.currentIndex()
        line = self.grid.aging.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        within = None if line.within is None else line.within.key
        return Cell(line.row.key, line.row.currency, index.column(), within, line.within is not None)

    def figure_in_hand(self) -> CellFigure | None:
        """Give the figure of the cell in hand, among the totals where the cursor is there."""
        return self._figure(self.grid_in_hand, self.grid_in_hand.currentIndex())

    def _figure(self, grid: AgingGrid, at: QModelIndex) -> CellFigure | None:
        if self._found is None or not at.isValid():
            return None
        request, is_converted = self._found.aging.request, self._found.asked.currency is not None
        is_total = grid is self.totals
        return grid.aging.figure_at(at.row(), at.column(), request, is_total=is_total, is_converted=is_converted)

    @property
    def grid_in_hand(self) -> AgingGrid:
        """Give the totals where the cursor is there, else the rows."""
        return self.totals if self.totals.hasFocus() else self.grid

    def open_current(self) -> None:
        """Ask for the invoices behind the cell in hand."""
        self._ask(self.grid_in_hand, self.grid_in_hand.currentIndex())

    def copy(self) -> None:
        """Copy the selected cells, of the totals where the cursor is there."""
        self.grid_in_hand.copy()

    def set_all_open(self, *, opened: bool) -> None:
        """Show the second level of every row, or of none; who was in a part of a row that closes goes up to it."""
        here = self.current
        self.grid.aging.set_all_open(opened=opened)
        if here is not None and here.is_part and not opened:
            here = Cell(here.within, here.currency, NAME)
        self.go_to(here)

    def go_to(self, cell: Cell | None) -> None:
        """Go to a cell that `current` gave; to the first where it is gone."""
        place = None
        if cell is not None:
            place = self.grid.aging.place_of(cell.key, cell.currency, cell.within, is_part=cell.is_part)
        section = NAME if cell is None or place is None else min(cell.section, len(self.grid.aging.columns) - 2)
        index = self.grid.aging.index(place or 0, section)
        if index.isValid():
            self.grid.setCurrentIndex(index)

    def bookmark(self) -> object:
        """Give the order and the cell in hand."""
        return _Bookmark(self.current, self.grid.aging.order)

    def return_to(self, bookmark: object) -> None:
        """Stand where `bookmark` was taken."""
        if isinstance(bookmark, _Bookmark):
            self.sort_by(*bookmark.order)
            self.go_to(bookmark.cell)

    def sort_by(self, section: int, order: Qt.SortOrder) -> None:
        """Sort by a section."""
        here = self.current
        self.grid.aging.sort(section, order)
        self._show_order()
        self.go_to(here)

    def sort_by_current(self) -> None:
        """Sort by the column of the cell in hand, as a click on its head does, and stay in that cell."""
        if self.grid_in_hand.currentIndex().isValid():
            self.sort_by_head(self.grid_in_hand.currentIndex().column())
            self.grid.scrollTo(self.grid.currentIndex())

    def sort_by_head(self, section: int) -> None:
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

    def _show_totals(self, found: Answer) -> None:
        """Show the totals, each saying of how many; none where the rows are totals themselves."""
        aging, counts = found.aging, found.rows_by_currency
        self._totals = () if aging.request.is_by_currency else aging.totals
        named = tuple(
            replace(total, name=self._total_name(aging, total.currency, counts[total.currency]))
            for total in self._totals
        )
        self.totals.aging.show_aging(self.grid.aging.columns, named, {})
        self.totals.setFixedHeight(ROW_HEIGHT * min(len(named), _MOST_TOTALS))
        for part in (self._rule, self.totals):
            part.setVisible(bool(named))

    def _total_name(self, aging: Aging, currency: str, count: int) -> str:
        return f"Total {currency}, {counted(count, aging.request.by)}"

    def _widen(self) -> None:
        if self._found is not None:
            self.grid.widen([*self._widths(self._found), 0])

    def _widths(self, found: Answer) -> list[int]:
        """Give the widths at which the longest figures are whole; in smaller letters where they are too many."""
        room = self.grid.viewport().width()
        widths = self._needed(found, crowded=False)
        if sum(widths) + LEAST_STRETCHING > room:
            widths = self._needed(found, crowded=True)
        even = max(0, (room - sum(widths) - _NAME_FIRST) // max(len(widths), 1))
        name = self.grid.aging.columns[NAME].width
        return [name, *(max(width, min(width + even, _AIRY)) for width in widths)]

    def _needed(self, found: Answer, *, crowded: bool) -> list[int]:
        for table in (self.grid, self.totals):
            table.set_crowded(crowded=crowded)
        head, drawn = self.grid.head, self.grid.drawn
        return [
            max(0 if crowded else column.width, head.label_width(column), drawn.width_of(column, text))
            for column, text in zip(self.grid.aging.columns[1:-1], found.widest, strict=True)
        ]

    def _align(self) -> None:
        """Give the totals the columns of the rows above them."""
        last = len(self.grid.aging.columns) - 1
        for table in (self.grid, self.totals):
            for section in range(last + 1):  # a head keeps what was hidden when there were fewer buckets
                table.setColumnHidden(section, section == last)
        for section in range(last):
            self.totals.head.resizeSection(section, self.grid.head.sectionSize(section))

    def _ask(self, table: AgingGrid, cell: QModelIndex) -> None:
        line = table.aging.line(cell.row())
        if line is not None and table.aging.has_invoices(cell.row(), cell.column()):
            self.asked.emit(line, table.aging.bucket_of(cell.column()), table is self.totals)
        elif line is not None and table.aging.has_figure(cell.row(), cell.column()):
            self.told.emit(self._figure(table, cell))


def _nothing(total: AgingRow) -> AgingRow:
    zero = total.unapplied - total.unapplied
    return replace(total, buckets=(zero,) * len(total.buckets), unapplied=zero, balance=zero, disputed=zero, parts=())
