"""The panel in which a clerk says why, until when or where to; what becomes of it is the page's matter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.date_field import DateField


@dataclass(frozen=True, slots=True)
class DecisionAsked:
    """What is asked: words with what they begin with, and a day where one is needed."""

    title: str
    do: str
    says: str
    label: str
    words: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a clerk said."""

    words: str
    day: date | None = None


class DecisionPanel(VerbPanel):
    """A day and a few lines."""

    def __init__(self, asked: DecisionAsked, today: Callable[[], date]) -> None:
        super().__init__(asked.title, asked.do, asked.says)
        self._begun = asked.words
        self.day = None if asked.day is None else DateField(asked.day, today)
        self.words = QPlainTextEdit(asked.words)
        self.words.setTabChangesFocus(True)
        self.words.document().setDocumentMargin(5)
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * 4 + 12)
        if self.day is not None:
            self.add_field("Until", self.day)
        self.add_field(asked.label, self.words)

    def first_field(self) -> QWidget | None:
        """Begin with the day where there is one."""
        return self.day or self.words

    def gather(self) -> Decided:
        """Give what was said."""
        return Decided(self.words.toPlainText().strip(), None if self.day is None else self.day.day)

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return self.words.toPlainText().strip() != self._begun
