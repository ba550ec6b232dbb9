"""Waiting for the book's answers by the desk's own signal, never by the clock."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from duedesk.desk.background import Tasks

PATIENCE_MS = 60_000
"""How long a test waits for what never comes: on a busy machine what does come may take its time."""


class PatientBot(QtBot):
    """A robot that waits alike wherever it waits; what comes at once costs nothing."""

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **asked: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **asked)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802
        return super().waitActive(widget, timeout=timeout)


class Settled:
    """Waits until nothing is under way and all that was asked for has been shown."""

    def __init__(self, qtbot: QtBot, tasks: Tasks) -> None:
        self._qtbot = qtbot
        self._tasks = tasks

    def __call__(self) -> None:
        QApplication.processEvents()
        while not self._tasks.is_idle():
            with self._qtbot.waitSignal(self._tasks.settled):
                pass
            QApplication.processEvents()
