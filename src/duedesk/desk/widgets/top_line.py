"""The line above a page: its title, what finds anything, and the day the reader stands on; the page begins below."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk.theme import PAGE_MARGIN
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.labels import Role, elided_label, plain_label

_FIND_WIDTH = 232


class TopLine(QWidget):
    """The title at the left; what finds anything and the as-of date at the right."""

    def __init__(self, as_of: date, today: Callable[[], date]) -> None:
        super().__init__()
        self.title = elided_label("", Role.TITLE)
        self.date_field = DateField(as_of, today)
        self.date_field.setAccessibleName("As of")
        self.finder = button("Find anything   Ctrl+K")
        self.finder.setProperty("field", True)  # noqa: FBT003 - Qt's own signature
        self.finder.setAccessibleName("Find anything")
        self.finder.setFixedWidth(_FIND_WIDTH)
        self._as_of = plain_label("As of", Role.QUIET)
        self._as_of.setBuddy(self.date_field)
        line = QHBoxLayout(self)
        line.setContentsMargins(PAGE_MARGIN, 12, PAGE_MARGIN, 8)
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        line.addWidget(self.finder)
        line.addSpacing(12)
        line.addWidget(self._as_of)
        line.addWidget(self.date_field)

    def show_day(self, *, shown: bool) -> None:
        """Show or hide the as-of date."""
        self._as_of.setVisible(shown)
        self.date_field.setVisible(shown)
