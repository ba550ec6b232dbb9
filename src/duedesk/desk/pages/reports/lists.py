"""The two lists of the page: files that reports became, and reports that are kept; each row is one line of text."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from duedesk.desk import format as written
from duedesk.desk.page import Desk
from duedesk.desk.pages.reports.kept import RecentFile
from duedesk.desk.pages.reports.words import asked_in_words
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.frames import card
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.domain.reports.offered import REPORTS
from duedesk.domain.reports.saved import SavedReport, schedule_in_words

FILES, SAVED = "Recent files", "Saved reports"


def _column(label: str, width: int, *, stretches: bool = False, kind: Kind = Kind.STRING) -> Column:
    return Column(label, label, kind, Shown.TEXT, width, stretches=stretches)


_FILE_COLUMNS = (
    _column("File", 190),
    _column("Report", 200, stretches=True),
    _column("Written", 140, kind=Kind.DATETIME),
    _column("Folder", 192),  # wider than the file: it is cut first
)
_SAVED_COLUMNS = (
    _column("Name", 160),
    _column("Report", 140, stretches=True),
    _column("Written by itself", 132),
    _column("Next", 106, kind=Kind.DATE),
    _column("Last", 104),
)


class ReportLists(QStackedWidget):
    """Shows one of the two; each says by itself when it is empty."""

    opened = Signal(object)
    """A row was opened by Enter or a double click: its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.files: tuple[RecentFile, ...] = ()
        self.gone: frozenset[str] = frozenset()
        self.saved: tuple[SavedReport, ...] = ()
        self.tables: dict[str, RowTable] = {}
        self._stacks: dict[str, QStackedWidget] = {}
        for name in (FILES, SAVED):
            table = RowTable(desk.look, desk.tasks, RowModel())
            table.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
            table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
            table.setAccessibleName(name)
            table.cuts_words = True
            table.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
            empty, stack, frame = EmptyList(), QStackedWidget(), card()
            stack.addWidget(table)
            stack.addWidget(empty)
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
            inside.addWidget(stack)
            self.tables[name], self._stacks[name] = table, stack
            self.addWidget(frame)
            says = _NOTHING[name]
            empty.say(*says, ())

    @property
    def name(self) -> str:
        """Give which list is shown."""
        return (FILES, SAVED)[max(self.currentIndex(), 0)]

    @property
    def table(self) -> RowTable:
        """Give the table that is shown."""
        return self.tables[self.name]

    @property
    def file(self) -> RecentFile | None:
        """Give the file in hand."""
        place = self.tables[FILES].currentIndex().row()
        return self.files[place] if 0 <= place < len(self.files) else None

    @property
    def report(self) -> SavedReport | None:
        """Give the kept report in hand."""
        place = self.tables[SAVED].currentIndex().row()
        return self.saved[place] if 0 <= place < len(self.saved) else None

    def show_list(self, name: str) -> None:
        """Bring a list to the front."""
        self.setCurrentIndex((FILES, SAVED).index(name))

    def show_files(self, files: Sequence[RecentFile], gone: Collection[str] = ()) -> None:
        """Show the files written last; those in `gone`, by their paths, stand there no longer."""
        self.files, self.gone = tuple(files), frozenset(gone)
        rows = [
            (
                Path(one.path).name,
                ", ".join(filter(None, (REPORTS[one.name].title, asked_in_words(one.name, one.said, one.day)))),
                written.moment(one.when),
                f"no longer in {Path(one.path).parent}" if one.path in self.gone else str(Path(one.path).parent),
            )
            for one in self.files
        ]
        self._show(FILES, _FILE_COLUMNS, rows)

    def show_saved(self, saved: Sequence[SavedReport], today: date) -> None:
        """Show the reports that are kept."""
        self.saved = tuple(saved)
        self._show(SAVED, _SAVED_COLUMNS, [_of_saved(one, today) for one in self.saved])

    def set_look(self, desk: Desk) -> None:
        """Draw in another look."""
        for table in self.tables.values():
            table.set_look(desk.look)

    def _show(self, name: str, columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> None:
        table = self.tables[name]
        place = max(table.currentIndex().row(), 0)
        table.show_rows(columns, [ShownRow(at, texts, texts) for at, texts in enumerate(rows)])
        self._stacks[name].setCurrentIndex(0 if rows else 1)
        if rows:
            table.selectRow(min(place, len(rows) - 1))


_NOTHING: Mapping[str, tuple[str, str]] = {
    FILES: ("No report was written from here yet", "Choose one, say what it is to show, and write it."),
    SAVED: ("No report is kept yet", "Save one under a name: it can be written by itself every day, week or month."),
}


def _of_saved(saved: SavedReport, today: date) -> tuple[str, ...]:
    words = asked_in_words(saved.report, saved.said)
    report = ", ".join(filter(None, (REPORTS[saved.report].title, words)))
    by_itself = schedule_in_words(saved.schedule).removeprefix("on the ")
    return (saved.name, report, by_itself, written.day(saved.next_due(today)), _last(saved))


def _last(saved: SavedReport) -> str:
    last = saved.last
    if last is None:
        return ""
    state = {"Done": "", "Failed": "failed, ", "Started": "under way, "}[last.status]
    return f"{state}{written.day(last.due_on)}"
