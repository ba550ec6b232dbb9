"""A card that Esc leaves, instead of the page it stands on; what it holds is the matter of who makes one of it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton

from duedesk.desk.widgets.escape import is_escape_asked_for

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class LeavableCard(QFrame):
    """Esc says `left`; Enter does what it is for, where that is anything, and on a button what the button says."""

    left = Signal()
    """The reader leaves, and nothing is to be done."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature

    def leave(self) -> None:
        """Say that the reader leaves."""
        self.left.emit()

    def do_by_key(self) -> bool:
        """Do with Enter what it is for; False where Enter is not its own."""
        return False

    def event(self, event: QEvent) -> bool:
        """Keep Esc from leaving the page."""
        if is_escape_asked_for(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, do it with Enter; on another button, such as “Cancel”, Enter presses that one."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in _ENTER and (pressed := self._button_in_hand(event)) is not None:
            pressed.click()
        elif event.key() not in _ENTER or not self.do_by_key():
            super().keyPressEvent(event)

    def _button_in_hand(self, event: QKeyEvent) -> QPushButton | None:
        """Give the button that has the cursor; none for Ctrl+Enter, and chips only say how."""
        button = QApplication.focusWidget()
        is_button = isinstance(button, QPushButton) and not button.isCheckable() and self.isAncestorOf(button)
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return button if isinstance(button, QPushButton) and is_button and is_plain else None
