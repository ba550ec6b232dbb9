"""A timer for waits that are felt: what takes longer is told, what is quicker does not flicker; it stops no work."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

FELT_MS = 200
"""A wait longer than this is told."""


def felt_wait(owner: QObject, tell: Callable[[], None]) -> QTimer:
    """Make a timer to start with the work and to stop with its answer."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(FELT_MS)
    timer.timeout.connect(tell)
    return timer
