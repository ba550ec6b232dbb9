"""What is done with payments and credit memos on their pages, by panel and key, and what it leaves in the book."""

from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from build import Builder
from desk.waiting import Settled
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk
from duedesk.desk.pages.account.page import AccountPage
from duedesk.desk.pages.source.content import APPLIED, REFUNDS
from duedesk.desk.pages.source.memo_page import CreditMemoPage
from duedesk.desk.pages.source.payment_page import PaymentPage
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.apply import ApplyPanel
from duedesk.desk.verbs.ask import AskPanel
from duedesk.domain.credit_memo import MemoLine
from duedesk.store.book import Book

AS_OF = date(2026, 11, 23)


@pytest.fixture
def acme(file_book: Book) -> int:
    with file_book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "D-100")
        build.invoice("INV-1", acme, "300.00", on="2026-07-21")
        build.invoice("INV-2", acme, "100.00", on="2026-08-21")
        build.settle()
    return acme


@pytest.fixture
def payment(acme: int, workspace: Workspace) -> int:
    return receive_payment(workspace, PaymentDraft(acme, Decimal(350), "EUR", date(2026, 10, 1))).key


@pytest.fixture
def payments(qtbot: QtBot, desk: Desk) -> PaymentPage:
    page = PaymentPage(desk, AS_OF)
    put_up(qtbot, page)
    return page


@pytest.fixture
def memos(qtbot: QtBot, desk: Desk) -> CreditMemoPage:
    page = CreditMemoPage(desk, AS_OF)
    put_up(qtbot, page)
    return page


def put_up(qtbot: QtBot, page: OneRecordPage) -> None:  # type: ignore[type-arg] # of any record
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.desk.tasks.changed.connect(page.refresh)


def press(page: OneRecordPage, key: str) -> None:  # type: ignore[type-arg] # of any record
    next(command for command in page.commands() if key in command.keys).run()


def asking(page: OneRecordPage) -> AskPanel:  # type: ignore[type-arg] # of any record
    assert isinstance(page.panel, AskPanel)
    return page.panel


def test_a_payment_is_applied_oldest_first_and_taken_off_again(
    payments: PaymentPage, payment: int, settled: Settled
) -> None:
    payments.show_record(payment)
    settled()
    press(payments, "A")
    settled()
    panel = payments.panel
    assert isinstance(panel, ApplyPanel)
    assert panel.lists.paid == (Decimal(300), Decimal(50))
    panel.do()
    settled()
    assert payments.head.balance.text() == "0.00 EUR"

    payments.tabs.called(APPLIED).table.selectRow(1)
    press(payments, "U")
    panel_to_unapply = asking(payments)
    assert panel_to_unapply.title.text() == "Unapply from INV-2"
    panel_to_unapply.do()
    settled()
    assert payments.head.balance.text() == "50.00 EUR"


def test_money_is_given_back_and_the_refund_canceled(payments: PaymentPage, payment: int, settled: Settled) -> None:
    payments.show_record(payment)
    settled()
    press(payments, "R")
    panel = asking(payments)
    assert panel.amount is not None
    panel.amount.setText("400")
    panel.do()
    settled()
    assert "more than the 350.00 EUR unapplied" in panel.fault

    panel.amount.setText("100")
    panel.do()
    settled()
    assert payments.head.fact("Refunded") == "100.00 EUR"
    assert payments.head.balance.text() == "250.00 EUR"

    payments.tabs.bring(REFUNDS)
    payments.tabs.called(REFUNDS).table.selectRow(0)
    press(payments, "F")
    asking(payments).do()
    settled()
    assert payments.head.balance.text() == "350.00 EUR"


def test_a_bounced_payment_is_canceled(payments: PaymentPage, payment: int, settled: Settled) -> None:
    payments.show_record(payment)
    settled()
    press(payments, "X")
    assert asking(payments).says.text().startswith("As when a cheque bounced")
    asking(payments).do()
    settled()

    assert payments.head.pill.text == "Canceled"
    assert payments.head.due.text() == "Canceled on 23 Nov 2026"
    assert payments.offered() == ()


def test_a_draft_payment_is_processed(payments: PaymentPage, acme: int, workspace: Workspace, settled: Settled) -> None:
    draft = receive_payment(workspace, PaymentDraft(acme, Decimal(10), "EUR", status="Draft")).key
    payments.show_record(draft)
    settled()
    press(payments, "P")
    settled()

    assert payments.head.pill.text == "Processed"


def test_a_drafted_memo_is_posted_and_voided(
    memos: CreditMemoPage, acme: int, workspace: Workspace, settled: Settled
) -> None:
    memo = create_memo(workspace, MemoDraft((MemoLine(Decimal(40)),), account_key=acme, currency="EUR")).key
    memos.show_record(memo)
    settled()
    assert [command.keys[0] for command in memos.offered()] == ["P", "X"]
    press(memos, "P")
    asking(memos).do()
    settled()
    assert memos.head.pill.text == "Posted"

    press(memos, "V")
    asking(memos).do()
    assert "needs a reason" in asking(memos).fault
    reason = asking(memos).reason
    assert reason is not None
    reason.setText("Given twice")  # type: ignore[union-attr] # one line
    asking(memos).do()
    settled()
    assert memos.head.due.text() == "Voided on 23 Nov 2026: Given twice"


def test_an_account_applies_what_it_has_left(
    qtbot: QtBot, desk: Desk, acme: int, payment: int, settled: Settled
) -> None:
    page = AccountPage(desk, AS_OF)
    put_up(qtbot, page)
    page.show_record(acme)
    settled()
    press(page, "A")
    settled()
    panel = page.panel
    assert isinstance(panel, ApplyPanel)
    assert not panel.do_button.isEnabled()
    panel.fill_oldest_first()
    panel.do()
    settled()

    assert page.head.balance.text() == "50.00 EUR"
    assert "A" not in [key for command in page.commands() for key in command.keys]


def test_money_is_received_on_an_account(qtbot: QtBot, desk: Desk, acme: int, settled: Settled) -> None:
    page = AccountPage(desk, AS_OF)
    put_up(qtbot, page)
    page.show_record(acme)
    settled()
    press(page, "M")
    panel = asking(page)
    assert panel.amount is not None
    panel.do()
    assert panel.fault == "How much?"
    panel.amount.setText("75")
    panel.do()
    settled()

    assert page.head.fact("Not applied") == "−75.00"
    assert page.head.balance.text() == "325.00 EUR"
