"""Commands that cannot be given now say why, in the menu and when their key is pressed; what is said has two tones."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from desk.small_book import Small
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.menus import Command, Menus, command_menu
from duedesk.desk.page import PageCommand
from duedesk.desk.settings import Settings
from duedesk.domain.errors import Cancelled, RequestError
from duedesk.domain.world import World
from duedesk.resources import Look


class Drawer:
    """A window with a menu of one page command that can be barred."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.told: list[str] = []
        self.posted = 0
        self.why = ""
        self.menus = Menus(self.window, self.told.append)
        self.menus.build([Command("&Go", "&Back", lambda: None)])
        self.command = PageCommand("&Post…", self.post, ("P",), barred=lambda: self.why, follows_rule=True)
        self.menus.show_page_commands([PageCommand("&Open", lambda: None, heard="Enter"), self.command])
        self.window.show()
        qtbot.waitActive(self.window)

    def post(self) -> None:
        self.posted += 1

    @property
    def menu(self) -> QMenu:
        return self.menus._menus["&Actions"]

    def action(self) -> QAction:
        return self.menu.actions()[-1]


@pytest.fixture
def drawer(qtbot: QtBot) -> Drawer:
    return Drawer(qtbot)


def test_a_barred_command_says_why_while_its_menu_is_open(drawer: Drawer) -> None:
    drawer.why = "no draft is selected"
    drawer.menu.aboutToShow.emit()
    assert drawer.action().text() == "&Post…  –  no draft is selected"
    assert not drawer.action().isEnabled()
    assert drawer.menu.actions()[0].isEnabled()

    drawer.menu.aboutToHide.emit()
    assert drawer.action().text() == "&Post…"
    assert drawer.action().isEnabled()
    assert drawer.menu.actions()[1].isSeparator()


def test_the_key_of_a_barred_command_tells_why(drawer: Drawer) -> None:
    drawer.why = "no draft is selected"
    QTest.keyClick(drawer.window, Qt.Key.Key_P)
    assert drawer.told == ["Post: no draft is selected."]
    assert drawer.posted == 0

    drawer.why = ""
    QTest.keyClick(drawer.window, Qt.Key.Key_P)
    assert drawer.posted == 1
    assert drawer.told[-1] == "", "what was said of the one before is taken away"


def test_a_menu_at_the_mouse_bars_too_and_shows_keys(drawer: Drawer) -> None:
    drawer.why = "no draft is selected"
    menu = command_menu(drawer.window, [drawer.command])
    action = menu.actions()[-1]

    assert action.text() == "&Post…  –  no draft is selected\tP"
    assert not action.isEnabled()
    action.trigger()
    assert drawer.posted == 0
    menu.deleteLater()
    QApplication.processEvents()


def test_what_was_done_and_what_failed_are_told_apart(
    qtbot: QtBot,
    world: World,
    tasks: Tasks,
    light: Look,
    settings: Settings,
    workspace: Workspace,
    small: Small,
    settled: Settled,
) -> None:
    window = MainWindow(world, tasks, light, settings)
    qtbot.addWidget(window)
    window.show_book(workspace)
    settled()
    page = window.page
    assert page is not None
    notice = window.frame.notice

    page.say_done("12 invoices posted.")
    assert notice.text == "12 invoices posted."
    assert {label.property("role") for label in notice.findChildren(QLabel)} == {"text", "quiet"}

    page.say_failed(Cancelled())
    assert notice.text == "12 invoices posted."

    page.say_failed(RequestError("INV-1 is posted.", "Void it."))
    assert notice.text == "INV-1 is posted. Void it."
    assert {label.property("role") for label in notice.findChildren(QLabel)} == {"overdue", "text"}
