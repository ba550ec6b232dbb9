"""What stands in the place of an empty list: a sentence, a hint and the ways on; why it is empty is told to it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label

Way = tuple[str, Callable[[], None]]

NO_INVOICES = "This book holds no invoices yet", "Take in a CSV or Excel file to begin."
"""Sentence and hint of every page of a book without invoices."""


def last_dated(day: date) -> str:
    """Say on which day the last thing happened, where nothing is there on another."""
    return f"The last thing that happened in this book is dated {written.day(day)}."


def stand_on(day: date) -> str:
    """Name the way to that day."""
    return f"Stand on {written.day(day)}"


class EmptyList(QWidget):
    """A sentence and the ways on."""

    def __init__(self) -> None:
        super().__init__()
        self._first: QPushButton | None = None
        self._sentence = plain_label("", Role.TITLE, wraps=True)
        self._hint = plain_label("", Role.QUIET, wraps=True)
        for label in (self._sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._sentence)
        column.addWidget(self._hint)
        column.addSpacing(12)
        column.addLayout(self._ways)
        column.addStretch(3)

    def begin(self) -> None:
        """Put the cursor on the way that most will take, where there is one, else here: keys are heard on the page."""
        (self._first or self).setFocus()

    def say(self, sentence: str, hint: str, ways: tuple[Way, ...]) -> None:
        """Say why there is nothing; the first way is the one most will take."""
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        while (item := self._ways.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._ways.addStretch(1)
        made = [button(text, run, primary=place == 0) for place, (text, run) in enumerate(ways)]
        self._first = made[0] if made else None
        for one in made:
            self._ways.addWidget(one)
        self._ways.addStretch(1)
