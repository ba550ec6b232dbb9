"""The search that offers accounts: one question after a pause, and the account that is chosen instead of text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk.waiting import Settled
from duedesk.desk.background import Tasks
from duedesk.desk.widgets.account_search import AccountSearch
from duedesk.resources import Look
from duedesk.store.queries.accounts import AccountRow

HARBOR = AccountRow(1, "Harbor & Finch Ltd", "C-10", "United Kingdom")
HAVN = AccountRow(2, "Havn AS", "", "")


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def search(qtbot: QtBot, light: Look, tasks: Tasks, asked: list[str]) -> AccountSearch:
    def suggest(text: str) -> tuple[AccountRow, ...]:
        asked.append(text)
        return (HARBOR, HAVN) if text.startswith("ha") else ()

    made = AccountSearch(tasks, suggest)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.setFocus()
    return made


@pytest.fixture
def heard(search: AccountSearch) -> list[object]:
    said: list[object] = []
    search.searched.connect(said.append)
    search.account_chosen.connect(said.append)
    search.left.connect(lambda: said.append("left"))
    return said


def type_and_wait(search: AccountSearch, text: str, qtbot: QtBot, settled: Settled) -> None:
    with qtbot.waitSignal(search.searched):
        QTest.keyClicks(search, text)
    settled()


def test_typing_asks_once(
    search: AccountSearch, qtbot: QtBot, settled: Settled, asked: list[str], heard: list[object]
) -> None:
    type_and_wait(search, "har", qtbot, settled)

    assert asked == ["har"]
    assert heard == ["har"]


def test_accounts_are_offered_by_name_number_and_country(search: AccountSearch, qtbot: QtBot, settled: Settled) -> None:
    type_and_wait(search, "ha", qtbot, settled)

    assert search._popup.isVisible()
    assert search._names.stringList() == ["Harbor & Finch Ltd  ·  C-10  ·  United Kingdom", "Havn AS"]


def test_the_chosen_account_takes_the_place_of_the_text(
    search: AccountSearch, qtbot: QtBot, settled: Settled, heard: list[object]
) -> None:
    type_and_wait(search, "ha", qtbot, settled)
    QTest.keyClick(search._popup, Qt.Key.Key_Down)
    QTest.keyClick(search._popup, Qt.Key.Key_Return)

    assert heard == ["ha", HARBOR]
    assert search.text() == ""


def test_what_no_account_is_called_is_searched_for_all_the_same(
    search: AccountSearch, qtbot: QtBot, settled: Settled, heard: list[object]
) -> None:
    type_and_wait(search, "INV-003", qtbot, settled)

    assert not search._popup.isVisible()
    assert heard == ["INV-003"]


def test_enter_searches_at_once_and_goes_on_to_the_list(search: AccountSearch, heard: list[object]) -> None:
    QTest.keyClicks(search, "inv")
    QTest.keyClick(search, Qt.Key.Key_Return)

    assert heard == ["inv", "left"]


def test_enter_over_the_offer_keeps_the_text(
    search: AccountSearch, qtbot: QtBot, settled: Settled, heard: list[object]
) -> None:
    type_and_wait(search, "ha", qtbot, settled)
    QTest.keyClick(search._popup, Qt.Key.Key_Escape)
    QTest.keyClick(search, Qt.Key.Key_Return)

    assert heard == ["ha", "left"]
    assert search.text() == "ha"


def test_escape_clears_first_and_leaves_then(search: AccountSearch, heard: list[object]) -> None:
    QTest.keyClicks(search, "inv")
    QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    QTest.keyClick(search, Qt.Key.Key_Escape)

    assert heard == ["inv", "left", "", "left"]


def test_a_text_that_is_set_is_not_told(search: AccountSearch, heard: list[object]) -> None:
    search.set_search("inv")

    assert search.text() == "inv"
    assert heard == []


@pytest.mark.parametrize("to_popup", [True, False])
def test_down_and_enter_take_the_account_in_hand(
    search: AccountSearch, qtbot: QtBot, settled: Settled, heard: list[object], *, to_popup: bool
) -> None:
    search.has_list = False
    type_and_wait(search, "ha", qtbot, settled)
    keys = search._popup if to_popup else search
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(keys, key)

    assert heard == ["ha", HAVN]
    assert not search._popup.isVisible()


def test_keys_ahead_of_the_offer_hold_for_it(search: AccountSearch, settled: Settled, heard: list[object]) -> None:
    search.has_list = False
    for text in ("ha", "none"):
        QTest.keyClicks(search, text)
        QTest.keyClick(search, Qt.Key.Key_Down)
        QTest.keyClick(search, Qt.Key.Key_Return)
        settled()

    assert heard == ["ha", HARBOR, "none", "left"]
