"""The list of overdue invoices that are in no letter, each with its reason; rows are written as they are looked at."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QResizeEvent

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.pages.dunning.reading import LeftOutLine
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.catalog import Kind
from duedesk.resources import Look

_COLUMNS = (
    Column("number", "Invoice", Kind.STRING, Shown.NUMBER, 128),
    Column("account", "Account", Kind.STRING, Shown.TEXT, 170),
    Column("due", "Due", Kind.DATE, Shown.TEXT, 106),
    Column("days", "Overdue", Kind.INT, Shown.DAYS, 90),
    Column("balance", "Balance", Kind.CURRENCY, Shown.BALANCE, 144),
    Column("why", "Why it is not dunned", Kind.STRING, Shown.TEXT, 220, stretches=True),
)
_DUE = 2
"""The column of the due date, which is left out where there is little room: the days are told beside."""

_WIDE = 900
_NOWHERE = QModelIndex()


class LeftOutModel(RowModel):
    """A hundred thousand rows cost nothing until they are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[LeftOutLine, ...] = ()
        self._as_of = 0

    def show_lines(self, lines: tuple[LeftOutLine, ...], as_of: int) -> None:
        """Show other lines, as of a day counted from the first."""
        self.beginResetModel()
        self.columns, self.lines, self._as_of = _COLUMNS, lines, as_of
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Give the number of rows."""
        return 0 if parent.isValid() else len(self.lines)

    def row(self, place: int) -> ShownRow | None:
        """Write the row at a place."""
        return self._written(place) if 0 <= place < len(self.lines) else None

    def values_of(self, places: Sequence[int]) -> Callable[[], list[ShownRow]]:
        """Give a way to make rows for copying that may be gone on any thread."""
        return lambda: [self._written(place) for place in places]

    def _written(self, place: int) -> ShownRow:
        line = self.lines[place]
        one = line.one
        overdue = self._as_of - one.due_date.toordinal()
        balance = written.amount(one.balance, one.currency)
        texts = (one.number, line.account, written.day(one.due_date), written.days(overdue), balance, line.why)
        values = (one.number, line.account, one.due_date, overdue, one.balance, line.why)
        return ShownRow(one.invoice_key, texts, values, one.currency, DEFAULT_BUCKETS.index(overdue))


class LeftOutList(RowTable):
    """Rows are selected whole."""

    cuts_words = True

    _whole: tuple[int, ...] = ()

    def __init__(self, look: Look, tasks: Tasks) -> None:
        self.model_of_lines = LeftOutModel()
        super().__init__(look, tasks, self.model_of_lines)
        self.setAccessibleName("Overdue invoices in no letter")
        self.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)

    @property
    def line(self) -> LeftOutLine | None:
        """Give the line in hand."""
        place, lines = self.currentIndex().row(), self.model_of_lines.lines
        return lines[place] if 0 <= place < len(lines) else None

    def show_lines(self, lines: tuple[LeftOutLine, ...], as_of: int) -> None:
        """Show other lines."""
        self.head.set_columns(_COLUMNS)
        self.model_of_lines.show_lines(lines, as_of)
        self.widen([self.width_of(section) for section in range(len(_COLUMNS))])
        if lines:
            self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the reasons the room they need."""
        self.setColumnHidden(_DUE, event.size().width() < _WIDE)
        self._widths = self._whole
        super().resizeEvent(event)

    def widen(self, widths: Sequence[int]) -> None:
        """Give the columns their widths; one that is hidden takes none."""
        self._whole = tuple(widths)
        super().widen([0 if self.isColumnHidden(at) else width for at, width in enumerate(widths)])
