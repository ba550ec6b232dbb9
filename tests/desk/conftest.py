"""What every test of the desk stands on: the look, work behind the window, a small book, and a guard against SQL.

No SQL may run on the window's thread from code of the desk: a slow disk would freeze the window.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from desk.guard import refuse_on_the_windows_thread
from desk.small_book import Small, put_small_book
from desk.waiting import PatientBot, Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.page import Desk
from duedesk.desk.router import reachable
from duedesk.desk.settings import Settings
from duedesk.desk.style_sheet import style_sheet
from duedesk.desk.theme import dress
from duedesk.domain.world import World
from duedesk.resources import Look, LookName, look
from duedesk.store.book import Book

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A screen that is none cannot do all that a window asks of it, and says so."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def no_sql_on_the_windows_thread() -> Iterator[None]:
    """Fail whatever of the desk runs SQL on the window's thread."""
    event.listen(Engine, "before_cursor_execute", refuse_on_the_windows_thread)
    yield
    event.remove(Engine, "before_cursor_execute", refuse_on_the_windows_thread)


@pytest.fixture(autouse=True)
def clear_clipboard() -> Iterator[None]:
    """Leave nothing on the clipboard: without a screen, its owner crashes at exit."""
    yield
    if isinstance(QGuiApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """A robot at the window that is patient."""
    return PatientBot(request)


@pytest.fixture
def light(qapp: QApplication) -> Look:
    """The light look, put on."""
    shown = look(LookName.LIGHT)
    if qapp.styleSheet() != style_sheet(shown):  # dressing takes a while, and most tests find it done
        dress(qapp, shown)
    return shown


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Work behind the window."""
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def small(file_book: Book) -> Small:
    """The small book."""
    return put_small_book(file_book)


@pytest.fixture
def workspace(file_book: Book, world: World) -> Workspace:
    """The book of the test, and the world that stands still."""
    return Workspace(file_book, world)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Nothing remembered yet."""
    return Settings(tmp_path / "desk.ini")


@pytest.fixture
def desk(workspace: Workspace, tasks: Tasks, light: Look, settings: Settings) -> Desk:
    """A desk from which every page can be reached."""
    return Desk(workspace, tasks, light, settings, reachable())


@pytest.fixture
def settled(qtbot: QtBot, tasks: Tasks) -> Settled:
    """A wait for the book's answers."""
    return Settled(qtbot, tasks)


@pytest.fixture
def window(
    qtbot: QtBot,
    world: World,
    tasks: Tasks,
    light: Look,
    settings: Settings,
    workspace: Workspace,
    small: Small,
    settled: Settled,
) -> MainWindow:
    """A window over the small book."""
    made = MainWindow(world, tasks, light, settings)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitActive(made)
    made.show_book(workspace)
    settled()
    return made
