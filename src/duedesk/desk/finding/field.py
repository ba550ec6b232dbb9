"""The field in which anything is looked for: it keeps the keys that walk along the offers, and knows no offer."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from duedesk.desk.widgets.escape import is_escape_asked_for

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class FindField(QLineEdit):
    """Up and Down step, Enter takes, Esc leaves; everything else is typing."""

    stepped = Signal(object)
    """So many offers on, or back."""
    taken = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Esc, and do not let Tab walk out of the field into what is covered."""
        if is_escape_asked_for(event):
            event.accept()
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        ):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, take, leave or type."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
