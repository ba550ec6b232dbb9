"""A form whose fields say in plain words what they do while they have the cursor; what they hold is others' matter."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.dunning.policy_words import Explained
from duedesk.domain.errors import RequestError

_MARGIN = 16


class FieldForm(QWidget):
    """Lines, lists and boxes to tick, each by its name."""

    changed = Signal()
    """Something was typed, ticked or chosen."""
    explained = Signal(object)
    """The cursor came into a field: its Explained."""

    def __init__(self, explained: Mapping[str, Explained]) -> None:
        super().__init__()
        self._explained = explained
        self.fields: dict[str, QWidget] = {}
        self._labels: dict[str, QWidget] = {}
        self._is_filling = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self.column.setSpacing(8)

    def add_line(self, *names: str) -> tuple[QLineEdit, ...]:
        """Add fields for a line of text, side by side."""
        made = tuple(QLineEdit() for _ in names)
        for one in made:
            one.setMaxLength(400)
            one.textEdited.connect(lambda _: self._tell())
        self._add(dict(zip(names, made, strict=True)))
        return made

    def add_choice(self, **answers: Mapping[Any, str]) -> tuple[Choice, ...]:
        """Add fields that offer a few answers, side by side: the words of each value."""
        made = {name: Choice([(words, value) for value, words in one.items()]) for name, one in answers.items()}
        for one in made.values():
            one.activated.connect(lambda _: self._tell())
        self._add(dict(made))
        return tuple(made.values())

    def add_tick(self, name: str) -> Tick:
        """Add a box to tick."""
        made = Tick(self._explained[name].label)
        made.toggled.connect(lambda _: self._tell())
        self._hear(name, made)
        self.column.addWidget(made)
        return made

    def label(self, name: str, text: str) -> None:
        """Call a field something else."""
        label = self._labels[name]
        label.setText(text)  # type: ignore[attr-defined] # a label of this form
        self.fields[name].setAccessibleName(text)

    def show_field(self, name: str, *, shown: bool) -> None:
        """Show a field with its name, or not."""
        for widget in (self.fields[name], self._labels.get(name)):
            if widget is not None:
                widget.setVisible(shown)

    def filling(self) -> "FieldForm":
        """Fill the fields in and tell nobody: `with form.filling(): …`."""
        return self

    def __enter__(self) -> None:
        self._is_filling = True

    def __exit__(self, *_: object) -> None:
        self._is_filling = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Explain the field into which the cursor came."""
        if event.type() is QEvent.Type.FocusIn:
            name = next((name for name, one in self.fields.items() if one is watched), "")
            if name:
                self.explained.emit(self.explanation(name))
        return super().eventFilter(watched, event)

    def explanation(self, name: str) -> Explained:
        """Give what a field is called and does."""
        return self._explained[name]

    def _add(self, fields: Mapping[str, QWidget]) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for name, field in fields.items():
            inside = QVBoxLayout()
            inside.setSpacing(3)
            said = plain_label(self._explained[name].label, Role.QUIET)
            said.setBuddy(field)
            self._labels[name] = said
            self._hear(name, field)
            inside.addWidget(said)
            inside.addWidget(field)
            line.addLayout(inside, 1)
        self.column.addLayout(line)

    def _hear(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(self._explained[name].label)
        field.setAccessibleDescription(self._explained[name].words)
        field.installEventFilter(self)
        self.fields[name] = field

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()


def whole(field: QLineEdit, what: str) -> int:
    """Read a number of days; RequestError where it is none. Empty is none at all: 0."""
    text = field.text().strip()
    if not text:
        return 0
    if not text.isascii() or not text.isdecimal() or len(text) > 5:
        raise RequestError(f"{what}: “{text}” is no number of days.", "Write a whole number, such as 14.")
    return int(text)


def put_text(field: QLineEdit, text: str) -> None:
    """Show a text from its beginning."""
    field.setText(text)
    field.setCursorPosition(0)
