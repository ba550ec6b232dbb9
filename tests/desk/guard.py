"""The guard against SQL on the window's thread: it looks at who called."""

import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject

_DESK = str(Path("src") / "duedesk" / "desk")


class SqlOnTheWindowsThreadError(AssertionError):
    """The desk asked the database while the window waited."""


def refuse_on_the_windows_thread(*_: Any) -> None:
    """Refuse SQL that a widget or another Qt object of the desk runs on the window's thread.

    A question that a test calls by itself is let through: it is made to run behind the window.
    """
    if threading.current_thread() is threading.main_thread() and _is_called_by_widget(sys._getframe()):
        raise SqlOnTheWindowsThreadError


def _is_called_by_widget(frame: FrameType | None) -> bool:
    while frame is not None:
        if _DESK in frame.f_code.co_filename and isinstance(frame.f_locals.get("self"), QObject):
            return True
        frame = frame.f_back
    return False
