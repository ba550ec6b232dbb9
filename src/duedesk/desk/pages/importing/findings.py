"""The middle of an import: its questions and problems, or a sentence with the ways on, or the work under way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.pages.importing.answers import asked_in
from duedesk.desk.pages.importing.plan import Outcome
from duedesk.desk.pages.importing.problem_list import ProblemList
from duedesk.desk.pages.importing.question_block import QuestionBlock
from duedesk.desk.pages.importing.working import Working
from duedesk.desk.theme import GAP
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.domain.errors import Severity
from duedesk.resources import Look

_QUESTIONS_HEIGHT = 280
"""Pixels that questions may take above a list of problems; they scroll within."""


class Findings(QStackedWidget):
    """One of a sentence, what was found, or progress."""

    answered = Signal(object)
    """An option and its value, a pair of texts."""
    mapping_asked = Signal()
    stop_asked = Signal()

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self._says = ""
        self.sentence = EmptyList()
        self.working = Working()
        self.working.stop_asked.connect(self.stop_asked)
        self.list = ProblemList(look, tasks)
        self.list.answered.connect(self.answered)
        self.blocks: list[QuestionBlock] = []
        self._questions = QScrollArea()
        self._questions.setWidgetResizable(True)
        self._questions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._questions_card = _card_around(self._questions)
        self._found = QWidget()
        column = QVBoxLayout(self._found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._questions_card)
        column.addWidget(self.list, 1)
        self._sentence_card = _card_around(self.sentence)
        self._working_card = _card_around(self.working)
        for widget in (self._sentence_card, self._found, self._working_card):
            self.addWidget(widget)

    @property
    def says(self) -> str:
        """Give the sentence and hint that stand alone; nothing where problems or progress are shown."""
        return self._says if self.currentWidget() is self._sentence_card else ""

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.list.set_look(look)

    def say(self, sentence: str, hint: str, *ways: tuple[str, Callable[[], None]]) -> None:
        """Say a sentence, and the ways on."""
        self._says = f"{sentence} {hint}".strip()
        self.sentence.say(sentence, hint, ways)
        self.setCurrentWidget(self._sentence_card)

    def show_working(self) -> None:
        """Show how far the work is."""
        self.setCurrentWidget(self._working_card)

    def show_problems(self, outcome: Outcome) -> None:
        """Show questions with their answers, and all problems that are more than that."""
        asked = asked_in(outcome.problems)
        self.blocks = [QuestionBlock(one) for one in asked]
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(15, 4, 15, 4)
        column.setSpacing(8)
        for block in self.blocks:
            block.answered.connect(self.answered)
            block.mapping_asked.connect(self.mapping_asked)
            column.addWidget(block)
        column.addStretch(1)
        self._questions.setWidget(inside)  # the one before is deleted by it
        inside.setAutoFillBackground(False)
        self._questions.viewport().setAutoFillBackground(False)
        only_questions = len(outcome.of(Severity.QUESTION)) == len(outcome.problems)
        needed = inside.sizeHint().height() + 2 * GAP
        self._questions_card.setVisible(bool(asked))
        self._questions_card.setMaximumHeight(16_777_215 if only_questions else min(needed, _QUESTIONS_HEIGHT))
        self._questions_card.setMinimumHeight(0 if only_questions else min(needed, _QUESTIONS_HEIGHT))
        self.list.setVisible(not only_questions)
        self.list.show_outcome(outcome)
        self.setCurrentWidget(self._found)


def _card_around(widget: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
    column = QVBoxLayout(card)
    column.setContentsMargins(1, 8, 1, 8)  # clear of the line and its round corners
    column.addWidget(widget)
    return card
