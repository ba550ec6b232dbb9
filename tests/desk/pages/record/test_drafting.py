"""A draft edited in place: typed, saved and left by keyboard; what two people type at once is shown to the second."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from build import Builder
from desk.waiting import Settled
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.invoices.editing import edit_draft
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk
from duedesk.desk.pages.record.editing import Editing
from duedesk.desk.pages.record.page import RecordPage
from duedesk.domain.line_totals import LineType
from duedesk.domain.objects import CATALOG
from duedesk.store.book import Book
from duedesk.store.queries.accounts import AccountRow

AS_OF = date(2026, 11, 23)
ESCAPE = Qt.Key.Key_Escape


@pytest.fixture
def accounts(file_book: Book) -> tuple[int, int]:
    with file_book.writing() as connection:
        build = Builder(connection)
        return build.account("Acme Ltd", "D-100"), build.account("Umbra GmbH", "D-200")


@pytest.fixture
def draft(accounts: tuple[int, int], workspace: Workspace) -> int:
    lines = (
        LineDraft("Work", quantity=Decimal(2), unit_price=Decimal("50.00"), tax_rate=Decimal(20)),
        LineDraft("Discount", LineType.ADJUSTMENT, amount=Decimal("-10.00"), related=0),
    )
    return create_draft(workspace, InvoiceDraft(accounts[0], lines, currency="EUR", description="Before")).key


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, draft: int, settled: Settled) -> RecordPage:
    made = RecordPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    desk.tasks.changed.connect(made.refresh)
    made.show_record(draft)
    settled()
    press(made, "E")
    settled()
    return made


def press(page: RecordPage, key: str) -> None:
    next(command for command in page.commands() if key in command.keys).run()


def editing(page: RecordPage) -> Editing:
    assert page.drafting.editing is not None
    return page.drafting.editing


def type_in(page: RecordPage, row: int, path: str, text: str) -> None:
    """Type into a cell as a person does: the first key opens it, Enter takes it."""
    table = editing(page).lines.table
    section = [column.path for column in table.cells.columns].index(path)
    table.setFocus()
    table.setCurrentIndex(table.cells.index(row, section))
    QTest.keyClicks(table, text[0])
    editor = table.editor
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_every_field_that_people_set_has_an_editor(page: RecordPage) -> None:
    assert set(editing(page).form.editors) == {field.name for field in CATALOG.object("Invoice").fields if field.update}
    for editor in editing(page).form.editors.values():
        assert editor.widget.accessibleName()
    assert not editing(page).is_changed


def test_the_total_follows_what_is_typed(page: RecordPage) -> None:
    assert page.head.balance.text() == "110.00 EUR"

    type_in(page, 0, "quantity", "3")

    assert page.head.balance.text() == "170.00 EUR"
    assert editing(page).lines.says.text() == "140.00 and 30.00 tax make 170.00 EUR"
    assert editing(page).is_changed


def test_what_is_typed_is_saved_with_ctrl_s(page: RecordPage, settled: Settled) -> None:
    type_in(page, 0, "price", "60")
    type_in(page, 0, "name", "Work in May")
    editing(page).form.editors["Description"].put("After")
    press(page, "Ctrl+S")
    settled()

    assert page.drafting.editing is None
    assert page.record is not None
    assert page.record.invoice.total == Decimal("134.00")
    assert [line.name for line in page.record.invoice.lines] == ["Work in May", "Discount"]
    assert {one.field.name: one.value for one in page.record.invoice.fields}["Description"] == "After"


def test_an_amount_that_is_typed_takes_the_place_of_the_price(page: RecordPage) -> None:
    type_in(page, 0, "amount", "1,234.50")

    line = editing(page).lines.lines[0]
    assert (line.amount, line.unit_price) == (Decimal("1234.50"), None)


def test_what_is_no_amount_changes_nothing(page: RecordPage) -> None:
    type_in(page, 0, "price", "many")

    assert editing(page).lines.lines[0].unit_price == Decimal("50.00")
    assert not editing(page).is_changed


def test_lines_are_added_and_removed_by_keyboard(page: RecordPage) -> None:
    press(page, "Ctrl+N")
    assert "Line 3 has no name" in editing(page).lines.says.text()
    type_in(page, 2, "name", "Freight")
    type_in(page, 2, "price", "12")
    assert page.head.balance.text() == "122.00 EUR"

    press(page, "Ctrl+Shift+N")
    assert editing(page).lines.lines[3].related == 2

    editing(page).lines.table.begin(0)
    press(page, "Ctrl+Del")
    assert [line.name for line in editing(page).lines.lines] == ["Freight", ""]
    assert editing(page).lines.lines[1].related == 0, "the discount went with its charge, the other followed its own"


def test_escape_asks_once_before_it_drops(page: RecordPage, settled: Settled) -> None:
    type_in(page, 0, "quantity", "5")

    QTest.keyClick(page.head, ESCAPE)
    assert editing(page).is_changed
    assert "not saved" in page.bar.strip.text()
    assert not page.can_leave()
    QTest.keyClick(page.head, ESCAPE)

    assert page.drafting.editing is None
    assert page.bar.strip.isHidden()
    assert page.head.balance.text() == "110.00 EUR"


def test_nothing_typed_is_left_at_once(page: RecordPage) -> None:
    QTest.keyClick(page.head, ESCAPE)

    assert page.drafting.editing is None
    assert page.can_leave()


def test_both_values_are_shown_where_two_people_edit(page: RecordPage, draft: int, settled: Settled) -> None:
    edit_draft(page.desk.workspace, draft, {"Description": "Theirs"})
    editing(page).form.editors["Description"].put("Mine")
    press(page, "Ctrl+S")
    settled()

    assert "“Theirs” in the book and “Mine” in yours" in page.bar.strip.text()
    assert editing(page).values == {"Description": "Mine"}

    page.refresh()
    settled()
    assert editing(page).values == {"Description": "Mine"}, "read again, what was typed is still there"
    press(page, "Ctrl+S")
    settled()
    assert page.record is not None
    assert {one.field.name: one.value for one in page.record.invoice.fields}["Description"] == "Mine"


def test_what_is_refused_is_said_above_the_head(page: RecordPage, settled: Settled) -> None:
    editing(page).form.editors["DueDate"].put(date(2026, 1, 1))
    editing(page).form.editors["TaxLocaleType"].put("Gross")
    press(page, "Ctrl+N")
    press(page, "Ctrl+S")
    settled()

    assert not page.bar.strip.isHidden()
    assert "no name" in page.bar.strip.text()
    assert page.drafting.editing is not None


def test_another_account_is_picked(page: RecordPage, accounts: tuple[int, int], settled: Settled) -> None:
    picker = editing(page).form.editors["BillingAccountId"].widget
    picker.account_chosen.emit(AccountRow(accounts[1], "Umbra GmbH", "D-200", ""))  # type: ignore[attr-defined] # an AccountPicker
    settled()
    assert editing(page).values == {"BillingAccountId": accounts[1]}
    press(page, "Ctrl+S")
    settled()

    assert page.record is not None
    assert page.record.invoice.account == "Umbra GmbH"


def test_only_what_ends_the_editing_stands_on_the_bar(page: RecordPage) -> None:
    assert page.bar.words == ("Save", "Leave")
    assert page.bar.button("Back") is None
