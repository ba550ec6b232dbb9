"""The field for a day under the hand: keys step it, typing replaces it, nonsense does not stand."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from duedesk.desk.widgets.date_field import DateField
from duedesk.resources import Look

MONDAY, TODAY = date(2026, 11, 23), date(2027, 1, 5)


@pytest.fixture
def window(qtbot: QtBot, light: Look) -> QWidget:
    """A field among others, as in the window."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.addWidget(DateField(MONDAY, lambda: TODAY))
    line.addWidget(QLineEdit())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def field(window: QWidget) -> DateField:
    found = window.findChild(DateField)
    assert found is not None
    found.setFocus()
    return found


@pytest.fixture
def told(field: DateField) -> list[date]:
    days: list[date] = []
    field.day_changed.connect(days.append)
    return days


def test_it_shows_its_day_selected_so_that_typing_replaces_it(field: DateField) -> None:
    assert field.text() == "23 Nov 2026"
    assert field.selectedText() == "23 Nov 2026"


def test_keys_step_the_day_and_tell_it(field: DateField, told: list[date]) -> None:
    for key in "+]mt":
        QTest.keyClicks(field, key)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Down)

    assert told == [
        date(2026, 11, 24),
        date(2026, 12, 24),
        date(2026, 12, 1),
        TODAY,
        date(2027, 1, 6),
        TODAY,
    ]
    assert field.text() == "05 Jan 2027"


def test_a_typed_day_counts_at_enter(field: DateField, told: list[date]) -> None:
    QTest.keyClicks(field, "2026-07-05")
    assert told == []

    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [date(2026, 7, 5)]
    assert field.text() == "05 Jul 2026"


def test_a_minus_within_a_typed_day_is_typed(field: DateField, told: list[date]) -> None:
    QTest.keyClicks(field, "5-Mar-2026")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert told == [date(2026, 3, 5)]


def test_what_cannot_be_read_is_marked_and_does_not_stand(field: DateField, window: QWidget, told: list[date]) -> None:
    QTest.keyClicks(field, "31 Feb")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.property("wrong")

    other = window.findChildren(QLineEdit)[1]
    other.setFocus()
    assert field.text() == "23 Nov 2026"
    assert not field.property("wrong")
    assert told == []


def test_typing_on_takes_the_mark_away(field: DateField) -> None:
    QTest.keyClicks(field, "99")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.property("wrong")

    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert not field.property("wrong")


def test_escape_drops_what_was_typed(field: DateField, told: list[date]) -> None:
    QTest.keyClicks(field, "7")
    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert field.text() == "23 Nov 2026"
    assert told == []


def test_the_same_day_again_is_not_told(field: DateField, told: list[date]) -> None:
    QTest.keyClicks(field, "23")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert told == []


def test_its_letters_are_no_commands_of_the_window(window: QWidget, field: DateField, told: list[date]) -> None:
    heard: list[str] = []
    for key in ("T", "Esc", "Ctrl+D"):
        QShortcut(QKeySequence(key), window, lambda key=key: heard.append(key))
    QTest.keyClicks(field, "t")
    assert (heard, told) == ([], [TODAY])

    QTest.keyClicks(field, "7")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard == []  # it dropped what was typed
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["Esc", "Ctrl+D"]


def test_a_first_click_selects_the_day(window: QWidget, field: DateField) -> None:
    window.findChildren(QLineEdit)[1].setFocus()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)

    assert field.selectedText() == "23 Nov 2026"


@pytest.mark.parametrize("key", [Qt.Key.Key_F4, Qt.Key.Key_Down])
def test_the_calendar_gives_a_day(field: DateField, told: list[date], key: Qt.Key) -> None:
    alt = Qt.KeyboardModifier.AltModifier if key == Qt.Key.Key_Down else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(field, key, alt)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    calendar = menu.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 11, 23)

    calendar.clicked.emit(QDate(2026, 6, 30))
    assert told == [date(2026, 6, 30)]
    assert field.day == date(2026, 6, 30)


def test_a_day_that_is_set_is_not_told(field: DateField, told: list[date]) -> None:
    field.set_day(TODAY)

    assert field.text() == "05 Jan 2027"
    assert told == []
