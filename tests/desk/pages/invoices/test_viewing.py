"""Saved views of the list: kept from the bar, offered with their counts, begun with, changed and deleted."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, put_small_book
from desk.waiting import Settled
from duedesk.actions.calls.views import ListKept, begin_with_view, find_view, save_view, saved_views
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.finding.asking import offers_for
from duedesk.desk.navigation import ShowInvoices, Stand
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.invoices.narrowing import Narrowing, State
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.desk.router import reachable
from duedesk.desk.view_form import ViewForm
from duedesk.domain.world import World
from duedesk.resources import Look
from duedesk.store.book import Book

LATE = (
    "SELECT DocumentNumber, Balance, DueDate FROM Invoice WHERE DueDate < THIS_MONTH AND Balance > 0 ORDER BY Balance"
)


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    put_small_book(book)
    return Workspace(book, world)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, tasks: Tasks, light: Look, settled: Settled) -> InvoicesPage:
    made = InvoicesPage(Desk(workspace, tasks, light, None, reachable()), AS_OF)
    qtbot.addWidget(made)
    made.resize(1270, 760)
    with qtbot.waitActive(made):
        made.show()
    made.navigated.connect(lambda to: made.show_invoices(to.asked, to.title, to.view))
    return made


def listed(page: InvoicesPage) -> list[str]:
    model = page.table.records
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def offered(page: InvoicesPage, settled: Settled) -> dict[str, str]:
    """Open the menu of views, wait for its counts and give what it says of each view."""
    page.viewing.offer()
    settled()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = dict(one.text().partition("\t")[::2] for one in menu.actions() if "\t" in one.text())
    menu.close()
    return found


def test_the_list_is_kept_shown_again_and_counted(page: InvoicesPage, workspace: Workspace, settled: Settled) -> None:
    page.show_invoices(None, "")
    settled()
    page.show_narrowing(Narrowing(frozenset({State.OVERDUE}), days_from=20, text="fisk"))
    settled()
    page.viewing.begin()
    form = page.body.side.panel
    assert isinstance(form, ViewForm)
    QTest.keyClicks(form.name, "Fisk, late")
    form.begins.setChecked(True)
    form.do()
    settled()
    (view,) = saved_views(workspace)
    assert (view.is_list, view.search, view.is_default) == (True, "fisk", True)
    assert page.bar.views.text() == "Fisk, late ▾"

    save_view(workspace, "Other", LATE, as_list=ListKept())
    page.show_narrowing(Narrowing())
    settled()
    assert offered(page, settled) == {"Fisk, late  ·  first": "2", "Other": "3"}
    page.viewing._menu.show(find_view(workspace, "Fisk, late"))
    settled()
    assert listed(page) == ["INV-001", "INV-003"]
    assert page.narrowing == Narrowing(frozenset({State.OVERDUE}), days_from=20, text="fisk"), "chips say it again"


def test_the_list_begins_with_the_view_of_ones_choice(
    page: InvoicesPage, workspace: Workspace, settled: Settled
) -> None:
    save_view(workspace, "Late", LATE, as_list=ListKept())
    begin_with_view(workspace, find_view(workspace, "Late").key)
    page.show_invoices(None, "")
    settled()
    assert listed(page) == ["INV-002", "INV-003", "INV-001"]
    assert [column.path for column in page.table.columns.in_sight()] == ["DocumentNumber", "Balance", "DueDate"]
    assert page.bar.views.accessibleName() == "Views: Late"
    page.show_narrowing(Narrowing())
    page.show_invoices(None, "")
    settled()
    assert len(listed(page)) == 6, "it begins so once"


def test_a_view_is_updated_renamed_shared_and_deleted(
    page: InvoicesPage, workspace: Workspace, settled: Settled
) -> None:
    said: list[Said] = []
    page.said.connect(said.append)
    save_view(workspace, "Late", LATE, as_list=ListKept())
    save_view(workspace, "Taken", LATE, as_list=ListKept())
    page.show_invoices(None, "")
    settled()
    page.viewing._menu.show(find_view(workspace, "Late"))
    settled()
    assert page.table.currentIndex().row() == 0, "another list is read from its top"
    page.bar._change(replace(page.narrowing, text="harbor"))
    page.viewing.update()
    settled()
    assert find_view(workspace, "Late").search == "harbor"
    assert "THIS_MONTH" in find_view(workspace, "Late").query, "days stay relative"

    page.viewing.begin_renaming()
    form = page.body.side.panel
    assert isinstance(form, ViewForm)
    form.name.setText("Taken")
    form.do()
    settled()
    assert form.fault.startswith("You have a view “Taken” already.")
    form.name.setText("Harbor")
    form.do()
    settled()
    assert page.bar.views.text() == "Harbor ▾"

    actions = dict(page.viewing._more())
    actions["Share with everybody"]()
    settled()
    assert find_view(workspace, "Harbor").is_shared
    dict(page.viewing._more())["Begin with “Harbor”"]()
    settled()
    assert find_view(workspace, "Harbor").is_default
    page.viewing.delete()
    settled()
    assert [view.name for view in saved_views(workspace)] == ["Taken"]
    assert page.bar.views.text() == "Views ▾"
    assert said[-1].sentence == "View Harbor deleted."
    barred = {one.text.replace("&", ""): one.barred() for one in page.viewing.commands()}
    assert barred["Delete the view"] == "no view is shown"


@pytest.mark.parametrize("book", ["sqlite"], indirect=True)
def test_a_list_is_found_under_ctrl_k_and_coming_back_finds_its_view(
    page: InvoicesPage, workspace: Workspace, settled: Settled
) -> None:
    save_view(workspace, "Late", LATE, as_list=ListKept("fisk"))
    to = offers_for(workspace, "late", Stand(AS_OF), reachable())[0].opens
    assert isinstance(to, ShowInvoices)
    page.show_invoices(to.asked, to.title, to.view)
    settled()
    assert listed(page) == ["INV-003", "INV-001"]
    left = page.bookmark()
    page.show_invoices(replace(to.asked, where=None, search="") if to.asked else None, "All")
    settled()
    assert page.bar.views.text() == "Views ▾"
    page.return_to(left)
    settled()
    assert (page.bar.views.text(), listed(page)) == ("Late ▾", ["INV-003", "INV-001"])
