"""The problems of an import as a table, and the one in hand in full below it; it mends nothing."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.pages.importing.answers import answer_to, spoken
from duedesk.desk.pages.importing.answers import in_words as in_answer_words
from duedesk.desk.pages.importing.plan import Outcome
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import rule
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.domain.errors import Problem, Severity
from duedesk.resources import Look

_WORDS = {Severity.QUESTION: "Question", Severity.ERROR: "Error", Severity.WARNING: "Warning"}
_ORDER = tuple(_WORDS)

_COLUMNS = (
    Column("Weight", "Weight", Kind.PICKLIST, Shown.STATUS, 84),
    Column("File", "File", Kind.STRING, Shown.TEXT, 100),
    Column("Row", "Row", Kind.INT, Shown.FIGURE, 56),
    Column("Column", "Column", Kind.STRING, Shown.TEXT, 96),
    Column("Problem", "Problem", Kind.STRING, Shown.TEXT, 120, stretches=True),
    Column("Remedy", "What to do", Kind.STRING, Shown.TEXT, 110),
)
_WIDE = 720
"""Pixels from which on file and remedy get more room; what is cut stands in full below the table."""

_WIDE_FILE = 152


class ProblemList(QFrame):
    """A card: how many of which weight, the table, the one in hand."""

    answered = Signal(object)
    """What mends a problem: an option and its value, a pair of texts."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._problems: tuple[Problem, ...] = ()
        self._heading = plain_label("", Role.QUIET)
        self.table = RowTable(look, tasks, RowModel())
        self.table.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.table.setAccessibleName("Problems")
        self._in_hand = plain_label("", wraps=True, selectable=True)
        self._remedy = plain_label("", Role.QUIET, wraps=True, selectable=True)
        self.buttons: list[QPushButton] = []
        self._answers = QHBoxLayout()
        self._answers.setContentsMargins(15, 0, 15, 0)
        self._answers.setSpacing(8)
        for label in (self._heading, self._in_hand, self._remedy):
            label.setContentsMargins(15, 0, 15, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 12)  # clear of the line and its round corners
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addWidget(self.table, 1)
        column.addWidget(rule())
        column.addWidget(self._in_hand)
        column.addWidget(self._remedy)
        column.addLayout(self._answers)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._show_in_hand(now.row()))

    @property
    def heading(self) -> str:
        """Give how many problems there are, in words."""
        return self._heading.text()

    @property
    def remedy(self) -> str:
        """Give what is said to do about the problem in hand."""
        return self._remedy.text()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.table.set_look(look)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the problems of an outcome, the weightiest first."""
        self._problems = tuple(sorted(outcome.problems, key=lambda one: _ORDER.index(one.severity)))
        self._heading.setText(_heading(outcome))
        several = len({problem.file for problem in self._problems}) > 1
        columns = [column for column in _COLUMNS if column.path != "File" or several]
        self.table.show_rows(columns, [_row(at, one, several=several) for at, one in enumerate(self._problems)])
        self._share_width()
        if self._problems:
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self._show_in_hand(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room between what is wrong and what to do."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        columns = self.table.records.columns
        if columns:
            widths = [self.table.width_of(section) for section in range(len(columns))]
            if self._is_wide():
                shares = {"Remedy": self.width() * 3 // 10, "File": _WIDE_FILE}
                widths = [max(width, shares.get(column.path, 0)) for column, width in zip(columns, widths, strict=True)]
            self.table.widen(widths)

    def _is_wide(self) -> bool:
        return self.width() >= _WIDE

    def _show_in_hand(self, place: int) -> None:
        problem = self._problems[place] if 0 <= place < len(self._problems) else None
        self._in_hand.setText("" if problem is None else problem.text)
        self._remedy.setText("" if problem is None else spoken(problem.remedy))
        self._remedy.setVisible(bool(self._remedy.text()))
        self._show_answers(problem)

    def _show_answers(self, problem: Problem | None) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        option, choices = ("", ()) if problem is None else answer_to(problem)
        self.buttons = [
            button(in_answer_words(option, choice.value), partial(self.answered.emit, (option, choice.value)))
            for choice in choices
        ]
        for one in self.buttons:
            self._answers.addWidget(one)
        self._answers.addStretch(1)


def in_words(outcome: Outcome) -> str:
    """Say how many problems of which weight there are: `1 question, 2 errors, 3 warnings`."""
    counted = dict(outcome.problem_counts)
    return ", ".join(written.plural(counted[one], one.value) for one in _ORDER if counted.get(one))


def _heading(outcome: Outcome) -> str:
    all_of_them = sum(count for _, count in outcome.problem_counts)
    is_whole = len(outcome.problems) >= all_of_them
    return in_words(outcome) if is_whole else f"{in_words(outcome)}; the first are listed"


def _row(place: int, problem: Problem, *, several: bool) -> ShownRow:
    row = "" if problem.row is None else written.count(problem.row)
    cells = (
        (_WORDS[problem.severity], problem.severity.value),
        *(((problem.file, problem.file),) if several else ()),
        (row, problem.row),
        (problem.column, problem.column),
        (problem.text, problem.text),
        (spoken(problem.remedy), problem.remedy),
    )
    return ShownRow(place, tuple(text for text, _ in cells), tuple(value for _, value in cells))
