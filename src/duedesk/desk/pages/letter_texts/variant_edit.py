"""The editor of one text, or of the several of which a letter takes one; it checks nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.pages.letter_texts.text_box import TextBox
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.tab_order import put_in_order
from duedesk.documents.wording import AXES
from duedesk.documents.wording_gaps import AXIS_WORDS

Said = str | dict[str, str]
"""One text, or those of an axis by their names, as a wording holds them."""

_ALWAYS = "Always the same"


class VariantEdit(QWidget):
    """A box for each case; what it depends on is chosen above them, and the first text stays when that changes."""

    changed = Signal()
    """Something was typed, or depends on something else."""
    entered = Signal(object)
    """The cursor came into one of its boxes: the TextBox."""

    def __init__(self, name: str, said: Said, title: str = "") -> None:
        super().__init__()
        self._name = name
        self.axis = _axis_of(said)
        self.boxes: list[TextBox] = []
        answers = [(_ALWAYS, ""), *((f"By {words}", axis) for axis, (words, _) in AXIS_WORDS.items())]
        self.depends = Choice(answers, self.axis)
        self.depends.setAccessibleName(f"{name}: what it depends on")
        self.depends.activated.connect(lambda _: self._choose())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._head = QHBoxLayout()
        if title:
            self._head.addWidget(plain_label(title, Role.STRONG), 1)
        self._head.addWidget(self.depends, 1)
        self._column.addLayout(self._head)
        self._cases = QWidget()
        self._column.addWidget(self._cases)
        self._lay_out([said] if isinstance(said, str) else list(said.values()))

    def add_beside(self, widget: QWidget) -> None:
        """Put a button beside what it depends on."""
        self._head.addWidget(widget)

    @property
    def said(self) -> Said:
        """Give what is typed, as a wording holds it."""
        texts = [box.toPlainText().strip() for box in self.boxes]
        return dict(zip(AXES[self.axis], texts, strict=True)) if self.axis else texts[0]

    def _choose(self) -> None:
        axis = str(self.depends.chosen)
        if axis != self.axis:
            first = self.boxes[0].toPlainText()
            self.axis = axis
            self._lay_out([first] * (len(AXES[axis]) if axis else 1))
            self.changed.emit()

    def _lay_out(self, texts: list[str]) -> None:
        cases = QWidget()
        column = QVBoxLayout(cases)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.boxes = []
        names = AXIS_WORDS[self.axis][1] if self.axis else ("",)
        for name, text in zip(names, texts, strict=True):
            if name:
                column.addWidget(plain_label(name, Role.SMALL))
            box = TextBox(text, name=f"{self._name}, {name.lower()}" if name else self._name)
            box.textChanged.connect(self.changed)
            box.entered.connect(self.entered)
            self.boxes.append(box)
            column.addWidget(box)
        self._column.replaceWidget(self._cases, cases)
        self._cases.hide()
        self._cases.deleteLater()
        self._cases = cases
        put_in_order(self.depends, *self.boxes)


def _axis_of(said: Said) -> str:
    if isinstance(said, str):
        return ""
    return next(axis for axis, names in AXES.items() if set(names) == said.keys())
