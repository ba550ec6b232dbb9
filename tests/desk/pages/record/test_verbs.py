"""The verbs of the record page: which are offered when, what their panels say, and what they leave in the book."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.pages.record.conftest import Ledger
from desk.waiting import Settled
from duedesk.actions.cash.write_off_limits import set_write_off_limit
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.desk.navigation import GoBack
from duedesk.desk.page import Said
from duedesk.desk.pages.record.page import RecordPage
from duedesk.desk.pages.record.sheets import MOVEMENTS
from duedesk.desk.verbs.apply import ApplyPanel
from duedesk.desk.verbs.ask import AskPanel
from duedesk.desk.verbs.credit import CreditPanel
from duedesk.desk.verbs.post import PostPanel

AS_OF = date(2026, 11, 23)
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(page: RecordPage, key: str) -> None:
    next(command for command in page.commands() if key in command.keys).run()


def keys(page: RecordPage) -> list[str]:
    return [command.keys[0] for command in page.offered()]


def balance(page: RecordPage) -> Decimal:
    assert page.record is not None
    return page.record.invoice.balance


def do_it(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Return, CONTROL)


def test_what_is_offered_depends_on_the_state(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.draft)
    settled()
    assert keys(opened) == ["E", "P", "X", "Del", "L", "N", "F"]
    assert opened.bar.words[:4] == ("Edit", "Post", "Cancel", "Delete")

    opened.show_record(ledger.late)
    settled()
    assert keys(opened) == ["A", "M", "C", "W", "D", "H", "G", "T", "V", "L", "Q", "N", "F"]


def test_a_draft_is_posted_with_two_keys(
    opened: RecordPage, ledger: Ledger, settled: Settled, said: list[Said]
) -> None:
    opened.show_record(ledger.draft)
    settled()
    press(opened, "P")
    settled()
    panel = opened.panel
    assert isinstance(panel, PostPanel)
    assert panel.shown["Total"] == "100.00 EUR"
    assert panel.shown["Due"].startswith("23 Nov 2026")
    assert "INV-2026-" in panel.shown["Number"]
    assert panel.converts.isHidden()

    do_it(panel.do_button)
    settled()

    assert opened.panel is None
    assert opened.record is not None
    assert (opened.record.invoice.status, opened.record.invoice.invoice_date) == ("Posted", AS_OF)
    assert [(one.done, "posted" in one.sentence) for one in said] == [(True, True)]
    assert keys(opened)[:4] == ["A", "M", "C", "W"]


def test_negative_lines_are_asked_about(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    lines = (LineDraft("Work", amount=Decimal(30)), LineDraft("Bottles returned", amount=Decimal(-50)))
    negative = create_draft(opened.desk.workspace, InvoiceDraft(ledger.acme, lines, currency="EUR"))
    opened.show_record(negative.key)
    settled()
    press(opened, "P")
    settled()
    panel = opened.panel
    assert isinstance(panel, PostPanel)
    assert panel.shown["Negative lines"] == "−50.00 EUR"
    panel.converts.setChecked(False)
    panel.do()
    settled()
    assert "nobody owes less than nothing" in panel.fault
    assert panel.do_button.isEnabled()

    panel.converts.setChecked(True)
    panel.do()
    settled()

    assert opened.record is not None
    assert (opened.record.invoice.status, opened.record.invoice.total) == ("Posted", Decimal(30))


def test_another_day_is_looked_at_before_posting(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    """Standing on a past day proposes that day, and the reader may take another."""
    opened.stand_on(date(2026, 10, 31), None)
    opened.show_record(ledger.draft)
    settled()
    press(opened, "P")
    settled()
    panel = opened.panel
    assert isinstance(panel, PostPanel)
    assert panel.day.day == date(2026, 10, 31)

    QTest.keyClicks(panel.day, "t")
    settled()

    assert panel.shown["Invoice date"] == "23 Nov 2026"


def test_voiding_says_what_comes_off_and_needs_a_reason(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.late)
    settled()
    press(opened, "V")
    settled()
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    assert panel.reason is not None

    do_it(panel.reason)
    assert "needs a reason" in panel.fault
    QTest.keyClicks(panel.reason, "Billed twice")
    do_it(panel.reason)
    settled()

    assert opened.record is not None
    assert opened.record.invoice.status == "Voided"
    assert opened.head.due.text() == "Voided on 23 Nov 2026: Billed twice"
    assert [step.what for step in opened.record.invoice.movements][-2:] == ["Payment unapplied", "Voided"]


def test_a_refusal_is_said_in_the_panel_and_what_was_typed_stays(
    opened: RecordPage, ledger: Ledger, settled: Settled
) -> None:
    opened.show_record(ledger.late)
    settled()
    press(opened, "V")
    settled()
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    assert panel.reason is not None
    assert panel.day is not None
    QTest.keyClicks(panel.reason, "Billed twice")
    panel.day.set_day(date(2026, 8, 1))
    panel.do()
    settled()

    assert opened.panel is panel
    assert panel.fault
    assert panel.do_button.isEnabled()
    assert opened.record is not None
    assert opened.record.invoice.status == "Posted"


def test_escape_leaves_the_panel_and_not_the_page(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.late)
    settled()
    went: list[object] = []
    opened.navigated.connect(went.append)
    press(opened, "W")
    assert opened.bar.button("Back") is None
    assert [command.text for command in opened.commands()] == ["Write off", "Leave"]

    QTest.keyClick(opened.tabs.table(0), Qt.Key.Key_Escape)

    assert opened.panel is None
    assert went == []
    assert opened.bar.button("Back") is not None


def test_typed_input_holds_the_page(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.late)
    settled()
    press(opened, "W")
    assert opened.can_leave()
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    assert panel.amount is not None
    panel.amount.setText("12")

    assert not opened.can_leave()
    assert "not done yet" in panel.fault


def test_writing_off_closes_the_rest(opened: RecordPage, ledger: Ledger, settled: Settled, said: list[Said]) -> None:
    opened.show_record(ledger.late)
    settled()
    press(opened, "W")
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    assert panel.amount is not None
    assert panel.amount.text() == "750.00"
    panel.amount.selectAll()
    QTest.keyClicks(panel.amount, "1.5x")
    panel.do()
    assert "no amount" in panel.fault

    panel.amount.setText("50,00")
    assert panel.reason is not None
    panel.reason.setFocus()
    QTest.keyClicks(panel.reason, "Goodwill")
    panel.do()
    settled()

    assert balance(opened) == Decimal(700)
    assert said[-1].sentence == "50.00 EUR of INV-1 written off."


def test_above_the_limit_another_person_decides(
    opened: RecordPage, ledger: Ledger, settled: Settled, said: list[Said]
) -> None:
    set_write_off_limit(opened.desk.workspace, "EUR", Decimal(100))
    opened.show_record(ledger.late)
    settled()
    press(opened, "W")
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    assert panel.reason is not None
    QTest.keyClicks(panel.reason, "Insolvency")
    panel.do()
    settled()

    assert balance(opened) == Decimal(750)
    assert said[-1].sentence == "750.00 EUR waits for approval."
    assert "asks to write off 750.00 EUR, Insolvency" in opened.head.remark.text()
    barred = {command.keys[0]: command.barred() for command in opened.offered()}
    assert barred["Y"] == "you asked for it yourself"
    assert barred["W"] == "a write-off waits for approval"

    press(opened, "J")
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    panel.do()
    settled()
    assert opened.record is not None
    assert opened.record.waiting is None
    assert "Y" not in keys(opened)


def test_a_credit_is_given_and_put_on_the_invoice(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.late)
    settled()
    press(opened, "C")
    panel = opened.panel
    assert isinstance(panel, CreditPanel)
    panel.amount.selectAll()
    QTest.keyClicks(panel.amount, "100")
    assert panel.tax.text() == "0.00"
    QTest.keyClicks(panel.reason, "Short delivery")
    do_it(panel.reason)
    settled()

    assert balance(opened) == Decimal(650)
    assert opened.record is not None
    assert opened.record.invoice.movements[-1].source == "CreditMemo"


def test_what_was_applied_is_taken_off_in_part(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.late)
    settled()
    assert "U" not in keys(opened)
    opened.tabs.bring(MOVEMENTS)
    opened.tabs.called(MOVEMENTS).table.selectRow(1)
    assert "U" in keys(opened)
    press(opened, "U")
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    assert panel.amount is not None
    panel.amount.setText("50")
    panel.do()
    settled()

    assert balance(opened) == Decimal(800)


def test_a_draft_is_deleted_and_the_reader_goes_back(
    qtbot: QtBot, opened: RecordPage, ledger: Ledger, settled: Settled
) -> None:
    opened.show_record(ledger.draft)
    settled()
    press(opened, "Del")
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    with qtbot.waitSignal(opened.navigated) as went:
        panel.do()
    settled()

    assert went.args == [GoBack()]


def test_canceled_and_reopened(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.draft)
    settled()
    press(opened, "X")
    assert isinstance(opened.panel, AskPanel)
    opened.panel.do()
    settled()
    assert opened.record is not None
    assert opened.record.invoice.status == "Canceled"
    assert keys(opened)[0] == "R"

    press(opened, "R")
    settled()
    assert opened.record.invoice.status == "Draft"


def test_payments_and_credits_are_applied_until_the_sides_meet(
    opened: RecordPage, ledger: Ledger, settled: Settled
) -> None:
    opened.show_record(ledger.late)
    settled()
    press(opened, "A")
    settled()
    panel = opened.panel
    assert isinstance(panel, ApplyPanel)
    assert panel.lists.used == (Decimal(500), Decimal(40))
    assert panel.lists.paid == (Decimal(540), Decimal(0))
    assert not opened.tabs.isVisibleTo(opened)

    do_it(panel.lists.sources)
    settled()

    assert balance(opened) == Decimal(210)
    assert opened.tabs.isVisibleTo(opened)


def test_money_is_received_and_put_on_the_invoice(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.late)
    settled()
    press(opened, "M")
    panel = opened.panel
    assert isinstance(panel, AskPanel)
    assert panel.amount is not None
    assert panel.amount.text() == "750.00"
    assert panel.check is not None
    panel.amount.setText("200")
    do_it(panel.amount)
    settled()

    assert balance(opened) == Decimal(550)


def test_nothing_is_left_to_apply(opened: RecordPage, ledger: Ledger, settled: Settled) -> None:
    opened.show_record(ledger.late)
    settled()
    for _ in range(2):
        press(opened, "A")
        settled()
        panel = opened.panel
        assert isinstance(panel, ApplyPanel)
        if panel.do_button.isEnabled():
            panel.do()
            settled()
    panel = opened.panel
    assert isinstance(panel, ApplyPanel)
    assert panel.sum_says.text() == "Nothing is left to be applied in EUR."
    assert not panel.do_button.isEnabled()
