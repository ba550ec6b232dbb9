"""One invoice on the screen: its figures, its tabs, where it leads, and what happens when it is not there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.pages.record.conftest import AS_OF, Story
from duedesk.desk.navigation import GoBack, ShowAccount, ShowInvoices, ShowLetter, ShowPayment
from duedesk.desk.page import Desk
from duedesk.desk.pages.record.head import DUE_DATE, INVOICE_DATE, TOTAL
from duedesk.desk.pages.record.page import RecordPage
from duedesk.desk.pages.record.sheets import remarks_of
from duedesk.desk.records.sheet import details_sheet
from duedesk.desk.records.tabs import Tabs
from duedesk.domain.changes import Changes
from duedesk.domain.objects import CATALOG
from duedesk.resources import LookName, look
from duedesk.store.queries.records.invoice import FieldValue
from duedesk.store.queries.records.whole_invoice import WholeInvoice, whole_invoice

LINES, PAYMENTS, INSTALMENTS, LETTERS, POSTS, HISTORY, DETAILS = range(7)


def shown(qtbot: QtBot, page: RecordPage, key: int) -> RecordPage:
    page.show_record(key)
    qtbot.waitUntil(page.desk.tasks.is_idle)
    return page


def bar_button(page: RecordPage, words: str) -> QPushButton:
    found = page.bar.button(words)
    assert found is not None
    return found


def texts(tabs: Tabs, place: int) -> list[tuple[str, ...]]:
    model = tabs.table(place).records
    rows = [model.row(at) for at in range(model.rowCount())]
    return [row.texts for row in rows if row is not None]


def test_the_head_says_what_is_owed_and_how_late(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    head = shown(qtbot, page, story.late).head

    assert head.number.text() == "INV-1"
    assert head.account.words == "Acme & Söhne <b>GmbH</b>  D-100"
    assert head.balance.text() == "650.00 EUR"
    assert head.fact(TOTAL) == "1,000.00 EUR"
    assert head.due.text() == "95 days overdue"
    assert head.due.property("role") == "overdue"
    assert (head.fact(INVOICE_DATE), head.fact(DUE_DATE)) == ("21 Jul 2026", "20 Aug 2026")
    assert head.pill.text == "Partially settled"
    assert head.shown is not None
    assert [one.mark for one in head.shown.facts] == ["", "", ""]
    assert head.remark.isHidden()


def test_what_is_paid_says_when(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    head = shown(qtbot, page, story.settled).head

    assert (head.due.text(), head.due.property("role")) == ("Settled on 05 Oct 2026", "quiet")
    assert (head.balance.text(), head.pill.text) == ("80.00 EUR", "Settled")


def test_on_an_earlier_day_it_was_not_due_yet(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    shown(qtbot, page, story.late)

    page.stand_on(date(2026, 8, 14), None)
    qtbot.waitUntil(page.desk.tasks.is_idle)

    assert page.head.due.text() == "Due in 6 days"
    assert page.head.balance.text() == "1,000.00 EUR"
    assert len(texts(page.tabs, PAYMENTS)) == 1


def test_a_draft_is_no_debt(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    head = shown(qtbot, page, story.draft).head

    assert (head.number.text(), head.pill.text, head.due.text()) == ("No number yet", "Draft", "Draft")
    assert texts(page.tabs, PAYMENTS) == []


def test_payments_run_down_to_the_balance(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    rows = texts(shown(qtbot, page, story.late).tabs, PAYMENTS)

    assert [(row[0], row[1], row[5], row[6]) for row in rows] == [
        ("21 Jul 2026", "Posted", "1,000.00", "1,000.00"),
        ("29 Sep 2026", "Payment", "−250.00", "750.00"),
        ("12 Oct 2026", "Payment", "−100.00", "650.00"),
    ]


def test_the_history_begins_with_the_newest(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    rows = texts(shown(qtbot, page, story.late).tabs, HISTORY)

    assert rows[0][1:4] == ("12 Oct 2026 09:00", "Payment: 100.00 EUR", "12 Oct 2026")
    assert rows[-1][2] == "Posted: 1,000.00 EUR" or rows[-1][2] == "Brought in"


def test_details_hold_every_field_of_the_catalogue(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    rows = texts(shown(qtbot, page, story.late).tabs, DETAILS)

    assert [row[2] for row in rows] == [field.name for field in CATALOG.object("Invoice").read_fields]
    by_name = {row[2]: row[1] for row in rows}
    assert by_name["Balance"] == "650.00 EUR"
    assert by_name["BillingAccountId"] == "Acme & Söhne <b>GmbH</b>"
    assert by_name["Description"] == "–"


def test_a_balance_that_differs_in_the_source_is_told(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    record = _stated(page.desk, story.late, Decimal("700.00"))

    page.display(record)

    assert page.head.remark.text() == (
        "The source states a balance of 700.00 EUR; payments and credits leave 650.00 EUR."
    )
    by_name = {
        row.texts[2]: row.texts[1]
        for row in details_sheet(record.invoice.fields, record.invoice.currency, remarks_of(record.invoice)).rows
    }
    assert by_name["ImportedBalance"] == "700.00 EUR, not 650.00 EUR"


def test_a_due_date_that_was_derived_is_marked(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    record = page.desk.workspace.ask(whole_invoice, story.late, as_of=AS_OF)
    shown(qtbot, page, story.late)

    page.display(replace(record, invoice=replace(record.invoice, is_due_date_derived=True)))

    assert page.head.shown is not None
    assert page.head.shown.facts[-1].mark == "derived"


def test_the_account_is_a_click_away(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    shown(qtbot, page, story.late)

    with qtbot.waitSignal(page.navigated) as went:
        QTest.mouseClick(page.head.account, Qt.MouseButton.LeftButton)

    assert went.args == [ShowAccount(story.acme, AS_OF)]


def test_commands_lead_to_the_letter_and_back(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    shown(qtbot, page, story.late)
    by_key = {key: command for command in page.commands() for key in command.keys}

    with qtbot.waitSignal(page.navigated) as went:
        by_key["L"].run()
    with qtbot.waitSignal(page.navigated) as back:
        QTest.mouseClick(bar_button(page, "Back"), Qt.MouseButton.LeftButton)
    by_key["Ctrl+Tab"].run()

    assert went.args == [ShowLetter(story.acme, AS_OF)]
    assert back.args == [GoBack()]
    assert page.tabs.place == PAYMENTS


def test_letters_typed_in_a_table_are_left_to_the_window(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    table = shown(qtbot, page, story.late).tabs.table(DETAILS)
    before = table.currentIndex()

    QTest.keyClick(table, Qt.Key.Key_D)

    assert table.currentIndex() == before


def test_no_letter_is_offered_where_none_can_be_written(qtbot: QtBot, desk: Desk, story: Story) -> None:
    page = RecordPage(replace(desk, reachable=frozenset({ShowInvoices})), AS_OF)
    qtbot.addWidget(page)
    page.show()
    shown(qtbot, page, story.late)

    assert page.bar.button("Letter") is None
    assert "L" not in {key for command in page.commands() for key in command.keys}


@pytest.mark.parametrize(
    ("place", "top", "bottom", "left", "right", "text"),
    [
        (PAYMENTS, 1, 1, 5, 5, "-250.00"),
        (PAYMENTS, 0, 1, 5, 6, "Amount\tBalance\n1000.00\t1000.00\n-250.00\t750.00\n"),
        (DETAILS, 0, 0, 1, 1, "INV-1"),
    ],
)
def test_cells_are_copied(
    qtbot: QtBot, page: RecordPage, story: Story, place: int, top: int, bottom: int, left: int, right: int, text: str
) -> None:
    table = shown(qtbot, page, story.late).tabs.table(place)
    chosen = QItemSelection(table.records.index(top, left), table.records.index(bottom, right))
    table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.desk.tasks.is_idle)

    assert QGuiApplication.clipboard().text() == text
    QGuiApplication.clipboard().clear()


def test_a_late_answer_is_dropped(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    page.show_record(story.settled)
    page.show_record(story.late)
    qtbot.waitUntil(page.desk.tasks.is_idle)

    assert page.head.number.text() == "INV-1"


def test_before_its_day_it_is_not_in_the_book(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    page.stand_on(date(2026, 7, 21) - timedelta(days=1), None)
    shown(qtbot, page, story.late)

    assert page.stack.currentWidget() is page.missing
    page.stand_on(AS_OF, None)
    qtbot.waitUntil(page.desk.tasks.is_idle)
    assert page.head.isVisible()


def test_coming_back_shows_the_same_tab(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    shown(qtbot, page, story.late)
    page.tabs.set_place(HISTORY)
    mark = page.bookmark()
    shown(qtbot, page, story.settled)
    page.tabs.set_place(LINES)

    page.return_to(mark)
    qtbot.waitUntil(page.desk.tasks.is_idle)

    assert (page.head.number.text(), page.tabs.place) == ("INV-1", HISTORY)


def test_changes_elsewhere_are_not_read_again(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    shown(qtbot, page, story.late)

    page.refresh(Changes(frozenset({"Contact"})))
    assert page.desk.tasks.is_idle()
    page.refresh(Changes(frozenset({"Payment"})))
    assert not page.desk.tasks.is_idle()
    qtbot.waitUntil(page.desk.tasks.is_idle)


def test_the_dark_look_reads_nothing(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    shown(qtbot, page, story.late)

    page.set_look(look(LookName.DARK))

    assert page.desk.tasks.is_idle()
    assert not page.grab().isNull()


def _stated(desk: Desk, key: int, balance: Decimal) -> WholeInvoice:
    """Give a record as if its source had stated another balance."""
    record = desk.workspace.ask(whole_invoice, key, as_of=AS_OF)
    fields = (
        FieldValue(one.field, balance if one.field.name == "ImportedBalance" else one.value)
        for one in record.invoice.fields
    )
    return replace(record, invoice=replace(record.invoice, fields=tuple(fields)))


def test_what_was_not_known_yet_is_not_shown(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    """The payments came in later than the day of posting: as known then, everything was open."""
    page.show_record(story.late)
    page.stand_on(AS_OF, datetime(2026, 7, 22, tzinfo=UTC))
    qtbot.waitUntil(page.desk.tasks.is_idle)
    assert page.head.balance.text() == "1,000.00 EUR"
    page.stand_on(AS_OF, None)
    qtbot.waitUntil(page.desk.tasks.is_idle)
    assert page.head.balance.text() == "650.00 EUR"


def test_a_payment_is_opened_from_its_row(qtbot: QtBot, page: RecordPage, story: Story) -> None:
    """By its link, or by Enter wherever the cursor is in the row; the posting leads nowhere."""
    shown(qtbot, page, story.late)
    page.tabs.set_place(PAYMENTS)
    table = page.tabs.table(PAYMENTS)
    paid = page.record.invoice.movements[1] if page.record is not None else None
    assert paid is not None
    assert paid.source_key is not None

    went: list[object] = []
    page.navigated.connect(went.append)
    for row, section in ((0, 1), (1, 5), (1, 1)):
        QTest.mouseClick(
            table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=table.visualRect(table.records.index(row, section)).center(),
        )
    table.setCurrentIndex(table.records.index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)

    assert went == [ShowPayment(paid.source_key, AS_OF)] * 2
