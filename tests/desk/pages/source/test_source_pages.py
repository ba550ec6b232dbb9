"""A payment and a credit memo on the screen: what is left of them, where they were put, and where each row leads."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from build import Builder
from desk.waiting import Settled
from duedesk.desk.navigation import GoBack, ShowAccount, ShowInvoice
from duedesk.desk.page import Desk
from duedesk.desk.pages.source.content import APPLIED, DETAILS, LINES, REFUNDS
from duedesk.desk.pages.source.memo_page import CreditMemoPage
from duedesk.desk.pages.source.payment_page import PaymentPage
from duedesk.domain.objects import CATALOG
from duedesk.store.book import Book

AS_OF = date(2026, 11, 23)

Shown = TypeVar("Shown", PaymentPage, CreditMemoPage)


@dataclass
class Story:
    """The keys of the records in the book."""

    acme: int
    first: int
    second: int
    money: int
    memo: int


@pytest.fixture
def story(file_book: Book) -> Story:
    with file_book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme & Söhne <b>GmbH</b>", "D-100")
        first = build.invoice("INV-1", acme, "1000.00", on="2026-07-21")
        second = build.invoice("INV-2", acme, "80.00", on="2026-09-01")
        money = build.payment(acme, "500.00", on="2026-10-01", number="PAY-1")
        put = build.apply(first, "300.00", on="2026-10-01", account=acme, payment=money)
        build.apply(second, "80.00", on="2026-10-02", account=acme, payment=money)
        build.apply(first, "100.00", on="2026-11-01", account=acme, payment=money, takes_back=put)
        memo = build.credit_memo(acme, "50.00", on="2026-10-10", number="CM-1")
        build.apply(first, "50.00", on="2026-10-10", account=acme, credit_memo=memo)
        build.settle()
    return Story(acme, first, second, money, memo)


@pytest.fixture
def payments(qtbot: QtBot, desk: Desk) -> PaymentPage:
    return put_up(qtbot, PaymentPage(desk, AS_OF))


@pytest.fixture
def memos(qtbot: QtBot, desk: Desk) -> CreditMemoPage:
    return put_up(qtbot, CreditMemoPage(desk, AS_OF))


def put_up(qtbot: QtBot, page: Shown) -> Shown:
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


def rows(page: PaymentPage | CreditMemoPage, tab: str) -> list[tuple[str, ...]]:
    return [row.texts for row in page.tabs.called(tab).sheet.rows]


def test_a_payment_says_what_is_left_and_where_the_rest_is(
    payments: PaymentPage, story: Story, settled: Settled
) -> None:
    payments.show_record(story.money)
    settled()

    assert payments.head.number.text() == "PAY-1"
    assert payments.head.balance.text() == "220.00 EUR"
    assert payments.head.account.words == "Acme & Söhne <b>GmbH</b>  D-100"
    assert (payments.head.fact("Amount"), payments.head.fact("Applied")) == ("500.00 EUR", "280.00 EUR")
    assert [(row[1], row[2], row[5], row[6]) for row in rows(payments, APPLIED)] == [
        ("Applied", "INV-1", "300.00", "200.00"),
        ("Applied", "INV-2", "80.00", "120.00"),
        ("Unapplied", "INV-1", "−100.00", "220.00"),
    ]


def test_a_payment_as_it_stood_before_it_was_unapplied(payments: PaymentPage, story: Story, settled: Settled) -> None:
    payments.show_record(story.money)
    payments.stand_on(date(2026, 10, 15), None)
    settled()

    assert payments.head.balance.text() == "120.00 EUR"
    assert len(rows(payments, APPLIED)) == 2


def test_tabs_that_would_be_empty_are_not_there(
    payments: PaymentPage, memos: CreditMemoPage, story: Story, settled: Settled
) -> None:
    payments.show_record(story.money)
    memos.show_record(story.memo)
    settled()

    def shown(page: PaymentPage | CreditMemoPage) -> list[str]:
        return [name for at, name in enumerate(page.tabs.names) if page.tabs.bar.isTabVisible(at)]

    assert shown(payments) == [APPLIED, "History", DETAILS]
    assert shown(memos) == [APPLIED, LINES, "History", DETAILS]
    assert REFUNDS not in shown(payments)


@pytest.mark.parametrize("way", ["click", "enter"])
def test_a_row_leads_to_its_invoice(
    qtbot: QtBot, payments: PaymentPage, story: Story, settled: Settled, way: str
) -> None:
    payments.show_record(story.money)
    settled()
    table = payments.tabs.called(APPLIED).table
    index = table.records.index(1, 2)

    with qtbot.waitSignal(payments.navigated) as went:
        if way == "click":
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
        else:
            table.setCurrentIndex(table.records.index(1, 0))
            QTest.keyClick(table, Qt.Key.Key_Return)

    assert went.args == [ShowInvoice(story.second, AS_OF)]


def test_a_memo_leads_to_its_account_and_back(
    qtbot: QtBot, memos: CreditMemoPage, story: Story, settled: Settled
) -> None:
    memos.show_record(story.memo)
    settled()

    with qtbot.waitSignal(memos.navigated) as to_account:
        QTest.mouseClick(memos.head.account, Qt.MouseButton.LeftButton)
    back = memos.bar.button("Back")
    assert isinstance(back, QPushButton)
    with qtbot.waitSignal(memos.navigated) as went_back:
        QTest.mouseClick(back, Qt.MouseButton.LeftButton)

    assert to_account.args == [ShowAccount(story.acme, AS_OF)]
    assert went_back.args == [GoBack()]
    assert memos.head.due.text() == "wholly applied"


def test_details_hold_every_field_of_the_catalogue(
    payments: PaymentPage, memos: CreditMemoPage, story: Story, settled: Settled
) -> None:
    payments.show_record(story.money)
    memos.show_record(story.memo)
    settled()

    for page, name in ((payments, "Payment"), (memos, "CreditMemo")):
        assert [row[2] for row in rows(page, DETAILS)] == [field.name for field in CATALOG.object(name).read_fields]


def test_one_that_is_gone_is_told(payments: PaymentPage, story: Story, settled: Settled) -> None:
    payments.show_record(9999)
    settled()

    assert payments.stack.currentWidget() is payments.missing
