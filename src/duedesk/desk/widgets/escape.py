"""Esc, kept by a widget before a shortcut of the window takes it; what it then does is the widget's matter."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def is_escape_asked_for(event: QEvent) -> bool:
    """Tell whether an event asks who wants Esc; a widget that does accepts it, and gets the key itself next."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Escape
    )
