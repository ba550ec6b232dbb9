"""Waiting for the book's answers by the desk's own signal, never by the clock."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from duedesk.desk.background import Tasks


class Settled:
    """Waits until nothing is under way and all that was asked for has been shown."""

    def __init__(self, qtbot: QtBot, tasks: Tasks) -> None:
        self._qtbot = qtbot
        self._tasks = tasks

    def __call__(self) -> None:
        QApplication.processEvents()
        while not self._tasks.is_idle():
            with self._qtbot.waitSignal(self._tasks.settled, timeout=20_000):
                pass
            QApplication.processEvents()
