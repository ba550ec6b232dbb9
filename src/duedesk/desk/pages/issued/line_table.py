"""A table of lines that are written as they are looked at, sorted by a click on a head; what a line is, pages say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QColor, QResizeEvent

from duedesk.desk.background import Tasks
from duedesk.desk.colours import mix, readable
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.resources import Look

Line = TypeVar("Line")
_NOWHERE = QModelIndex()

ALARMING = frozenset({"Mail unknown", "Mail refused", "Mail failed", "Came back", "Unknown", "Refused", "Failed"})
GONE_WELL = frozenset({"Mailed", "Printed", "Sent"})
ASKS_TO_BE_SEEN = frozenset({"New", "Raised"})


@dataclass(frozen=True, slots=True)
class Lines(Generic[Line]):
    """How lines are shown: their columns, how one is written, what it is known by, and what a column is sorted by.

    `rooms` says by path from how many pixels on a column is shown; one it does not name always is.
    """

    name: str
    columns: tuple[Column, ...]
    write: Callable[[Line], Mapping[str, tuple[str, Any]]]
    key: Callable[[Line], int]
    currency: Callable[[Line], str] = lambda _: ""
    orders: Mapping[str, Callable[[Line], Any]] = field(default_factory=dict)
    rooms: Mapping[str, int] = field(default_factory=dict)


class PillDelegate(RecordDelegate):
    """Levels as warm as they are high, ways that went well or wrong in a colour of their own."""

    def _pill(self, text: str) -> tuple[QColor, QColor]:
        if text not in self._pills:
            look = self._look
            colour = ""
            if text.isdecimal():
                colour = look.buckets[min(int(text), len(look.buckets) - 1)]
            elif text in ASKS_TO_BE_SEEN:
                colour = look.accent
            elif text in ALARMING:
                colour = look.buckets[-1]
            elif text in GONE_WELL:
                colour = look.buckets[0]
            if not colour:
                return super()._pill(text)
            ground = mix(look.panel, colour, 0.28 if text.isdecimal() else 0.2)
            self._pills[text] = QColor(ground), QColor(readable(colour, on=ground, towards=look.text))
        return self._pills[text]


class LineModel(RowModel, Generic[Line]):
    """A hundred thousand lines cost nothing until they are seen."""

    def __init__(self, shown: Lines[Line]) -> None:
        super().__init__()
        self._shown = shown
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, columns: tuple[Column, ...], lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.columns, self.lines = columns, lines
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Give the number of rows."""
        return 0 if parent.isValid() else len(self.lines)

    def row(self, place: int) -> ShownRow | None:
        """Write the row at a place."""
        return self._written(self.lines[place]) if 0 <= place < len(self.lines) else None

    def values_of(self, places: Sequence[int]) -> Callable[[], list[ShownRow]]:
        """Give a way to make rows for copying that may be gone on any thread."""
        lines = [self.lines[place] for place in places]
        return lambda: [self._written(one) for one in lines]

    def _written(self, line: Line) -> ShownRow:
        told = self._shown.write(line)
        cells = [told[column.path] for column in self.columns]
        texts, values = tuple(text for text, _ in cells), tuple(value for _, value in cells)
        return ShownRow(self._shown.key(line), texts, values, self._shown.currency(line), bucket=0)


class LineTable(RowTable, Generic[Line]):
    """Rows are selected whole, several at once; the one in hand stays in hand when lines are read again."""

    chosen = Signal(object)
    """Another line is in hand: the line, or None."""

    cuts_words = True

    def __init__(self, look: Look, tasks: Tasks, shown: Lines[Line]) -> None:
        self.model_of_lines: LineModel[Line] = LineModel(shown)
        super().__init__(look, tasks, self.model_of_lines)
        self.delegate = PillDelegate(look, self)
        self.setItemDelegate(self.delegate)
        self._shown = shown
        self._given: tuple[Line, ...] = ()
        self._by, self._down = "", False
        self.setAccessibleName(shown.name)
        self.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.head.setSectionsClickable(bool(shown.orders))
        self.head.sectionClicked.connect(self._sort_by)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.line))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Give the lines that are shown, in their order."""
        return self.model_of_lines.lines

    @property
    def line(self) -> Line | None:
        """Give the line in hand."""
        place = self.currentIndex().row()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def selected(self) -> tuple[Line, ...]:
        """Give the lines that are selected."""
        ranges = self.selectionModel().selection()
        spans = (ranges.at(at) for at in range(ranges.count()))
        places = sorted({place for one in spans for place in range(one.top(), one.bottom() + 1)})
        return tuple(self.lines[place] for place in places)

    def show_lines(self, lines: tuple[Line, ...], wanted: int | None = None) -> None:
        """Show other lines; `wanted` is the key of the one to take in hand, else the one in hand stays so."""
        held = wanted if wanted is not None else (None if self.line is None else self._shown.key(self.line))
        place = max(self.currentIndex().row(), 0)
        self._given = lines
        order = self._shown.orders.get(self._by)
        ordered = tuple(sorted(lines, key=order, reverse=self._down)) if order is not None else lines
        columns = self._columns()
        self.head.set_columns(columns)
        self.model_of_lines.show_lines(columns, ordered)
        self.widen([self.width_of(section) for section in range(len(columns))])
        section = next((at for at, one in enumerate(columns) if one.path == self._by), None)
        self.head.show_orders([] if section is None else [(section, self._down)])
        found = next((at for at, one in enumerate(ordered) if self._shown.key(one) == held), None)
        if ordered:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            index = self.records.index(min(place, len(ordered) - 1) if found is None else found, 0)
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)
        self.chosen.emit(self.line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        if self._given and self._columns() != self.records.columns:
            self.show_lines(self._given)

    def _columns(self) -> tuple[Column, ...]:
        room, rooms = self.viewport().width(), self._shown.rooms
        return tuple(one for one in self._shown.columns if room >= rooms.get(one.path, 0))

    def _sort_by(self, section: int) -> None:
        column = self.records.columns[section]
        if column.path not in self._shown.orders:
            return
        self._down = not self._down if column.path == self._by else column.sorts_down_first
        self._by = column.path
        self.show_lines(self._given)
