"""The list of proposed letters; a click on a head sorts it. What was decided stands beside each; it decides nothing."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.pages.dunning.level_delegate import DECIDED, OUT, LevelDelegate
from duedesk.desk.pages.dunning.reading import LetterLine
from duedesk.desk.pages.dunning.words import CHANNELS, level_of
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value
from duedesk.domain.names import fold
from duedesk.resources import Look

_ACCOUNT = Column("account", "Account", Kind.STRING, Shown.TEXT, 180, stretches=True)
_LEVEL = Column("level", "Level", Kind.STRING, Shown.STATUS, 84)
_OLDEST = Column("oldest", "Oldest", Kind.INT, Shown.DAYS, 88)
_ITEMS = Column("items", "Invoices", Kind.INT, Shown.FIGURE, 76)
_OVERDUE = Column("overdue", "Overdue", Kind.CURRENCY, Shown.FIGURE, 108)
_TOTAL = Column("total", "To pay", Kind.CURRENCY, Shown.BALANCE, 144)
_CHANNEL = Column("channel", "By", Kind.STRING, Shown.TEXT, 56)
_DECIDED = Column(DECIDED, "Decided", Kind.STRING, Shown.TEXT, 150)

_WIDE = 760
"""Pixels from which on all columns have room."""
_NARROW = 600
"""Pixels below which an account would be cut to a few letters beside them."""

_BY: dict[str, Callable[[LetterLine], Any]] = {
    "account": lambda one: (fold(one.letter.to.name), one.letter.key),
    "level": lambda one: (one.letter.level, one.oldest),
    "oldest": attrgetter("oldest"),
    "items": lambda one: len(one.letter.items),
    "overdue": lambda one: (one.letter.currency, one.letter.principal),
    "total": lambda one: (one.letter.currency, one.letter.total),
    "channel": lambda one: one.letter.channel,
    DECIDED: attrgetter("words"),
}


class LetterList(RowTable):
    """Rows are selected whole, several at once."""

    chosen = Signal(object)
    """Another letter is in hand: its LetterLine."""

    cuts_words = True

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__(look, tasks, RowModel())
        self.delegate = LevelDelegate(look, self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("Proposed letters")
        self.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.head.setSectionsClickable(True)
        self.head.sectionClicked.connect(self._sort_by)
        self.lines: tuple[LetterLine, ...] = ()
        self._given: tuple[LetterLine, ...] = ()
        self._text = ""
        self._by, self._down = "account", False
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())

    @property
    def line(self) -> LetterLine | None:
        """Give the letter in hand."""
        place = self.currentIndex().row()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def selected(self) -> tuple[LetterLine, ...]:
        """Give the letters that are selected."""
        ranges = self.selectionModel().selection()
        spans = (ranges.at(at) for at in range(ranges.count()))
        places = sorted({place for one in spans for place in range(one.top(), one.bottom() + 1)})
        return tuple(self.lines[place] for place in places)

    def show_lines(self, lines: tuple[LetterLine, ...], text: str = "") -> None:
        """Show other letters, those that fit a text; the ones in hand and selected stay so."""
        held = None if self.line is None else self.line.proposed.key
        selected = {one.proposed.key for one in self.selected()}
        place = max(self.currentIndex().row(), 0)
        self._given, self._text = lines, text
        wanted = fold(text)
        found = [one for one in lines if not wanted or wanted in _searched(one)]
        self.lines = tuple(sorted(found, key=_BY[self._by], reverse=self._down))
        columns = self._columns()
        self.show_rows(columns, [_row(at, one, columns) for at, one in enumerate(self.lines)])
        section = next((at for at, one in enumerate(columns) if one.path == self._by), None)
        self.head.show_orders([] if section is None else [(section, self._down)])
        at = {one.proposed.key: row for row, one in enumerate(self.lines)}
        self._select(at.get(held or "", min(place, len(self.lines) - 1)), {at[key] for key in selected if key in at})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        if self._given and self._columns() != self.records.columns:
            self.show_lines(self._given, self._text)

    def _columns(self) -> tuple[Column, ...]:
        room = self.viewport().width()
        if any(one.words for one in self._given):
            return (_ACCOUNT, _LEVEL, *((_OLDEST, _ITEMS) if room >= _WIDE else ()), _TOTAL, _DECIDED)
        if room < _NARROW:
            return (_ACCOUNT, _LEVEL, _OLDEST, _TOTAL)
        return (_ACCOUNT, _LEVEL, _OLDEST, _ITEMS, *((_OVERDUE,) if room >= _WIDE else ()), _TOTAL, _CHANNEL)

    def _select(self, place: int, others: set[int]) -> None:
        if place < 0:
            self._tell()
            return
        model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        self.setCurrentIndex(self.records.index(place, 0))
        for row in others:
            model.select(self.records.index(row, 0), flag.Select | flag.Rows)

    def _sort_by(self, section: int) -> None:
        column = self.records.columns[section]
        self._down = not self._down if column.path == self._by else column.sorts_down_first or column.path == "level"
        self._by = column.path
        self.show_lines(self._given, self._text)

    def _tell(self) -> None:
        self.chosen.emit(self.line)


def _row(at: int, line: LetterLine, columns: tuple[Column, ...]) -> ShownRow:
    one = line.letter
    texts = {
        "account": one.to.name,
        "level": level_of(one),
        "oldest": written.days(line.oldest),
        "items": written.count(len(one.items)),
        "overdue": written.amount(one.principal, one.currency),
        "total": written.amount(one.total, one.currency),
        "channel": CHANNELS.get(one.channel, one.channel),
        DECIDED: line.words,
    }
    values: dict[str, Value] = {
        **texts,
        "oldest": line.oldest,
        "items": len(one.items),
        "overdue": one.principal,
        "total": one.total,
    }
    return ShownRow(
        at,
        tuple(texts[column.path] for column in columns),
        tuple(values[column.path] for column in columns),
        one.currency,
        line.bucket,
        OUT if line.decided is None else "",
    )


def _searched(line: LetterLine) -> str:
    one = line.letter
    return fold(" ".join((one.to.name, one.to.number, one.currency, *(item.number for item in one.items))))
