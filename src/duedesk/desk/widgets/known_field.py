"""A field for the moment up to which what was recorded counts: a day's end in UTC, or now; it knows no book."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.date_field import OptionalDateField
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.domain.days import end_of_day

NOW = "now"
_HELP = (
    "Count only what had been recorded by the end of that day, in UTC: the book as it was seen then.\n"
    "The keys of a date work here too; type “now”, or nothing, for all that is recorded."
)


class KnownField(OptionalDateField):
    """Shows the day up to whose end what was recorded counts, or a moment within it; empty means now."""

    moment_changed = Signal(object)
    """Another moment: a datetime in UTC, None for now."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self._within: datetime | None = None
        super().__init__(None, today, parent)
        self.setAccessibleName("Known on")
        self.setPlaceholderText(NOW)
        set_tooltip(self, _HELP)
        self.day_changed.connect(self._tell)

    @property
    def moment(self) -> datetime | None:
        """Give the moment that is shown; None for now."""
        return self._within if self.value is None or self._within is not None else end_of_day(self.value)

    def set_moment(self, moment: datetime | None) -> None:
        """Show another moment without telling anyone."""
        exact = None if moment is None else moment.astimezone(UTC)
        is_within = exact is not None and exact != end_of_day(exact.date())
        self.set_value(None if exact is None else exact.date())
        self._within = exact if is_within else None
        self._show()

    def set_day(self, day: date) -> None:
        """Show the end of another day without telling anyone."""
        self._within = None
        super().set_day(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let what is typed take the place of `now`."""
        super().focusInEvent(event)
        self.selectAll()

    def _tell(self, day: date | None) -> None:
        self.moment_changed.emit(None if day is None else end_of_day(day))

    def _take_typed(self) -> None:
        if self.isModified() and self.text().strip().casefold() == NOW:
            self.setText("")
            self.setModified(True)
        super()._take_typed()

    def _show(self) -> None:
        super()._show()
        if self._within is not None and self.value is not None:
            self.setText(written.moment(self._within))
            self.setCursorPosition(0)
            self.setModified(False)
