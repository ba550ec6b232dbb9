"""The line above a page: its title, what finds anything, where in time the reader stands; the page begins below."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk.navigation import Stand
from duedesk.desk.theme import PAGE_MARGIN
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.known_field import KnownField
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_tooltip

_FIND_WIDTH, _NARROW_FIND_WIDTH = 232, 168
_WIDE = 1000
"""Pixels of the line below which what finds anything gives way to the title."""

BACK_KEY = "Ctrl+Shift+T"


class TopLine(QWidget):
    """The title at the left; what finds anything, the as-of date and the known-on date at the right.

    Where the reader stands elsewhere than today, the fields that say so are tinted and a way back is offered.
    """

    stand_changed = Signal(object)
    """The reader chose another place in time: a Stand."""
    back_asked = Signal()
    """The reader wants back to today, and to all that is known by now."""
    refused = Signal()
    """What was typed into a date is no day."""

    def __init__(self, as_of: date, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.title = elided_label("", Role.TITLE)
        self.date_field = DateField(as_of, today)
        self.date_field.setAccessibleName("As of")
        self.known_field = KnownField(today)
        for dated in (self.date_field, self.known_field):
            dated.refused.connect(self.refused)
        self.finder = button("Find anything   Ctrl+K")
        self.finder.setProperty("field", True)  # noqa: FBT003 - Qt's own signature
        self.finder.setAccessibleName("Find anything")
        self.finder.setFixedWidth(_FIND_WIDTH)
        self.back = button("Back to today", self.back_asked.emit)
        self.back.setProperty("link", True)  # noqa: FBT003 - Qt's own signature
        set_tooltip(self.back, f"As of today, and all that is recorded by now ({BACK_KEY})")
        self._as_of = plain_label("As of", Role.QUIET)
        self._as_of.setBuddy(self.date_field)
        self._known = plain_label("Known on", Role.QUIET)
        self._known.setBuddy(self.known_field)
        line = QHBoxLayout(self)
        line.setContentsMargins(PAGE_MARGIN, 12, PAGE_MARGIN, 8)
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        line.addWidget(self.back)
        line.addWidget(self.finder)
        line.addSpacing(12)
        for widget in (self._as_of, self.date_field, self._known, self.known_field):
            line.addWidget(widget)
        self.date_field.day_changed.connect(self._tell)
        self.known_field.moment_changed.connect(self._tell)
        self._show_past()

    @property
    def stand(self) -> Stand:
        """Give where in time the reader stands."""
        return Stand(self.date_field.day, self.known_field.moment)

    def set_stand(self, stand: Stand) -> None:
        """Show another place in time without telling anyone."""
        self.date_field.set_day(stand.as_of)
        self.known_field.set_moment(stand.known_on)
        self._show_past()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the title the room there is."""
        super().resizeEvent(event)
        self.finder.setFixedWidth(_FIND_WIDTH if event.size().width() >= _WIDE else _NARROW_FIND_WIDTH)

    def _tell(self) -> None:
        self._show_past()
        self.stand_changed.emit(self.stand)

    def _show_past(self) -> None:
        stand = self.stand
        is_elsewhere, is_then = stand.as_of != self._today(), stand.known_on is not None
        self.date_field.tint(tinted=is_elsewhere)
        self.known_field.tint(tinted=is_then)
        self.back.setVisible(is_elsewhere or is_then)
