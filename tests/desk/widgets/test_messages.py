"""Boxes and the list of keys: plain text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from duedesk.desk.widgets.key_list import KeyGroup, show_keys
from duedesk.desk.widgets.messages import tell


def test_a_box_shows_markup_as_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    tell(parent, "About", "<b>Duedesk</b>")
    box = parent.findChild(QMessageBox)

    assert box is not None
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.close()


def test_the_list_of_keys_says_where_each_works(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    groups = (
        KeyGroup("Everywhere", (("F5", "Refresh"),)),
        KeyGroup("Here", ()),
        KeyGroup("In a list", (("Enter", "open"),)),
    )
    dialog = show_keys(parent, groups)

    assert [label.text() for label in dialog.findChildren(QLabel)] == [
        "Everywhere",
        "F5",
        "Refresh",
        "In a list",
        "Enter",
        "open",
    ]
    dialog.close()
