"""The bar above the aging: what is typed becomes a request, or a sentence."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk.pages.aging.conftest import AS_OF
from duedesk.desk.pages.aging.bar import AgingBar, read_buckets
from duedesk.domain.aging import AgingRequest, Basis, Buckets
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import OWNER


@pytest.fixture
def bar(qtbot: QtBot) -> AgingBar:
    made = AgingBar(AgingRequest(AS_OF))
    qtbot.addWidget(made)
    made.resize(1200, 40)
    made.show()
    made.set_currencies(("USD", "EUR"))
    return made


@pytest.mark.parametrize("text", ["30 · 60 · 90", "30,60,90", " 30 60  90 ", "30/60/90", "30-60-90"])
def test_buckets_are_read_however_they_are_parted(text: str) -> None:
    assert read_buckets(text) == Buckets((30, 60, 90))


@pytest.mark.parametrize("text", ["", "ninety", "60 30", "0 30", "30 · 999999"])
def test_what_is_no_list_of_days_is_refused(text: str) -> None:
    with pytest.raises(RequestError):
        read_buckets(text)


def test_typed_buckets_are_asked_for(qtbot: QtBot, bar: AgingBar) -> None:
    _retype(bar, "10 20")

    with qtbot.waitSignal(bar.asked) as asked:
        QTest.keyClick(bar.buckets, Qt.Key.Key_Return)

    assert asked.args == [AgingRequest(AS_OF, buckets=Buckets((10, 20)))]
    assert bar.buckets.text() == "10 · 20"


def test_what_is_typed_wrong_is_told_and_asks_nothing(qtbot: QtBot, bar: AgingBar) -> None:
    _retype(bar, "60 30")
    with qtbot.assertNotEmitted(bar.asked):
        QTest.keyClick(bar.buckets, Qt.Key.Key_Return)

    assert bar.wrong.isVisible()
    assert bar.wrong.text() == "Buckets 60,30 do not grow. Give upper ends in days, such as 30,60,90."

    _retype(bar, "30 60")
    QTest.keyClick(bar.buckets, Qt.Key.Key_Return)
    assert bar.wrong.isHidden()


def test_chips_choose_rows_and_age(qtbot: QtBot, bar: AgingBar) -> None:
    QTest.mouseClick(bar.by.chips[OWNER], Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.basis[Basis.INVOICE], Qt.MouseButton.LeftButton)

    assert bar.request == AgingRequest(AS_OF, by=(OWNER,), basis=Basis.INVOICE)
    assert [by for by, pressed in bar.by.chips.items() if pressed.isChecked()] == [OWNER]


def test_a_currency_is_chosen_from_those_of_the_book(qtbot: QtBot, bar: AgingBar) -> None:
    menu = bar.choices()
    assert [action.text() for action in menu.actions()] == ["All", "EUR", "USD", "", "All, in EUR", "All, in USD"]

    menu.actions()[2].trigger()
    menu.deleteLater()

    assert bar.request.currency == "USD"
    assert bar.currency.text().startswith("USD")


def test_a_precise_moment_that_came_with_a_request_is_kept(qtbot: QtBot, bar: AgingBar) -> None:
    request = AgingRequest(AS_OF, datetime(2026, 11, 2, 14, 30, 12, tzinfo=UTC))
    bar.set_request(request)

    _retype(bar, "30 60")
    QTest.keyClick(bar.buckets, Qt.Key.Key_Return)

    assert bar.request.known_on == request.known_on


def _retype(bar: AgingBar, text: str) -> None:
    bar.buckets.selectAll()
    QTest.keyClicks(bar.buckets, text)
