"""The card above a result: the query itself, whether it can be read, and what is done with it; it runs nothing."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.page import Desk
from duedesk.desk.queries import hint_of, read_query
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.query_field import QueryField
from duedesk.domain.errors import DuedeskError
from duedesk.resources import Look

PAUSE_MS = 250


class QueryBar(QFrame):
    """Says while one types what cannot be read and where; `run_asked` once it is to be answered."""

    run_asked = Signal()
    save_asked = Signal()
    views_asked = Signal(object)
    """The saved views are to be offered below a widget."""
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._desk = desk
        self.field = QueryField(desk.look)
        self.run_button = button("Run  ↵", self.run_asked.emit, primary=True)
        self.save_button = button("Save as view…", self.save_asked.emit)
        self.views_button = button("Views ▾")
        self.views_button.setAccessibleName("Views")
        self.views_button.clicked.connect(lambda *_: self.views_asked.emit(self.views_button))
        self.fault = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        self.hint = plain_label("", Role.QUIET, wraps=True, selectable=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self._lay_out()
        self.field.textChanged.connect(self._pause.start)
        self.field.run_asked.connect(self.run_asked)
        self.field.left.connect(self.left)
        self.show_fault(None)

    def show_text(self, text: str) -> None:
        """Show a query."""
        self.field.show_text(text)
        self._pause.stop()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.field.set_look(look)

    def check(self) -> None:
        """See behind the window whether the query can be read."""
        self._pause.stop()
        text = self.field.text
        if not text:
            self.show_fault(None)
            return
        self._desk.tasks.read(
            self, lambda: read_query(text), lambda _: self.show_fault(None), failed=self.show_fault, slot="check"
        )

    def show_fault(self, error: DuedeskError | None) -> None:
        """Say what cannot be read or answered, and mark its place."""
        message, hint = ("", "") if error is None else (error.message, hint_of(error))
        self.fault.setText(message)
        self.fault.setVisible(bool(message))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.field.mark(message)

    def _lay_out(self) -> None:
        commands = QHBoxLayout()
        commands.setSpacing(8)
        for widget in (self.views_button, self.save_button, self.run_button):
            commands.addWidget(widget)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.fault)
        told.addWidget(self.hint)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addLayout(told, 1)
        below.addLayout(commands)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(below)
        QWidget.setTabOrder(self.field, self.run_button)
