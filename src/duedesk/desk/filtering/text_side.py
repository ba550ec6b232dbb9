"""The condition of the filter builder as text, how many records it finds, and its commands; it asks nothing."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label, set_role
from duedesk.desk.widgets.query_field import QueryField
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import Condition
from duedesk.domain.objects import CATALOG
from duedesk.domain.query_text import write_condition
from duedesk.language.conditions import parse_condition
from duedesk.resources import Look

PAUSE_MS = 200
"""Typing is taken as finished after this long."""


class TextSide(QWidget):
    """Says what was typed once it can be read; what cannot be is said below it, and nothing can be done then."""

    typed = Signal(object)
    """Another Condition, or None."""
    do_asked = Signal()
    left = Signal()
    cleared = Signal()

    def __init__(self, look: Look, object_name: str = "Invoice", does: str = "Show") -> None:
        """Make it empty; `does` is what its button says it does with the condition."""
        super().__init__()
        self._object, self._does = object_name, does
        self._condition: Condition | None = None
        self._is_read = True
        self._unfilled = ""
        self.text = QueryField(look, least=3, most=6)
        self.text.setAccessibleName("Condition as text")
        self.text.setPlaceholderText("For example: Balance > 1000 AND DueDate < TODAY")
        self.fault = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        self.counted = plain_label("", Role.QUIET)
        self.do_button = button(f"{does}  ↵", self.do_asked.emit, primary=True)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._read)
        self.text.textChanged.connect(self.pause.start)
        self.text.run_asked.connect(self.do_asked)
        self.text.left.connect(self.left)
        self._lay_out()

    def show_condition(self, condition: Condition | None) -> None:
        """Write a condition."""
        self.pause.stop()
        self._condition = condition
        self.text.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.text.show_text("" if condition is None else write_condition(condition))
        self.text.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.show_fault(None)

    def read(self) -> bool:
        """Read what is typed and tell it; False where it cannot be read."""
        if self.pause.isActive():
            self._read()
        return self._is_read and not self._unfilled

    def _read(self) -> None:
        self.pause.stop()
        text = self.text.text
        try:
            condition = parse_condition(text, CATALOG, self._object) if text else None
        except DuedeskError as error:
            self.show_fault(error)
            return
        self.show_fault(None)
        if condition != self._condition:
            self._condition = condition
            self.typed.emit(condition)

    def show_unfilled(self, sentence: str) -> None:
        """Say which row is not filled in, so that nothing is shown that leaves it out; nothing where all are."""
        self._unfilled = sentence
        self.do_button.setEnabled(self._is_read and not sentence)
        if self._is_read:
            set_role(self.fault, Role.QUIET)
            self.fault.setText(sentence)
            self.fault.setVisible(bool(sentence))
        if sentence:
            self.counted.setText("")

    def show_fault(self, error: DuedeskError | None) -> None:
        """Say what cannot be read or asked."""
        self._is_read, self._unfilled = error is None, ""
        set_role(self.fault, Role.OVERDUE)
        self.fault.setText("" if error is None else error.message)
        self.fault.setVisible(error is not None)
        self.text.mark("" if error is None else error.message)
        self.do_button.setEnabled(error is None)
        if error is not None:
            self.counted.setText("")

    def show_count(self, found: int | None) -> None:
        """Say how many are found; None while they are being counted."""
        if self._unfilled:
            return
        if found is None:
            self.counted.setText("Counting…")
            return
        self.counted.setText(f"{written.count(found)} found")
        listed = CATALOG.object(self._object)
        noun = listed.label if found == 1 else listed.plural
        self.do_button.setAccessibleName(f"{self._does} {written.count(found)} {noun.lower()}")

    def _lay_out(self) -> None:
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(6)
        side.addWidget(self.text)
        side.addWidget(self.fault)
        side.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.counted, 1)
        clear = button("Clear", self.cleared.emit, link=True)
        for command in (clear, button("Cancel  Esc", self.left.emit), self.do_button):
            foot.addWidget(command)
        side.addLayout(foot)
        self.fault.setVisible(False)
