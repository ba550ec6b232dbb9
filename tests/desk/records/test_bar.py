"""The bar of a record's commands: what is barred says why, and what has no room is left to the menu."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from duedesk.desk.page import PageCommand
from duedesk.desk.records.bar import CommandBar
from duedesk.resources import Look


def command(text: str, reason: str = "") -> PageCommand:
    return PageCommand(text, lambda: None, (text[0],), barred=lambda: reason)


def test_what_has_no_room_is_left_to_the_menu(qtbot: QtBot, light: Look) -> None:
    bar = CommandBar()
    qtbot.addWidget(bar)
    bar.resize(260, 28)
    bar.show()
    bar.show_commands([command(f"Verb number {n}") for n in range(4)], command("Back"))

    def seen() -> list[str]:
        QApplication.processEvents()
        return [words for words in bar.words if (made := bar.button(words)) is not None and made.isVisible()]

    assert seen() == ["Verb number 0", "Back"]
    bar.resize(900, 28)
    assert len(seen()) == 5


def test_what_is_barred_says_why(qtbot: QtBot, light: Look) -> None:
    bar = CommandBar()
    qtbot.addWidget(bar)
    bar.show_commands([command("Void", "that takes Finance")], None, primary="Void")
    void = bar.button("Void")

    assert void is not None
    assert not void.isEnabled()
    assert "that takes Finance" in void.toolTip()
