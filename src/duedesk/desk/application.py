"""Starts the desk: the window first, the book behind it; it knows no page."""

import logging
import signal
import sys
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.opening import Opening
from duedesk.desk.settings import Settings
from duedesk.desk.theme import LookChoice, Theme
from duedesk.domain.errors import DuedeskError
from duedesk.domain.world import World

_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def application() -> QApplication:
    """Give the one QApplication, named as the system shall know it."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["duedesk"])
    app.setApplicationName("duedesk")
    app.setApplicationDisplayName("Duedesk")
    app.setDesktopFileName("duedesk")
    return app


def run(world: World, location: str | None, folder: Path) -> int:
    """Open the desk on a book, else on the one last opened, and stay until it is closed; give the exit code.

    `folder` keeps what the desk remembers of its shape, and the log.
    """
    log_file = _log_to(folder)
    app = application()
    window = open_window(app, world, location, folder, log_file)
    _hear_qt()
    sys.excepthook = partial(_uncaught, window)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler would wait for the window to wake up
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        qInstallMessageHandler(None)
        app.clipboard().clear()  # offscreen, what still owns the clipboard at exit crashes


def open_window(app: QApplication, world: World, location: str | None, folder: Path, log_file: Path) -> MainWindow:
    """Show the window, and begin to open the book behind it."""
    settings = Settings(folder / "desk.ini")
    theme = Theme(app, settings.look, app)
    tasks = Tasks()
    window = MainWindow(world, tasks, theme.look, settings)
    opening = Opening(window, tasks, world)

    def choose(choice: LookChoice) -> None:
        settings.look = choice
        theme.choose(choice)

    def tell(error: BaseException) -> None:
        if isinstance(error, DuedeskError):
            window.tell(error.message, error.hint)
        else:
            place = _fault_report(error, world) or log_file
            window.tell("Something went wrong that should not have.", f"What happened is written in {place}.")

    theme.changed.connect(window.set_look)
    window.look_asked.connect(choose)
    window.open_asked.connect(opening.ask_and_open)
    window.sample_asked.connect(opening.ask_and_make_sample)
    window.import_asked.connect(lambda: opening.ask_and_import(window.workspace))
    window.dropped.connect(lambda files: opening.take(files, window.workspace))
    window.broke.connect(tell)
    opening.opened.connect(window.show_book)
    opening.go_asked.connect(window.go)
    opening.failed.connect(tell)
    tasks.broke.connect(tell)
    window.show()
    opening.open_last(location)
    return window


def _fault_report(error: BaseException, world: World) -> Path | None:
    from duedesk.actions.fault_report import save_fault_report  # noqa: PLC0415 - needed on a bad day only

    return save_fault_report(error, world)


def _log_to(folder: Path) -> Path:
    """Write what goes wrong to a file of the user's, and give it; without the folder it goes to the terminal."""
    file = folder / "duedesk.log"
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("duedesk")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file


def _hear_qt() -> None:
    """Write down what Qt says."""

    def from_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG001 - Qt's signature
        logging.getLogger("duedesk.qt").log(_LEVELS.get(kind, logging.WARNING), message)

    qInstallMessageHandler(from_qt)


def _uncaught(window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write down what nobody caught, and tell the reader."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.error("nobody caught this", exc_info=(kind, error, trace))
    window.broke.emit(error)
