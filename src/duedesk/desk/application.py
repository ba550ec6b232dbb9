"""Starts the desk: the bare window first, everything else behind its first painting; it knows no page."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from duedesk.desk.main_window import GEOMETRY, MainWindow

if TYPE_CHECKING:  # loaded behind the window
    from duedesk.domain.world import World

_AT_LATEST_MS = 1_000
"""How long a window that is never painted, being minimised, is waited for."""

_DARK_BELOW = 128
"""A window colour less light than this means that the system is dark."""


def application() -> QApplication:
    """Give the one QApplication, named as the system shall know it."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    app = QApplication(["duedesk"])
    app.setApplicationName("duedesk")
    app.setApplicationDisplayName("Duedesk")
    app.setDesktopFileName("duedesk")
    return app


def run(world: "World", location: str | None, folder: Path) -> int:
    """Open the desk on a book, else on the one last opened, and stay until it is closed; give the exit code.

    `folder` keeps what the desk remembers of its shape, and the log.
    """
    app = application()
    window = bare_window(app, folder)
    failed: list[Exception] = []
    window.painted.connect(lambda: _furnish(window, world, location, folder, failed))
    at_latest = QTimer(window)
    at_latest.setSingleShot(True)
    at_latest.timeout.connect(window.painted.emit)
    window.painted.connect(at_latest.stop)
    at_latest.start(_AT_LATEST_MS)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own handler would wait for the window to wake up
    try:
        code = app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        qInstallMessageHandler(None)
        app.clipboard().clear()  # offscreen, what still owns the clipboard at exit crashes
    if failed:
        raise failed[0]
    return code


def bare_window(app: QApplication, folder: Path) -> MainWindow:
    """Show the window in the shape and on the ground it had, with nothing in it yet."""
    kept = QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)
    window = MainWindow()
    shape = kept.value(GEOMETRY)
    if isinstance(shape, QByteArray):
        window.restoreGeometry(shape)
    # A palette would load all names of Qt, which takes 15 ms.
    window.setStyleSheet(f"QMainWindow {{ background: {_background(app, str(kept.value('window/look', '')))} }}")
    window.show()
    return window


def _background(app: QApplication, choice: str) -> str:
    """Give the colour behind everything; the whole of a look is read when the window is furnished."""
    from duedesk.resources import resource  # noqa: PLC0415 - it loads with the looks

    is_dark = app.palette().window().color().lightness() < _DARK_BELOW
    name = choice if choice in {"light", "dark"} else ("dark" if is_dark else "light")
    tokens = resource("looks", f"{name}.toml").read_text(encoding="utf-8")
    return tokens.partition('background = "')[2].partition('"')[0]


def _furnish(window: MainWindow, world: "World", location: str | None, folder: Path, failed: list[Exception]) -> None:
    """Furnish the window once it is painted; what fails ends the desk, and is told by whoever started it."""
    if window.is_furnished:
        return
    try:
        from duedesk.desk import furnishing  # noqa: PLC0415 - behind the first painting

        log_file = furnishing.log_to(folder)
        tasks = furnishing.furnish(window, world, location, folder, log_file)
        furnishing.hear_qt()
        furnishing.catch(window)
        furnishing.spare_searches(tasks)
    except Exception as error:  # noqa: BLE001 - it is raised again when Qt has let go
        failed.append(error)
        QApplication.exit(1)
