"""Verbs said to a whole list, selected by Ctrl+A: the filter is passed, and each invoice has its own outcome."""

from threading import Event

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, put_small_book
from desk.waiting import Settled
from duedesk.actions.invoices.batch_runs import READY
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress, Tasks
from duedesk.desk.bulk.batch_panel import BatchPanel
from duedesk.desk.bulk.counting import look_at_all
from duedesk.desk.bulk.doing import Asked
from duedesk.desk.bulk.matching import do_all, left_over
from duedesk.desk.bulk.outcome_panel import OutcomePanel
from duedesk.desk.bulk.panel import BulkPanel
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.desk.navigation import Destination, ShowInvoices
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.invoices.narrowing import EVERYTHING, Narrowing
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.desk.router import reachable
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.domain.filters import OPEN, Filter
from duedesk.domain.world import World
from duedesk.resources import Look
from duedesk.store.book import Book
from duedesk.store.queries.bulk_runs import bulk_runs
from duedesk.store.queries.lists import listing


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    put_small_book(book)
    return Workspace(book, world)


@pytest.fixture
def page(
    qtbot: QtBot,
    workspace: Workspace,
    tasks: Tasks,
    light: Look,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> InvoicesPage:
    monkeypatch.setattr("duedesk.desk.bulk.giving.MOST", 2)
    made = InvoicesPage(Desk(workspace, tasks, light, None, reachable()), AS_OF)
    qtbot.addWidget(made)
    made.resize(1270, 760)
    with qtbot.waitActive(made):
        made.show()
    tasks.changed.connect(made.refresh)
    made.show_narrowing(Narrowing())
    settled()
    made.table.setFocus()
    return made


@pytest.fixture
def said(page: InvoicesPage) -> list[Said]:
    told: list[Said] = []
    page.said.connect(told.append)
    return told


def begin(page: InvoicesPage, verb: BulkVerb, settled: Settled) -> BulkPanel:
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page.body.bulk.begin(verb)
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, BulkPanel)
    return panel


def test_all_that_match_are_voided_and_the_refused_are_listed(page: InvoicesPage, settled: Settled) -> None:
    page.show_narrowing(EVERYTHING)
    settled()
    panel = begin(page, BulkVerb.VOID, settled)
    assert panel.title.text() == "Void 7 invoices"
    assert panel.says.text().startswith("7 invoices over 17,210.40 EUR, 35,500 JPY and 740.19 USD.")
    assert panel.reason is not None
    QTest.keyClicks(panel.reason, "Billed twice")
    assert panel.day is not None
    panel.day.set_day(AS_OF.replace(month=10, day=15))
    panel.do()
    settled()
    outcome = page.body.side.panel
    assert isinstance(outcome, OutcomePanel)
    assert outcome.title.text() == "3 invoices voided, 4 refused"
    assert all(one.text for one in outcome._told)
    gone: list[Destination] = []
    page.navigated.connect(gone.append)
    next(one for one in outcome.findChildren(QPushButton) if one.text() == "List the refused").click()
    assert isinstance(gone[0], ShowInvoices)
    page.show_invoices(gone[0].asked, gone[0].title)
    settled()
    assert page.table.records.rowCount() == 4


def test_a_whole_list_is_written_off_and_told_in_a_sentence(
    page: InvoicesPage, settled: Settled, said: list[Said]
) -> None:
    panel = begin(page, BulkVerb.WRITE_OFF, settled)
    assert panel.says.text().startswith("17,130.40 EUR, 35,500 JPY and 356.07 USD still open on 6 invoices.")
    panel.do()
    settled()
    hint = "Each has a credit memo of its own: Ctrl+Z takes the last one back, and again the one before it."
    assert said[-1] == Said("6 invoices written off.", hint, done=True)
    assert page.table.records.rowCount() == 0


def test_what_was_stopped_is_gone_on_with(
    page: InvoicesPage, workspace: Workspace, settled: Settled, said: list[Said]
) -> None:
    page.body.resuming.begin()
    settled()
    assert said[-1].sentence == "Nothing was stopped that could be gone on with."
    stop = Event()
    progress = Progress(report=lambda *_: stop.set(), is_cancelled=stop.is_set)
    outlook = look_at_all(workspace, BulkVerb.WRITE_OFF, Filter(AS_OF, where=OPEN))
    outcome = do_all(workspace, Asked(outlook, reason="Uncollectible"), progress)
    assert (outcome.done, outcome.left) == (1, 5)
    page.body.resuming.begin()
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, VerbPanel)
    assert panel.says.text() == "5 of 6 invoices are left. Balance > 0"
    panel.do()
    settled()
    assert said[-1].sentence == "6 invoices written off."
    assert left_over(workspace) is None


def test_what_does_not_fit_is_counted_before(workspace: Workspace) -> None:
    outlook = look_at_all(workspace, BulkVerb.DELETE, Filter(AS_OF))
    assert (outlook.count, outlook.left_out) == (1, (("posted", 7), ("voided", 1)))
    assert look_at_all(workspace, BulkVerb.ASSIGN, Filter(AS_OF)).left_count == 0


def test_many_that_are_selected_and_not_all_are_said_to_alone(
    page: InvoicesPage, workspace: Workspace, settled: Settled, said: list[Said]
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.body.bulk.begin(BulkVerb.WRITE_OFF)
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, BulkPanel)
    assert panel.title.text() == "Write off 4 invoices"
    panel.do()
    settled()
    assert said[-1].sentence == "4 invoices written off."
    assert page.table.records.rowCount() == 2
    (run,) = workspace.ask(bulk_runs, workspace.world.user)
    assert run.criteria == "4 that were selected, Balance > 0"


def test_drafts_that_are_selected_are_posted_as_a_run(
    page: InvoicesPage,
    workspace: Workspace,
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("duedesk.desk.bulk.giving.MOST", 0)
    page.show_narrowing(EVERYTHING)
    settled()
    drafts = workspace.ask(listing.keys, Filter(AS_OF, where=READY))
    there = page.table.records.index(page.table.records.keys.index(drafts[0]), 0)
    flag = QItemSelectionModel.SelectionFlag
    page.table.selectionModel().setCurrentIndex(there, flag.ClearAndSelect | flag.Rows)
    page.body.bulk.begin(BulkVerb.POST)
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, BatchPanel)
    assert panel.title.text() == "Post 1 draft"
    panel.do()
    settled()
    assert not workspace.ask(listing.count, Filter(AS_OF, where=READY))
