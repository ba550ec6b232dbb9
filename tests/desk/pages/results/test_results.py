"""The result of a query as a list like any other: read, sorted, opened, grouped, kept as a view, given verbs."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.calls.views import save_view, saved_views
from duedesk.actions.workspace import Workspace
from duedesk.desk.bulk.panel import BulkPanel
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.desk.navigation import Destination, ShowAccount, ShowInvoice, ShowPayment, ShowQuery
from duedesk.desk.page import Desk, FootLine, Said
from duedesk.desk.pages.results.page import ResultsPage
from duedesk.desk.pages.results.viewing import NEW
from duedesk.desk.queries import ListAnswer, RowsAnswer, answer, hint_of, read_query
from duedesk.desk.tables.columns import Shown
from duedesk.desk.view_form import ViewForm
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.resources import LookName, look

OPEN = "SELECT DocumentNumber, BillingAccount.Name, Balance FROM Invoice WHERE Balance > 0 ORDER BY Balance DESC"
GROUPS = (
    "SELECT BillingAccount.Name, CurrencyIsoCode, COUNT(RecordKey) n, SUM(Balance) open FROM Invoice "
    "WHERE Balance > 0 GROUP BY BillingAccount.Name, CurrencyIsoCode ORDER BY BillingAccount.Name"
)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, small: Small) -> ResultsPage:
    made = ResultsPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1270, 760)
    with qtbot.waitActive(made):
        made.show()
    desk.tasks.changed.connect(made.refresh)
    return made


@pytest.fixture
def gone(page: ResultsPage) -> list[Destination]:
    destinations: list[Destination] = []
    page.navigated.connect(destinations.append)
    return destinations


@pytest.fixture
def feet(page: ResultsPage) -> list[FootLine]:
    lines: list[FootLine] = []
    page.footed.connect(lines.append)
    return lines


@pytest.fixture
def said(page: ResultsPage) -> list[Said]:
    told: list[Said] = []
    page.said.connect(told.append)
    return told


def listed(page: ResultsPage) -> list[str]:
    assert page.body.list is not None
    model = page.body.list.table.records
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def show(page: ResultsPage, text: str, settled: Settled, title: str = "") -> None:
    page.show_query(text, title)
    settled()


def test_records_are_a_list_with_the_columns_of_the_query(
    page: ResultsPage, feet: list[FootLine], settled: Settled
) -> None:
    show(page, OPEN, settled)
    assert page.body.list is not None
    assert [column.label for column in page.body.list.table.columns.chosen] == ["Invoice", "Account", "Balance"]
    assert listed(page) == ["INV-004", "INV-001", "INV-003", "INV-005", "INV-002", "INV-006"]
    assert feet[-1].shown == "6 invoices"
    assert page.body.list.table.hasFocus()


def test_it_is_sorted_and_keeps_its_part(page: ResultsPage, settled: Settled) -> None:
    show(page, f"{OPEN} LIMIT 3 OFFSET 1", settled)
    assert listed(page) == ["INV-001", "INV-003", "INV-005"]
    assert page.body.list is not None
    page.body.list.table.records.sort(0, Qt.SortOrder.DescendingOrder)
    settled()
    assert listed(page) == ["INV-005", "INV-004", "INV-003"]


@pytest.mark.parametrize(
    ("query", "opened"),
    [
        (OPEN, ShowInvoice),
        ("SELECT PaymentNumber, Amount FROM Payment", ShowPayment),
        ("SELECT Name FROM Account", ShowAccount),
        ("SELECT Name FROM User", None),
    ],
)
def test_enter_opens_what_has_a_page(
    page: ResultsPage, gone: list[Destination], settled: Settled, query: str, opened: type | None
) -> None:
    show(page, query, settled)
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert [type(one) for one in gone] == ([] if opened is None else [opened])


def test_groups_are_rows_with_their_currency(page: ResultsPage, feet: list[FootLine], settled: Settled) -> None:
    show(page, GROUPS, settled)
    model = page.body.rows.records
    texts = [[str(model.index(row, at).data()) for at in range(4)] for row in range(model.rowCount())]
    assert texts == [
        ["Harbor & Finch <b>Ltd</b>", "USD", "2", "356.07"],
        ["Sakura Trading 株式会社", "JPY", "1", "35,500"],
        ["Tromsø Fisk AS", "EUR", "3", "17,130.40"],
    ]
    assert [column.label for column in model.columns] == ["Account", "Currency", "n", "open"]
    assert feet[-1].shown == "3 rows"
    assert "&Copy the selected rows" in [one.text for one in page.commands()]
    page.body.copy()
    settled()
    assert "356.07" in QApplication.clipboard().text()


def test_amounts_of_groups_show_their_currency_where_no_column_does(workspace: Workspace, small: Small) -> None:
    text = "SELECT SUM(Balance) FROM Invoice WHERE CurrencyIsoCode = 'JPY'"
    found = answer(workspace, text, AS_OF)
    assert isinstance(found, RowsAnswer)
    assert found.columns[0].shown is Shown.MONEY
    assert (found.rows[0].texts, found.rows[0].currency) == (("35,500",), "JPY")
    counted = answer(workspace, "SELECT COUNT() FROM Invoice", AS_OF)
    assert isinstance(counted, RowsAnswer)
    assert counted.rows[0].texts == ("9",)
    plain = answer(workspace, OPEN, AS_OF)
    assert isinstance(plain, ListAnswer)
    assert plain.object == "Invoice"


def test_functions_of_days_are_rows_too(workspace: Workspace, small: Small) -> None:
    found = answer(workspace, "SELECT CALENDAR_YEAR(DueDate) y FROM Invoice WHERE DocumentNumber = 'INV-001'", AS_OF)
    assert isinstance(found, RowsAnswer)
    assert found.rows[0].values == (2026,)


def test_what_cannot_be_read_is_said_under_the_query_with_its_place(
    page: ResultsPage, feet: list[FootLine], settled: Settled
) -> None:
    show(page, OPEN, settled)
    page.bar.field.show_text("SELECT Balanc FROM Invoice")
    page.bar.check()
    settled()
    assert page.bar.fault.text() == "Invoice has no field “Balanc”, at character 8."
    assert page.bar.hint.text().startswith("Did you mean Balance?")
    assert "`" not in page.bar.hint.text()
    page.run()
    settled()
    assert feet[-1].shown == "No result"

    page.bar.field.show_text("")
    page.bar.check()
    assert page.bar.fault.isHidden()
    page.run()
    settled()
    assert page.bar.fault.text() == "Type a query."


def test_nothing_found_is_said(page: ResultsPage, feet: list[FootLine], settled: Settled) -> None:
    show(page, "SELECT Id FROM Invoice WHERE DocumentNumber = 'none'", settled)
    assert feet[-1].shown == "No invoice is found"
    show(page, "SELECT Status, COUNT(Id) FROM Invoice WHERE DocumentNumber = 'none' GROUP BY Status", settled)
    assert feet[-1].shown == "Nothing is found"
    page.begin()
    assert page.bar.field.hasFocus()


def test_without_a_query_one_that_answers_is_shown(page: ResultsPage, settled: Settled) -> None:
    show(page, "", settled)
    assert page.bar.field.text == NEW
    assert len(listed(page)) == 6
    read_query(NEW)


def test_verbs_are_said_to_invoices_and_to_nothing_else(page: ResultsPage, settled: Settled) -> None:
    show(page, OPEN, settled)
    assert page.body.list is not None
    assert page.body.list.bulk is not None
    page.body.list.bulk.begin(BulkVerb.NOTE)
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, BulkPanel)
    assert [one.text for one in page.commands()] == ["Add note", "Leave"]
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert page.can_leave()

    show(page, "SELECT Name FROM Account", settled)
    assert page.body.list is not None
    assert page.body.list.bulk is None


def test_it_reads_again_when_what_it_shows_has_changed(page: ResultsPage, settled: Settled) -> None:
    show(page, OPEN, settled)
    asked: list[int] = []
    assert page.body.list is not None
    page.body.list.table.listed.connect(lambda: asked.append(1))
    page.refresh(Changes(frozenset({"NumberSeriesX"})))
    settled()
    assert asked == []
    page.refresh(Changes(frozenset({"Invoice"})))
    settled()
    assert asked == [1]


def test_a_query_is_kept_as_a_view(
    page: ResultsPage, workspace: Workspace, gone: list[Destination], said: list[Said], settled: Settled
) -> None:
    show(page, OPEN, settled)
    page.viewing.begin()
    form = page.body.side.panel
    assert isinstance(form, ViewForm)
    assert form.name.hasFocus()
    form.do()
    settled()
    assert form.fault.startswith("A view needs a name.")
    form.name.setText("Mine & yours")
    form.shared.setChecked(True)
    form.do()
    settled()

    (view,) = saved_views(workspace)
    assert (view.name, view.query, view.is_shared) == ("Mine & yours", OPEN, True)
    assert gone == [ShowQuery(OPEN, "Mine & yours")]
    assert said[-1].sentence == "View Mine & yours saved."


def test_a_view_is_renamed_and_deleted(
    page: ResultsPage, workspace: Workspace, said: list[Said], settled: Settled
) -> None:
    save_view(workspace, "Old", OPEN)
    show(page, OPEN, settled, "Old")
    assert page.title == "Old"
    page.viewing.begin_renaming()
    form = page.body.side.panel
    assert isinstance(form, ViewForm)
    form.name.setText("New")
    form.do()
    settled()
    assert [view.name for view in saved_views(workspace)] == ["New"]

    show(page, OPEN, settled, "New")
    page.viewing.delete()
    settled()
    assert saved_views(workspace) == ()
    show(page, OPEN, settled, "Another's")
    page.viewing.delete()
    settled()
    assert said[-1].sentence == "You have no view “Another's”."


def test_views_are_offered_below_a_button(
    page: ResultsPage, workspace: Workspace, gone: list[Destination], settled: Settled
) -> None:
    menu = page.viewing._menu.menu(page, ())
    assert next(one.text() for one in menu.actions() if one.text()) == "No view is saved yet"
    menu.deleteLater()
    save_view(workspace, "R&D", OPEN)
    menu = page.viewing._menu.menu(page, saved_views(workspace))
    texts = [one.text() for one in menu.actions() if one.text()]
    assert texts == ["R&&D", "Save as view…", "New query"]
    menu.actions()[0].trigger()
    menu.actions()[-1].trigger()
    assert [type(one) for one in gone] == [ShowQuery, ShowQuery]
    menu.deleteLater()
    page.viewing.offer()
    settled()
    shown = QApplication.activePopupWidget()
    assert shown is not None
    shown.close()


def test_what_cannot_be_done_with_views_says_why(page: ResultsPage, settled: Settled) -> None:
    show(page, OPEN, settled)
    words = {one.text: one.barred() for one in page.commands()}
    assert words["Rena&me the view…"] == "no view is shown"
    assert words["&Save as view…"] == ""
    page.bar.field.show_text("")
    assert {one.text: one.barred() for one in page.commands()}["&Save as view…"] == "there is no query"
    page.viewing.begin()
    page.viewing.begin_renaming()
    page.viewing.delete()
    assert page.body.side.panel is None


def test_coming_back_shows_the_same_and_looks_change(page: ResultsPage, settled: Settled) -> None:
    show(page, OPEN, settled, "Mine")
    assert page.body.list is not None
    page.body.list.table.selectRow(2)
    kept = page.bookmark()
    show(page, GROUPS, settled)
    page.set_look(look(LookName.DARK))
    page.return_to(kept)
    settled()
    assert (page.title, page.bar.field.text) == ("Mine", OPEN)
    assert page.body.list is not None
    assert page.body.list.table.current_key is not None
    page.set_look(look(LookName.LIGHT))
    page.stand_on(date(2026, 8, 1), None)
    settled()
    assert "INV-001" in listed(page)
    page.focus_filter()
    QTest.keyClick(page.bar.field, Qt.Key.Key_Escape)
    assert not page.bar.field.hasFocus()


def test_a_hint_for_the_terminal_is_not_said_at_the_desk() -> None:
    assert hint_of(RequestError("No.", "Did you mean Balance? `duedesk describe Invoice` lists them.")) == (
        "Did you mean Balance?"
    )
    assert hint_of(RequestError("No.", "In: SELECT")) == ""
