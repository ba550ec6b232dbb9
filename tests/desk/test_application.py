"""The start: the window first, the book behind it, what goes wrong in words and in a file."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.small_book import Small
from duedesk.actions.recent import state_folder
from duedesk.desk import application as desk
from duedesk.desk import furnishing
from duedesk.desk.main_window import MainWindow
from duedesk.desk.settings import Settings
from duedesk.desk.theme import LookChoice
from duedesk.domain.world import World
from duedesk.store.book import Book


@pytest.fixture(autouse=True)
def same_log_after() -> Iterator[None]:
    logger = logging.getLogger("duedesk")
    before = list(logger.handlers)
    yield
    for handler in [one for one in logger.handlers if one not in before]:
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def open_window(qapp: QApplication, world: World, tmp_path: Path) -> Iterator[Any]:
    windows: list[MainWindow] = []

    def show(location: str | None) -> MainWindow:
        windows.append(furnishing.open_window(world, location, tmp_path, tmp_path / "duedesk.log"))
        return windows[-1]

    yield show
    for window in windows:
        window.close()
        window.deleteLater()


def test_the_window_is_there_before_the_book(open_window: Any, qtbot: QtBot, file_book: Book, small: Small) -> None:
    window = open_window(file_book.location)
    assert window.isVisible()
    assert window.workspace is None

    qtbot.waitUntil(lambda: window.page is not None and window.page.table.records.rowCount() == 6)
    assert window.frame.rail._book.text() == "book.duedesk"


def test_a_book_that_is_missing_is_told_in_words(open_window: Any, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(str(tmp_path / "gone.duedesk"))
    qtbot.waitUntil(lambda: bool(window.frame.notice.text))

    assert window.frame.notice.text.startswith(f"There is no book {tmp_path / 'gone.duedesk'}.")
    assert window.page is None


def test_a_fault_of_the_program_is_written_down_and_named(open_window: Any, tmp_path: Path) -> None:
    window = open_window(str(tmp_path / "gone.duedesk"))
    window.broke.emit(ZeroDivisionError("division by zero"))
    report = next(state_folder().glob("fault-*.txt"))

    assert (
        window.frame.notice.text == f"Something went wrong that should not have. What happened is written in {report}."
    )
    assert "Traceback" not in window.frame.notice.text
    report.unlink()


def test_what_nobody_caught_reaches_the_notice(
    open_window: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_window(str(tmp_path / "gone.duedesk"))
    furnishing._uncaught(window, ValueError, ValueError("odd"), None)

    assert "Something went wrong" in window.frame.notice.text
    assert "nobody caught this" in caplog.text
    for report in state_folder().glob("fault-*.txt"):
        report.unlink()


def test_the_look_that_was_chosen_is_remembered(open_window: Any, tmp_path: Path, qapp: QApplication) -> None:
    window = open_window(str(tmp_path / "gone.duedesk"))
    window.look_asked.emit(LookChoice.DARK)
    window.close()

    assert Settings(tmp_path / "desk.ini").look is LookChoice.DARK
    assert qapp.palette().window().color().name().upper() == "#14181F"


def test_it_runs_until_it_is_closed(
    qapp: QApplication, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_book: Book, qtbot: QtBot
) -> None:
    def close() -> int:
        window = next(one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
        qtbot.waitUntil(lambda: window.page is not None)
        assert sys.excepthook is not sys.__excepthook__
        window.close()
        return 0

    monkeypatch.setattr(qapp, "exec", close)
    monkeypatch.setattr(desk, "application", lambda: qapp)
    for module in (desk, furnishing):
        monkeypatch.setattr(module, "qInstallMessageHandler", lambda _: None)
    hook = sys.excepthook

    assert desk.run(world, file_book.location, tmp_path / "state") == 0
    sys.excepthook = hook


def test_what_qt_says_goes_to_the_log(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    handlers: list[Any] = []
    monkeypatch.setattr(furnishing, "qInstallMessageHandler", handlers.append)
    furnishing.hear_qt()
    handlers[0](QtMsgType.QtWarningMsg, QMessageLogContext(), "a style sheet cannot be read")

    assert caplog.records[-1].levelname == "WARNING"
    assert caplog.records[-1].message == "a style sheet cannot be read"


def test_where_the_log_cannot_be_written_the_terminal_has_it(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")
    furnishing.log_to(tmp_path / "blocked")

    assert any(type(one) is logging.StreamHandler for one in logging.getLogger("duedesk").handlers)


def test_there_is_one_application(qapp: QApplication) -> None:
    assert desk.application() is qapp
    QTimer.singleShot(0, qapp.quit)
