"""Ctrl+Z says what it will do before it does it, does it behind the window, and is a field's own while one types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from desk.small_book import Small
from desk.waiting import Settled
from duedesk.actions.following.feed import add_note
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.settings import Settings
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.resources import Look
from duedesk.store.queries.records.feed import feed

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


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
    made = MainWindow(world, tasks, light, settings)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.show_book(workspace)
    settled()
    return made


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def boxes(window: MainWindow) -> list[QDialog]:
    return [one for one in window.findChildren(QDialog) if one.isVisible()]


def notes(workspace: Workspace, key: int) -> list[str]:
    return [one.text for one in workspace.ask(feed, key)]


def test_nothing_to_undo_is_said(window: MainWindow, settled: Settled) -> None:
    press(window, Key.Key_Z, CONTROL)
    settled()
    assert window.frame.notice.text == "There is nothing of yours to undo."
    press(window, Key.Key_Z, CONTROL | SHIFT)
    settled()
    assert window.frame.notice.text == "Nothing was undone last."
    assert boxes(window) == []


def test_it_says_what_it_will_do_then_does_it_and_can_do_it_again(
    window: MainWindow, workspace: Workspace, small: Small, settled: Settled, qtbot: QtBot
) -> None:
    add_note(workspace, small.part, "Called, pays on Friday")
    press(window, Key.Key_Z, CONTROL)
    settled()
    (box,) = boxes(window)
    texts = [label.text() for label in box.findChildren(QLabel)]
    assert texts[0] == "Undo: Note on invoice INV-002: Called, pays on Friday"
    assert notes(workspace, small.part) == ["Called, pays on Friday"]

    press(window, Key.Key_Return)
    settled()
    assert boxes(window) == []
    assert notes(workspace, small.part) == []
    assert window.frame.notice.text.startswith("Undone: Note on invoice INV-002: Called, pays on Friday.")

    with qtbot.waitActive(window):
        window.activateWindow()  # without a screen nobody does it when a box closes
    press(window, Key.Key_Y, CONTROL)
    settled()
    (box,) = boxes(window)
    QTest.keyClick(box, Key.Key_Return)
    settled()
    assert notes(workspace, small.part) == ["Called, pays on Friday"]
    assert window.frame.notice.text.startswith("Done again: ")


def test_esc_leaves_it(window: MainWindow, workspace: Workspace, small: Small, settled: Settled) -> None:
    add_note(workspace, small.part, "Called")
    press(window, Key.Key_Z, CONTROL)
    settled()
    (box,) = boxes(window)
    QTest.keyClick(box, Key.Key_Escape)
    settled()
    assert boxes(window) == []
    assert notes(workspace, small.part) == ["Called"]


def test_while_one_types_it_is_the_fields_own(
    window: MainWindow, workspace: Workspace, small: Small, settled: Settled
) -> None:
    add_note(workspace, small.part, "Called")
    window.find_anything()
    settled()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Key.Key_Z, CONTROL)
    settled()
    assert boxes(window) == []
    assert field.property("text") == ""


def test_the_menu_names_what_would_be_undone(
    window: MainWindow, workspace: Workspace, small: Small, settled: Settled
) -> None:
    add_note(workspace, small.part, "R&D called about a long letter that goes on and on and on and on")
    menu = window.menus.menu("&Edit")
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["&Undo…", "&Redo…"]
    settled()
    named = menu.actions()[0].text()
    assert named.startswith("&Undo: Note on invoice INV-002: R&&D called")
    assert named.endswith("…")
    assert menu.actions()[1].text() == "&Redo…"


def test_what_stands_in_the_way_is_said(
    window: MainWindow, workspace: Workspace, small: Small, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_note(workspace, small.part, "Called")

    def refuse(*_: object) -> None:
        raise RequestError("That is not the last thing done any more.", "Look again.")

    monkeypatch.setattr("duedesk.desk.undoing.undo", refuse)
    press(window, Key.Key_Z, CONTROL)
    settled()
    press(window, Key.Key_Return)
    settled()
    assert window.frame.notice.text == "That is not the last thing done any more. Look again."
