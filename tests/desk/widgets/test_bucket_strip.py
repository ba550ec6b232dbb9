"""The buckets of a debtor as a strip and as lines: their shares, their words, which one was meant."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from duedesk.desk.widgets.bucket_strip import BucketLine, BucketStrip
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.resources import Look, LookName, look

AMOUNTS = tuple(map(Decimal, ("480", "1250", "0", "0", "15400")))


@pytest.fixture
def strip(qtbot: QtBot, light: Look) -> BucketStrip:
    made = BucketStrip(light, DEFAULT_BUCKETS)
    qtbot.addWidget(made)
    made.resize(400, 8)
    made.set_amounts(AMOUNTS)
    made.show()
    return made


def test_each_bucket_has_its_share_of_the_whole(strip: BucketStrip) -> None:
    assert [(place, part.left(), part.width()) for place, part in strip._parts()] == [
        (0, 0, 11),
        (1, 11, 29),
        (4, 40, 360),
    ]


def test_colour_does_not_stand_alone(strip: BucketStrip) -> None:
    assert strip.accessibleName() == "Not due: 480, 1–30: 1250, Over 90: 15400"


def test_a_click_says_which_bucket_was_meant(strip: BucketStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.chosen) as chosen:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 4))
    assert chosen.args == [1]

    QTest.mouseMove(strip, QPoint(300, 4))
    assert strip.cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_it_is_drawn_in_the_colours_of_the_look(strip: BucketStrip) -> None:
    dark = look(LookName.DARK)
    strip.set_look(dark)

    assert strip.grab().toImage().pixelColor(200, 4) == QColor(dark.buckets[4])


@pytest.mark.parametrize("amounts", [(), (Decimal(0),) * 5, (Decimal(-5), *(Decimal(0),) * 4)])
def test_where_nothing_is_owed_there_is_no_part(qtbot: QtBot, light: Look, amounts: tuple[Decimal, ...]) -> None:
    strip = BucketStrip(light, DEFAULT_BUCKETS)
    qtbot.addWidget(strip)
    strip.resize(400, 8)
    if amounts:
        strip.set_amounts(amounts)
    with qtbot.assertNotEmitted(strip.chosen):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton)

    assert strip._parts() == []
    assert strip.grab().toImage().pixelColor(200, 4) == QColor(light.line)


def test_a_line_says_its_bucket_and_can_be_pressed(qtbot: QtBot, light: Look) -> None:
    line = BucketLine(light, 4, DEFAULT_BUCKETS)
    qtbot.addWidget(line)
    line.set_amount("15,400.00")
    line.resize(line.sizeHint())
    line.set_look(look(LookName.DARK))
    line.show()
    with qtbot.waitSignal(line.clicked):
        QTest.keyClick(line, Qt.Key.Key_Space)

    assert line.accessibleName() == "Over 90: 15,400.00"
    assert not line.grab().isNull()
