"""The filter builder over the list of invoices: rows and text are one condition, counted while it is built."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small, put_small_book
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.filtering.builder import FilterBuilder
from duedesk.desk.filtering.entries import ChosenEntry, TickedEntry, TypedEntry
from duedesk.desk.filtering.group_edit import GroupEdit
from duedesk.desk.filtering.row_edit import RowEdit
from duedesk.desk.filtering.words import said
from duedesk.desk.page import Desk
from duedesk.desk.pages.invoices.narrowing import Narrowing, State, narrowed_to
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.desk.router import reachable
from duedesk.domain.filters import OPEN, All, AnyOf, Compare, Condition, Filter, Operator
from duedesk.domain.objects import CATALOG
from duedesk.domain.query_text import write_condition
from duedesk.domain.world import World
from duedesk.language.conditions import parse_condition
from duedesk.resources import Look
from duedesk.store.book import Book


@pytest.fixture
def small(book: Book) -> Small:
    return put_small_book(book)


@pytest.fixture
def page(
    qtbot: QtBot, book: Book, world: World, tasks: Tasks, light: Look, small: Small, settled: Settled
) -> InvoicesPage:
    made = InvoicesPage(Desk(Workspace(book, world), tasks, light, None, reachable()), AS_OF)
    qtbot.addWidget(made)
    made.resize(1270, 760)
    with qtbot.waitActive(made):
        made.show()
    made.show_invoices(None, "")
    settled()
    return made


@pytest.fixture
def builder(page: InvoicesPage, settled: Settled) -> FilterBuilder:
    page.bar.open_builder()
    settled()
    assert page.bar.builder is not None
    return page.bar.builder


def listed(page: InvoicesPage) -> list[str]:
    model = page.table.records
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def read(text: str) -> Condition:
    return parse_condition(text, CATALOG, "Invoice")


def choose(row: RowEdit, label: str, word: str) -> None:
    row.field.setCurrentIndex(row.field.findText(label))
    row.word.setCurrentIndex(row.word.findText(word))


def test_rows_make_the_condition_and_the_list_follows(
    page: InvoicesPage, builder: FilterBuilder, settled: Settled, qtbot: QtBot
) -> None:
    assert [row.offer.label for row in builder.rows.rows] == ["Balance"], "it opens with what the list is narrowed to"
    builder.rows.begin_row()
    row = builder.rows.rows[-1]
    assert QApplication.focusWidget() in {row.field, row.field.lineEdit()}
    choose(row, "Account name", "contains")
    assert isinstance(row.entry, TypedEntry)
    QTest.keyClicks(row.entry.field, "fisk")
    with qtbot.waitSignal(builder._pause.timeout):
        pass
    settled()
    assert builder.side.text.text == "Balance > 0 AND BillingAccount.Name LIKE '%fisk%'"
    assert builder.side.counted.text() == "3 found"
    QTest.keyClick(row.entry.field, Qt.Key.Key_Return)
    settled()
    assert listed(page) == ["INV-001", "INV-003", "INV-005"]
    assert builder.isHidden()
    assert page.narrowing.states == {State.OPEN}, "what a chip says stands on the chip"
    chips = [one.text() for one in page.bar.findChildren(QPushButton) if one.property("chip") and not one.isHidden()]
    assert "Account name contains fisk  ×" in chips


def test_typing_the_text_changes_the_rows_and_what_cannot_be_read_is_said(
    page: InvoicesPage, builder: FilterBuilder, settled: Settled
) -> None:
    builder.side.text.setPlainText("Status IN ('Voided', 'Draft') OR (Balance > 400 AND NOT CurrencyIsoCode = 'JPY')")
    builder.side.pause.timeout.emit()
    settled()
    assert builder.rows.way.currentText() == "Any of these"
    assert [row.word.currentText() for row in builder.rows.rows] == ["is one of", "more than", "is not"]
    assert builder.side.counted.text() == "5 found"
    ticks = builder.rows.rows[0].entry
    assert isinstance(ticks, TickedEntry)
    ticks._take([0])
    assert builder.side.text.text.startswith("Status IN ('Draft') OR (Balance > 400 AND NOT (CurrencyIsoCode = 'JPY'))")

    builder.side.text.setPlainText("Balanc > 400")
    builder.side.pause.timeout.emit()
    assert builder.side.fault.text() == "Invoice has no field “Balanc”, at character 1."
    builder.do()
    assert not builder.isHidden()
    QTest.keyClick(builder.side.text, Qt.Key.Key_Escape)
    settled()
    assert listed(page)[0] == "INV-001"


def test_groups_are_made_and_taken_away_and_hold_as_they_say(builder: FilterBuilder, settled: Settled) -> None:
    builder.set_condition(None)
    builder.rows.begin_group()
    group = builder.rows.parts[0]
    assert isinstance(group, GroupEdit)
    group.way.setCurrentIndex(group.way.findText("None of these"))
    group.begin_row()
    for row, value in zip(group.rows, ("EUR", "USD"), strict=True):
        choose(row, "Currency", "is")
        assert isinstance(row.entry, ChosenEntry)
        row.entry.field.choose(value)
    assert builder.side.text.text == "NOT (CurrencyIsoCode = 'EUR' OR CurrencyIsoCode = 'USD')"
    group.rows[0].removed.emit()
    assert builder.side.text.text == "NOT (CurrencyIsoCode = 'USD')"
    group.removed.emit()
    assert builder.condition is None
    settled()
    assert builder.side.counted.text() == "9 found"


def test_a_row_without_a_value_is_said_and_nothing_is_shown_that_leaves_it_out(
    builder: FilterBuilder, settled: Settled
) -> None:
    field = builder.rows.rows[0].field.lineEdit()
    assert field is not None
    assert field.selectedText() == "Balance", "typing takes the place of the field that stands there"
    builder.rows.begin_row()
    row = builder.rows.rows[-1]
    choose(row, "Account name", "contains")
    settled()
    said_of_it = "“Account name contains” has no value yet. Fill it in, or take the row away with ×."
    assert (builder.side.fault.text(), builder.side.counted.text()) == (said_of_it, "")
    assert not builder.side.do_button.isEnabled()
    builder.do()
    assert not builder.isHidden()
    assert isinstance(row.entry, TypedEntry)
    assert row.entry.field.property("missing") is True
    QTest.keyClicks(row.entry.field, "fisk")
    assert builder.side.do_button.isEnabled()
    assert builder.side.fault.isHidden()
    assert row.entry.field.property("missing") is False


def test_a_late_count_is_dropped(builder: FilterBuilder, settled: Settled) -> None:
    builder.set_condition(read("Balance > 0"))
    builder.set_condition(read("SettlementStatus = 'Settled'"))
    assert builder.side.counted.text() == "Counting…"
    settled()
    assert builder.side.counted.text() == "1 found"


@pytest.mark.parametrize("book", ["sqlite"], indirect=True)
def test_a_click_on_a_chart_opens_in_the_builder_unchanged(page: InvoicesPage, settled: Settled) -> None:
    where = All((OPEN, Compare("DaysInvoiceOverdue", Operator.WITHIN, (31, None)), AnyOf((OPEN, OPEN))))
    page.show_invoices(Filter(AS_OF, where=where), "EUR, over 30")
    page.bar.open_builder()
    settled()
    builder = page.bar.builder
    assert builder is not None
    assert builder.condition == where
    builder.do()
    assert page.narrowing.title == "EUR, over 30", "nothing was changed"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Balance > 0", Narrowing()),
        ("DaysInvoiceOverdue >= 1 OR Status = 'Posted'", Narrowing(frozenset({State.OVERDUE, State.POSTED}))),
        (
            "Balance > 0 AND (DaysInvoiceOverdue WITHIN (1, 30) OR DaysInvoiceOverdue WITHIN (91, NULL))",
            Narrowing(frozenset(), buckets=frozenset({1, 4})),
        ),
        ("DaysInvoiceOverdue >= 5 AND DaysInvoiceOverdue <= 9", Narrowing(frozenset(), 5, 9)),
        ("Balance > 0 AND TotalAmount = 5", Narrowing(where=read("TotalAmount = 5"))),
    ],
)
def test_chips_say_of_a_condition_what_they_can(text: str, made: Narrowing) -> None:
    assert narrowed_to(read(text)) == made
    assert made.filter(AS_OF).where == read(text)


def test_what_chips_cannot_say_stays_as_it_is() -> None:
    for text in ("Balance > 0 OR Balance < 5", "Balance > 0 AND (Balance < 5 AND Balance > 1)", "NOT (Balance > 0)"):
        assert narrowed_to(read(text)).filter(AS_OF).where == read(text)


def test_a_condition_is_said_in_words() -> None:
    text = "BillingAccount.RecordKey = 7 AND (DueDate = LAST_N_DAYS:30 OR NOT Balance WITHIN (NULL, 1500.5))"
    assert said(read(text), {("Account", 7): "Acme"}) == (
        "Account is Acme and (Due in the last 30 days or Balance not between any and 1,500.5)"
    )
    assert write_condition(read(text)) == write_condition(read(write_condition(read(text))))


@pytest.mark.parametrize("book", ["sqlite"], indirect=True)
def test_buckets_and_statuses_are_chips_and_fold_into_menus(page: InvoicesPage, settled: Settled) -> None:
    chips = page.bar.chips
    chips.buckets[0].click()
    chips.buckets[4].click()
    settled()
    assert listed(page) == ["INV-001", "INV-005", "INV-006"]
    page.resize(896, 560)
    assert chips.buckets[0].isHidden()
    assert chips.bucket_menu.text() == "Bucket (2) ▾"
    menu = chips.bucket_actions()
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False, True]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    settled()
    assert listed(page) == ["INV-001"]
    page.bar._clear.click()
    statuses = {action.text(): action for action in chips.status_actions().actions()}
    assert list(statuses)[:2] == ["Partly settled", "Settled"]
    chips.states[State.DUNNABLE].click()
    settled()
    assert page.bar.narrowing.states == {State.DUNNABLE}
    assert listed(page) == ["INV-001", "INV-002", "INV-003"]
    page.bar._clear.click()
    statuses["Voided"].trigger()
    settled()
    assert "INV-008" in listed(page)
    assert chips.status_menu.accessibleName() == "Status: Voided"
