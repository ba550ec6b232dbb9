"""One question of an import with the answers it may have; what an answer changes is not known here."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout

from duedesk.desk import format as written
from duedesk.desk.pages.importing.answers import Asked, spoken, wants_mapping
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label

_FIELD_WIDTH = 112


class QuestionBlock(QFrame):
    """The question, where it arose, and its answers."""

    answered = Signal(object)
    """The option and its value, a pair of texts."""
    mapping_asked = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked
        self.setObjectName("question")
        self.setStyleSheet("QFrame#question { background: palette(alternate-base); border: none; border-radius: 6px; }")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(plain_label(_place(asked), Role.QUIET))
        column.addWidget(plain_label(asked.problem.text, wraps=True, selectable=True))
        self.field = QLineEdit()
        self.buttons: list[QPushButton] = []
        if asked.option is not None:
            column.addLayout(self._answers())
        elif wants_mapping(asked.problem):
            column.addLayout(self._mapping())
        else:
            column.addWidget(plain_label(spoken(asked.problem.remedy), Role.QUIET, wraps=True, selectable=True))

    def _answers(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        option = self.asked.option
        if option is None:
            return line
        line.addWidget(plain_label(option.label, Role.QUIET))
        for choice in self.asked.offered:
            self.buttons.append(button(choice.words, partial(self._answer, choice.value)))
            line.addWidget(self.buttons[-1])
        if self.asked.others:
            self.buttons.append(button("Other", self._offer_others))
            line.addWidget(self.buttons[-1])
        if option.is_open:
            self.field.setPlaceholderText("or write it")
            self.field.setAccessibleName(option.label)
            self.field.setFixedWidth(_FIELD_WIDTH)
            self.field.returnPressed.connect(self._answer_typed)
            line.addWidget(self.field)
        line.addStretch(1)
        return line

    def _mapping(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.buttons = [button("Choose a mapping…", self.mapping_asked.emit)]
        line.addWidget(self.buttons[0])
        line.addStretch(1)
        return line

    def _offer_others(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in self.asked.others:
            menu.addAction(choice.words.replace("&", "&&"), partial(self._answer, choice.value))
        below = self.buttons[-1]
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

    def _answer_typed(self) -> None:
        if self.field.text().strip():
            self._answer(self.field.text().strip())

    def _answer(self, value: str, *_: object) -> None:
        if self.asked.option is not None:
            self.answered.emit((self.asked.option.name, value))


def _place(asked: Asked) -> str:
    problem = asked.problem
    parts = [problem.file]
    if problem.row is not None:
        parts.append(f"row {written.count(problem.row)}")
    if problem.column:
        parts.append(problem.column)
    if asked.count > 1:
        parts.append(f"and {written.plural(asked.count - 1, 'place')} more")
    return "  ·  ".join(parts)
