"""The problems of an import as a table, and the one in hand in full below it; it mends nothing."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from duedesk.desk.background import Tasks
from duedesk.desk.pages.importing.answers import answer_to, spoken
from duedesk.desk.pages.importing.answers import in_words as in_answer_words
from duedesk.desk.pages.importing.plan import Outcome
from duedesk.desk.pages.importing.problem_rows import ORDER, columns_for, heading, problem_row
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import rule
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.errors import Problem
from duedesk.resources import Look

_WIDE = 720
"""Pixels from which on there is a column for the remedy; what is cut stands in full below the table."""

_WIDE_FILE = 152


class ProblemList(QFrame):
    """A card: how many of which weight, the table, the one in hand."""

    answered = Signal(object)
    """What mends a problem: an option and its value, a pair of texts."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._problems: tuple[Problem, ...] = ()
        self._shown_wide = False
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
    def title(self) -> str:
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
        self._problems = tuple(sorted(outcome.problems, key=lambda one: ORDER.index(one.severity)))
        self._heading.setText(heading(outcome))
        self._fill()
        if self._problems:
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self._show_in_hand(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        if self._is_wide() is not self._shown_wide:
            row = self.table.currentIndex().row()
            self._fill()
            self.table.setCurrentIndex(self.table.records.index(row, 0))
        else:
            self._share_width()

    def _is_wide(self) -> bool:
        return self.width() >= _WIDE

    def _fill(self) -> None:
        self._shown_wide = self._is_wide()
        has_files = len({problem.file for problem in self._problems}) > 1
        columns = columns_for(has_files=has_files, has_remedies=self._shown_wide)
        self.table.show_rows(columns, [problem_row(at, one, columns) for at, one in enumerate(self._problems)])
        self._share_width()

    def _share_width(self) -> None:
        columns = self.table.records.columns
        shares = {"Remedy": self.width() * 3 // 10, "File": _WIDE_FILE} if self._shown_wide else {}
        widths = [max(self.table.width_of(at), shares.get(column.path, 0)) for at, column in enumerate(columns)]
        self.table.widen(widths)

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
