"""An account on the screen: what it owes in each currency, what is not applied, and where each row leads."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from build import Builder
from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import ShowInvoice, ShowInvoices, ShowLetter, ShowPayment
from duedesk.desk.page import Desk
from duedesk.desk.pages.account.content import OPEN, RECEIVED, UNAPPLIED
from duedesk.desk.pages.account.page import AccountPage
from duedesk.desk.verbs.ask import AskPanel
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.store.book import Book
from duedesk.store.queries.lists import listing


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> AccountPage:
    made = AccountPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def rows(page: AccountPage, tab: str) -> list[tuple[str, ...]]:
    return [row.texts for row in page.tabs.called(tab).sheet.rows]


def test_the_head_says_what_is_owed_by_age(page: AccountPage, small: Small, settled: Settled) -> None:
    page.show_record(small.tromso)
    settled()

    assert (page.head.number.text(), page.head.account.words) == ("C-20", "Tromsø Fisk AS")
    assert page.head.balance.text() == "17,130.40 EUR"
    assert page.head.due.text() == "16,650.40 EUR overdue"
    assert (page.head.fact("Not due"), page.head.fact("Over 90")) == ("480.00", "15,400.00")
    assert [(row[0], row[3], row[5]) for row in rows(page, OPEN)] == [
        ("INV-001", "95 d", "15,400.00"),
        ("INV-003", "23 d", "1,250.40"),
        ("INV-005", "in 20 d", "480.00"),
    ]


def test_money_that_is_not_applied_lowers_the_balance(
    page: AccountPage, small: Small, file_book: Book, settled: Settled
) -> None:
    with file_book.writing() as connection:
        build = Builder(connection)
        build.payment(small.tromso, "130.40", on="2026-11-20", number="PAY-9")
        build.settle()

    page.show_record(small.tromso)
    settled()
    assert page.head.balance.text() == "17,000.00 EUR"
    assert page.head.fact("Not applied") == "−130.40"
    assert [(row[1], row[2], row[5]) for row in rows(page, UNAPPLIED)] == [("Payment", "PAY-9", "130.40")]

    page.stand_on(date(2026, 11, 19), None)
    settled()
    assert page.head.balance.text() == "17,130.40 EUR"
    assert not page.tabs.bar.isTabVisible(1)


def test_currencies_are_not_added_together(page: AccountPage, small: Small, settled: Settled) -> None:
    page.show_record(small.harbor)
    settled()

    assert page.head.balance.text() == "356.07 USD"
    assert [(row[1], row[4], row[5]) for row in rows(page, RECEIVED)] == [
        ("Payment", "384.12", "0.00"),
        ("Payment", "80.00", "0.00"),
    ]


def test_rows_and_commands_lead_on(
    qtbot: QtBot, page: AccountPage, small: Small, settled: Settled, workspace: Workspace
) -> None:
    page.show_record(small.tromso)
    settled()
    went: list[object] = []
    page.navigated.connect(went.append)
    table = page.tabs.called(OPEN).table
    by_key = {key: command for command in page.commands() for key in command.keys}

    table.setCurrentIndex(table.records.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    by_key["L"].run()
    by_key["I"].run()

    assert went[:2] == [ShowInvoice(small.late, AS_OF), ShowLetter(small.tromso, AS_OF)]
    listed = went[2]
    assert isinstance(listed, ShowInvoices)
    assert listed.asked is not None
    assert workspace.ask(listing.count, listed.asked) == 3


def test_a_payment_of_the_account_is_a_key_away(page: AccountPage, small: Small, settled: Settled) -> None:
    page.show_record(small.harbor)
    settled()
    went: list[object] = []
    page.navigated.connect(went.append)
    page.tabs.bring(RECEIVED)
    table = page.tabs.called(RECEIVED).table

    table.setCurrentIndex(table.records.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)

    assert isinstance(went[0], ShowPayment)


def test_the_account_is_given_a_dunning_policy(
    page: AccountPage, small: Small, workspace: Workspace, settled: Settled
) -> None:
    page.show_record(small.harbor)
    settled()
    next(one for one in page.commands() if "G" in one.keys).run()
    settled()
    panel = page.panel
    assert isinstance(panel, AskPanel)
    assert isinstance(panel.reason, Choice)
    panel.reason.setCurrentText("standard")
    panel.do()
    settled()
    asked = Filter(AS_OF, object="Account", where=Compare("DunningPolicy.Name", Operator.EQ, "Standard"))
    assert list(workspace.ask(listing.keys, asked)) == [small.harbor]


def test_an_account_without_a_debt(page: AccountPage, file_book: Book, settled: Settled) -> None:
    with file_book.writing() as connection:
        key = Builder(connection).account("Quiet Ltd")

    page.show_record(key)
    settled()

    assert (page.head.balance.text(), page.head.number.text()) == ("Nothing open", "No number")
    assert page.tabs.called(OPEN).currentWidget() is not page.tabs.called(OPEN).table
