"""The condition of a list, said in words; it is built by the filter builder or taken from a saved view, elsewhere."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from duedesk.desk.filtering.asking import Offered, offered, picked_in
from duedesk.desk.filtering.words import said
from duedesk.desk.pages.reports.choosing import Choosing, SaidEntry
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import elided_label
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Condition
from duedesk.domain.objects import CATALOG
from duedesk.domain.query_text import write_condition
from duedesk.domain.reports.offered import Parameter
from duedesk.language.conditions import parse_condition


class ConditionEntry(SaidEntry):
    """What the condition says, and two ways to another."""

    builder_asked = Signal()
    views_asked = Signal(object)
    """The saved views are to be offered below a widget."""

    def __init__(self, parameter: Parameter, choosing: Choosing) -> None:
        super().__init__(parameter, choosing)
        self._text = ""
        self.words = elided_label()
        self.build = button("Filter…", self.builder_asked.emit)
        self.views = button("From a view…", lambda: self.views_asked.emit(self.views))
        self.clear = button("All", lambda: self._say(""), link=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for one in (self.clear, self.build, self.views):
            line.addWidget(one)
        self.setFocusProxy(self.build)
        self.set_text("")

    @property
    def text(self) -> str:
        """Give the condition as the terminal takes it."""
        return self._text

    @property
    def condition(self) -> Condition | None:
        """Give the condition; None where there is none, or none that can be read."""
        try:
            return parse_condition(self._text, CATALOG, self.choosing.object_name) if self._text else None
        except RequestError:
            return None

    def set_text(self, text: str) -> None:
        """Show a condition; what its records are called is read of the book."""
        self._text = text
        condition, desk, of = self.condition, self.choosing.desk, self.choosing.object_name
        self._show(Offered())
        if any(picked_in(condition, of)):
            workspace = desk.workspace
            desk.tasks.read(self, lambda: offered(workspace, [condition], of), self._show, slot="names")

    def take(self, condition: Condition | None) -> None:
        """Take a condition that was built."""
        self._say("" if condition is None else write_condition(condition))

    def parts(self) -> tuple[QPushButton, ...]:
        """Give the buttons."""
        return (self.clear, self.build, self.views)

    def setAccessibleName(self, name: str) -> None:
        """Name the buttons."""
        QWidget.setAccessibleName(self, name)
        self.build.setAccessibleName(f"{name}: build")
        self.views.setAccessibleName(f"{name}: from a view")
        self.clear.setAccessibleName(f"{name}: none")

    def _say(self, text: str) -> None:
        self.set_text(text)
        self.changed.emit()

    def _show(self, read: Offered) -> None:
        condition = self.condition
        words = said(condition, read.names, self.choosing.object_name) if condition is not None else self._text
        self.words.setText(words or f"All {CATALOG.object(self.choosing.object_name).plural.lower()}")
        self.clear.setVisible(bool(self._text))
