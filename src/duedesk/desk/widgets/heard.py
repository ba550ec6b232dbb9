"""What is said to those who hear the screen: announcements, and what a bar of notices is; it shows nothing."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_IS_ALERT = "heardAsAlert"


def announce(speaker: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a text said aloud where a screen reader listens; what is urgent is said before anything else."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(speaker, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def hear_as_alert(widget: QWidget) -> None:
    """Let a screen reader know a widget for a bar of notices: Qt has no widget of that role."""
    widget.setProperty(_IS_ALERT, True)  # noqa: FBT003 - Qt's own signature
    _tell_alerts()


@cache
def _tell_alerts() -> None:
    QAccessible.installFactory(_alert)


def _alert(_: str, asked: QObject | None) -> QAccessibleInterface | None:
    if isinstance(asked, QWidget) and asked.property(_IS_ALERT):
        return QAccessibleWidget(asked, QAccessible.Role.AlertMessage)
    return None
