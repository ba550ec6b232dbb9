"""A field for a day: stepped by keys, typed, or taken from a calendar; the rules of entry are in `day_entry`."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from duedesk.desk import format as written
from duedesk.desk.day_entry import read, step
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.domain.days import EARLIEST_DAY, LATEST_DAY

_HELP = "Type a day, or press + − for a day, [ ] for a month, T for today, M H for the month's ends, F4 for a calendar."


class DateField(QLineEdit):
    """Shows a day as `23 Nov 2026`. Keys step it until something is typed; Enter takes what was typed."""

    day_changed = Signal(object)
    """Another day: a date."""
    refused = Signal()
    """What was typed is no day."""

    def __init__(self, day: date, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = day
        self._today = today
        self._is_entered_by_mouse = False
        self.setFixedWidth(112)
        self.setAccessibleName("Date")
        set_tooltip(self, _HELP)
        self._show()
        self.returnPressed.connect(self._take_typed)
        self.textEdited.connect(self._on_edited)

    @property
    def day(self) -> date:
        """Give the day that is shown."""
        return self._day

    def set_day(self, day: date) -> None:
        """Show another day without telling anyone."""
        self._day = day
        self._show()

    def tint(self, *, tinted: bool) -> None:
        """Tint the field, or not: it tells of a day that the reader should not overlook."""
        self._style("tinted", is_so=tinted)

    def open_calendar(self) -> None:
        """Open the calendar below the field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = _calendar(menu)
        calendar.setSelectedDate(_to_qt(self._day))

        def take(chosen: QDate) -> None:
            menu.close()
            self._go(date(chosen.year(), chosen.month(), chosen.day()))

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the field from becoming commands of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = bool(event.text()) and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if self.isModified() if event.key() == Qt.Key.Key_Escape else is_plain:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step the day, open the calendar, take or drop what was typed."""
        if event.key() == Qt.Key.Key_F4 or (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open_calendar()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not self.isModified():
            self._step("+" if event.key() == Qt.Key.Key_Up else "-")
        elif self.isModified() or not self._step(event.text()):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the whole day on the first click, so that typing replaces it."""
        super().mouseReleaseEvent(event)
        if self._is_entered_by_mouse and not self.hasSelectedText():
            self.selectAll()
        self._is_entered_by_mouse = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the whole day, so that typing replaces it."""
        super().focusInEvent(event)
        self._is_entered_by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed; what cannot be read is not left standing as if it held."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and self.isModified():
            self._take_typed()
            self._show()

    def _step(self, key: str) -> bool:
        stepped = step(key, self._day, self._today()) if key else None
        if stepped is None:
            return False
        self._go(stepped)
        return True

    def _go(self, day: date) -> None:
        changes = day != self._day
        self.set_day(day)
        self.selectAll()
        if changes:
            self.day_changed.emit(day)

    def _on_edited(self) -> None:
        self._mark(wrong=False)

    def _take_typed(self) -> None:
        typed = read(self.text(), self._day) if self.isModified() else self._day
        if typed is None:
            self._mark(wrong=True)
            self.refused.emit()
        else:
            self._go(typed)

    def _show(self) -> None:
        self.setText(written.day(self._day))
        self.setModified(False)
        self._mark(wrong=False)

    def _mark(self, *, wrong: bool) -> None:
        self._style("wrong", is_so=wrong)

    def _style(self, name: str, *, is_so: bool) -> None:
        if bool(self.property(name)) != is_so:
            self.setProperty(name, is_so)
            self.style().unpolish(self)
            self.style().polish(self)


class OptionalDateField(DateField):
    """A field for a day that may be left empty; its keys step from today then."""

    def __init__(self, day: date | None, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self._is_empty = day is None
        super().__init__(day or today(), today, parent)

    @property
    def value(self) -> date | None:
        """Give the day; None where the field is empty."""
        return None if self._is_empty else self.day

    def set_value(self, day: date | None) -> None:
        """Show another day, or none, without telling anyone."""
        self._is_empty = day is None
        self._day = day or self._today()
        self._show()

    def set_day(self, day: date) -> None:
        """Show another day without telling anyone."""
        self._is_empty = False
        super().set_day(day)

    def _go(self, day: date) -> None:
        was_empty = self._is_empty
        super()._go(day)
        if was_empty and day == self._today():
            self.day_changed.emit(day)

    def _take_typed(self) -> None:
        if self.isModified() and not self.text().strip():
            self.set_value(None)
            self.day_changed.emit(None)
        elif self.isModified() or not self._is_empty:
            super()._take_typed()

    def _show(self) -> None:
        super()._show()
        if self._is_empty:
            self.clear()
            self.setModified(False)


def _calendar(parent: QWidget) -> QCalendarWidget:
    calendar = QCalendarWidget(parent)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setDateRange(_to_qt(EARLIEST_DAY), _to_qt(LATEST_DAY))
    head = QTextCharFormat()
    head.setForeground(calendar.palette().placeholderText())
    head.setBackground(calendar.palette().base())
    calendar.setHeaderTextFormat(head)
    for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red is for what is overdue
        calendar.setWeekdayTextFormat(weekend, QTextCharFormat())
    for name, sign in (("qt_calendar_prevmonth", "‹"), ("qt_calendar_nextmonth", "›")):
        arrow = calendar.findChild(QToolButton, name)
        if arrow is not None:  # Qt's own is black in every look
            arrow.setIcon(QIcon())
            arrow.setText(sign)
    return calendar


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
