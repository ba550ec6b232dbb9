"""The field a query is typed into: Enter runs, Shift+Enter breaks the line, the place of a fault is underlined."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duedesk.desk.widgets.query_field import QueryField, place_of
from duedesk.resources import Look, LookName, look


@pytest.fixture
def field(qtbot: QtBot, light: Look) -> QueryField:
    made = QueryField(light)
    qtbot.addWidget(made)
    made.show()
    return made


def underlined(field: QueryField) -> list[str]:
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    marks = []
    block = field.document().begin()
    while block.isValid():
        marks += [
            block.text()[one.start : one.start + one.length]
            for one in block.layout().formats()
            if one.format.underlineStyle() == wave
        ]
        block = block.next()
    return marks


def test_enter_runs_and_shift_enter_begins_a_line(field: QueryField, qtbot: QtBot) -> None:
    QTest.keyClicks(field, "SELECT Id")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "FROM Invoice")
    height = field.height()
    assert field.text == "SELECT Id\nFROM Invoice"
    with qtbot.waitSignal(field.run_asked):
        QTest.keyClick(field, Qt.Key.Key_Return)
    field.show_text("a\nb\nc\nd")
    assert field.height() > height
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("Invoice has no field “Balanc”, at character 8.", 7),
        ("At line 2, character 6 there is “Invoic” where a name should stand.", 15),
        ("At character 3 there is something.", 2),
        ("The condition is nested too deep.", None),
    ],
)
def test_a_fault_names_its_place(message: str, place: int | None) -> None:
    assert place_of("SELECT Id\nFROM Invoic", message) == place


def test_the_word_at_fault_is_underlined(field: QueryField) -> None:
    field.show_text("SELECT Balanc, Id FROM Invoice")
    field.mark("Invoice has no field “Balanc”, at character 8.")
    assert underlined(field) == ["Balanc"]

    field.mark("At character 31 there is the end where a name should stand.")
    assert underlined(field) == ["e"]
    field.set_look(look(LookName.DARK))
    field.mark("")
    assert underlined(field) == []
