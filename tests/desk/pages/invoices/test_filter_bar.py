"""The bar under the hand: each control makes its narrowing, and every narrowing is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.desk.page import Desk
from duedesk.desk.pages.invoices.filter_bar import FilterBar
from duedesk.desk.pages.invoices.narrowing import EVERYTHING, Narrowing, State
from duedesk.desk.pages.invoices.quick_chips import FOLDS
from duedesk.domain.filters import OPEN, Filter
from duedesk.store.queries.accounts import AccountRow

WIDE_PAGE = 1232
"""Pixels of a page in a window of 1440."""

TROMSO = AccountRow(2, "Tromsø Fisk & <b>Sønner</b> AS", "C-20", "Norway")


@pytest.fixture
def bar(qtbot: QtBot, desk: Desk, small: Small) -> FilterBar:
    made = FilterBar(desk)
    qtbot.addWidget(made)
    made.resize(1100, 80)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def told(bar: FilterBar) -> list[Narrowing]:
    narrowings: list[Narrowing] = []
    bar.narrowed.connect(narrowings.append)
    return narrowings


def chips(bar: FilterBar) -> dict[str, QPushButton]:
    return {one.text(): one for one in bar.findChildren(QPushButton) if one.property("chip")}


def test_it_begins_with_what_is_open(bar: FilterBar) -> None:
    assert [text for text, one in chips(bar).items() if one.isChecked()] == ["Open"]
    assert bar._clear.isHidden()


def test_a_chip_is_on_or_off(bar: FilterBar, told: list[Narrowing]) -> None:
    chips(bar)["Overdue"].click()
    chips(bar)["Settled"].click()
    chips(bar)["Overdue"].click()

    assert [one.states for one in told] == [{State.OVERDUE}, {State.OVERDUE, State.SETTLED}, {State.SETTLED}]
    assert [text for text, one in chips(bar).items() if one.isChecked()] == ["Settled"]
    assert not bar._clear.isHidden()


def test_a_chip_is_reached_and_pressed_by_keys(bar: FilterBar, told: list[Narrowing]) -> None:
    chips(bar)["Open"].setFocus()
    QTest.keyClick(chips(bar)["Open"], Qt.Key.Key_Tab)
    assert chips(bar)["Overdue"].hasFocus()

    QTest.keyClick(chips(bar)["Overdue"], Qt.Key.Key_Space)
    assert told[-1].states == {State.OVERDUE}


def test_days_count_at_enter_or_after_a_pause(bar: FilterBar, told: list[Narrowing], qtbot: QtBot) -> None:
    QTest.keyClicks(bar._days_from, "31")
    QTest.keyClick(bar._days_from, Qt.Key.Key_Return)
    assert (told[-1].days_from, told[-1].days_to) == (31, None)

    with qtbot.waitSignal(bar.narrowed):
        QTest.keyClicks(bar._days_to, "60")
    assert (told[-1].days_from, told[-1].days_to) == (31, 60)
    assert len(told) == 2


def test_days_take_numbers_only(bar: FilterBar, told: list[Narrowing]) -> None:
    QTest.keyClicks(bar._days_from, "1x-e2")
    assert bar._days_from.text() == "12"

    bar._days_from.setText("-")
    bar._days_from.editingFinished.emit()
    assert told == []


def test_text_narrows(bar: FilterBar, told: list[Narrowing], settled: Settled) -> None:
    QTest.keyClicks(bar.search, "INV-003")
    QTest.keyClick(bar.search, Qt.Key.Key_Return)
    settled()

    assert told == [Narrowing(text="INV-003")]


def test_an_account_of_the_book_is_offered_and_becomes_a_chip(
    bar: FilterBar, told: list[Narrowing], qtbot: QtBot, settled: Settled, small: Small
) -> None:
    bar.search.setFocus()
    with qtbot.waitSignal(bar.narrowed):
        QTest.keyClicks(bar.search, "troms")
    settled()
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.search._popup, Qt.Key.Key_Down)
        QTest.keyClick(bar.search._popup, Qt.Key.Key_Return)

    assert told[-1] == Narrowing(account=AccountRow(small.tromso, "Tromsø Fisk AS", "C-20", ""))
    assert "Tromsø Fisk AS  ×" in chips(bar)


def test_what_a_click_elsewhere_asked_is_a_chip_that_can_be_taken_away(bar: FilterBar, told: list[Narrowing]) -> None:
    asked = Filter(AS_OF, where=OPEN)
    bar.set_narrowing(Narrowing(frozenset(), asked=asked, title="USD, 31–60 days"))
    assert told == []
    assert "USD, 31–60 days  ×" in chips(bar)

    chips(bar)["USD, 31–60 days  ×"].click()
    assert told == [EVERYTHING]
    assert bar._narrowed_to.isHidden()


def test_names_on_chips_are_text_and_not_endless(bar: FilterBar) -> None:
    bar.set_narrowing(Narrowing(account=TROMSO, asked=Filter(AS_OF), title="x" * 200))

    assert "Tromsø Fisk && <b>Sønner</b> AS  ×" in chips(bar)
    assert f"{'x' * 60}…  ×" in chips(bar)


def test_clearing_goes_back_to_what_is_open(bar: FilterBar, told: list[Narrowing]) -> None:
    bar.set_narrowing(Narrowing(frozenset({State.VOIDED}), 1, 120, TROMSO, "INV"))
    bar._clear.click()

    assert told == [Narrowing()]
    assert (bar._days_from.text(), bar._days_to.text(), bar.search.text()) == ("", "", "")


def test_every_narrowing_is_shown_whole(bar: FilterBar) -> None:
    shown = Narrowing(frozenset({State.SETTLED, State.DRAFTS}), -5, 120, TROMSO, "INV")
    bar.set_narrowing(shown)

    assert bar.narrowing == shown
    assert (bar._days_from.text(), bar._days_to.text(), bar.search.text()) == ("-5", "120", "INV")
    assert replace(shown, text="") != bar.narrowing


def test_the_search_gives_way_before_a_chip_is_cut(bar: FilterBar, qtbot: QtBot) -> None:
    bar.set_narrowing(Narrowing(frozenset({State.OVERDUE})))
    bar.name_view("Overdue in Norway")
    bar.resize(770, 80)
    qtbot.waitUntil(lambda: bar.chips.width() >= bar.chips.needed(FOLDS[-1]))
    assert all(one.width() >= one.sizeHint().width() for one in chips(bar).values() if one.isVisible())


def test_dunnable_has_a_chip_of_its_own_in_a_wide_window(bar: FilterBar, qtbot: QtBot) -> None:
    bar.resize(WIDE_PAGE, 80)
    for shown in (Narrowing(), Narrowing(frozenset({State.DUNNABLE}))):  # with “Clear”, and without it
        bar.set_narrowing(shown)
        qtbot.waitUntil(lambda: bar.chips.width() >= bar.chips.needed(FOLDS[3]))
        assert bar.chips.states[State.DUNNABLE].isVisible()
        assert all(one.width() >= one.sizeHint().width() for one in chips(bar).values() if one.isVisible())
