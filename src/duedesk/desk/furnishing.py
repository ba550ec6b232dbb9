"""What the desk is furnished with behind its first painting: look, tasks, books; and what is written down of it."""

import gc
import logging
import sys
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler

from duedesk.desk.application import application
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


def open_window(world: World, location: str | None, folder: Path, log_file: Path) -> MainWindow:
    """Show a window that is furnished at once, and begin to open the book behind it."""
    window = MainWindow()
    furnish(window, world, location, folder, log_file)
    return window


def furnish(window: MainWindow, world: World, location: str | None, folder: Path, log_file: Path) -> Tasks:
    """Put everything into the window, and begin to open the book behind it; give what works behind it."""
    app = application()
    settings = Settings(folder / "desk.ini")
    window.setStyleSheet("")
    theme = Theme(app, settings.look, app)
    tasks = Tasks()
    window.furnish(world, tasks, theme.look, settings)
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
    return tasks


def _fault_report(error: BaseException, world: World) -> Path | None:
    from duedesk.actions.fault_report import save_fault_report  # noqa: PLC0415 - needed on a bad day only

    return save_fault_report(error, world)


def log_to(folder: Path) -> Path:
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


def catch(window: MainWindow) -> None:
    """Write down what nobody catches."""
    sys.excepthook = partial(_uncaught, window)


def spare_searches(tasks: Tasks) -> None:
    """Let the search for garbage pass over what the desk is built of: it would stand still for 0.1 s every so often."""
    tasks.settled.connect(gc.freeze, Qt.ConnectionType.SingleShotConnection)


def hear_qt() -> None:
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
