"""A panel of one verb: what it will do, its fields, what was refused and why; what is asked for, others carry out."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.page import PageCommand
from duedesk.desk.widgets.beginning import begin_in
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.heard import announce
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.leavable import LeavableCard
from duedesk.desk.widgets.tab_order import put_in_order
from duedesk.domain.errors import DuedeskError

SIDE_WIDTH = 340
"""Pixels of a panel beside the tabs."""

_MARGIN = 16


class VerbPanel(LeavableCard):
    """A card with a title, what it says, fields and two commands. `is_wide` takes the place of the tabs."""

    asked = Signal(object)
    """This is to be done: a value that says how."""

    is_wide = False

    def __init__(self, title: str, do: str, says: str = "") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._last: QWidget | None = None
        self.title = plain_label(title, Role.STRONG)
        self.says = plain_label(says, Role.QUIET, wraps=True)
        if not says:
            self.says.hide()  # shown before it stands here it would be a window of its own for a moment
        self._fault = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        self._hint = plain_label("", wraps=True, selectable=True)
        for label in (self._fault, self._hint):
            label.setVisible(False)
        self.do_button = button(f"{do}  Ctrl+↵", self.do, primary=True)
        self.do_button.setAccessibleName(do)
        self.leave_button = button("Cancel  Esc", self.leave)
        self.foot = QHBoxLayout()
        self.fields = QVBoxLayout()
        self.fields.setSpacing(4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 14, 1, 14)  # clear of the line and its round corners
        outer.setSpacing(8)
        for label in (self.title, self.says):
            label.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
            outer.addWidget(label)
        if self.is_wide:
            outer.addLayout(self._wide_body(), 1)
        else:
            outer.addWidget(self._body(), 1)
        for label in (self._fault, self._hint):
            label.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
            outer.addWidget(label)
        outer.addLayout(self._foot())

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done in the panel beside doing it and leaving it."""
        return ()

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab come to the commands after the fields, which were made later."""
        super().showEvent(event)
        last = self.last_field()
        put_in_order(*(() if last is None else (last,)), self.leave_button, self.do_button)

    def begin(self) -> None:
        """Put the cursor into the first field, or on the command where there is none."""
        first = self.first_field()
        begin_in(self.do_button if first is None else first)

    def first_field(self) -> QWidget | None:
        """Give the field in which the reader begins."""
        return None

    def last_field(self) -> QWidget | None:
        """Give the field after which the commands come."""
        return self._last

    def gather(self) -> object:
        """Give what is to be done, as the fields say it; RequestError where they do not say it."""
        return None

    def has_input(self) -> bool:
        """Tell whether leaving would lose something the reader would have to do again."""
        return False

    def do(self) -> None:
        """Ask for it to be done."""
        if not self.do_button.isEnabled():
            return
        try:
            gathered = self.gather()
        except DuedeskError as error:
            self.show_fault(error)
            return
        self.show_fault(None)
        self.set_busy(busy=True)
        self.asked.emit(gathered)

    def show_fault(self, error: DuedeskError | None) -> None:
        """Say why it cannot be done and what to do about it, near the command; what was typed stays."""
        self._fault.setText("" if error is None else error.message)
        self._hint.setText("" if error is None else error.hint)
        self._fault.setVisible(error is not None)
        self._hint.setVisible(error is not None and bool(error.hint))
        self.set_busy(busy=False)
        announce(self, self.fault, urgent=True)

    @property
    def fault(self) -> str:
        """Give what is said to be wrong."""
        return f"{self._fault.text()} {self._hint.text()}".strip()

    def set_busy(self, *, busy: bool) -> None:
        """Take no second command while one is under way."""
        self.do_button.setEnabled(not busy)

    def say(self, text: str) -> None:
        """Say what it will do."""
        self.says.setText(text)
        self.says.setVisible(bool(text))

    def add_field(self, name: str, field: QWidget, remark: str = "") -> None:
        """Add a field below its name; a remark stands below it."""
        said = plain_label(name, Role.QUIET)
        said.setBuddy(field)
        field.setAccessibleName(name)
        self._last = field
        self.fields.addWidget(said)
        self.fields.addWidget(field)
        if remark:
            self.fields.addWidget(plain_label(remark, Role.SMALL, wraps=True))
        self.fields.addSpacing(6)

    def do_by_key(self) -> bool:
        """Do it with Enter."""
        self.do()
        return True

    def _body(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.addLayout(self.fields)
        column.addStretch(1)
        return scrolled(inside)

    def _wide_body(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.addLayout(self.fields)
        return column

    def _foot(self) -> QHBoxLayout:
        line = self.foot
        line.setContentsMargins(_MARGIN, 4, _MARGIN, 0)
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(self.leave_button)
        line.addWidget(self.do_button)
        return line
