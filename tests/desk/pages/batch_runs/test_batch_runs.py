"""Batch runs: started from what a list finds, shown invoice by invoice, gone on with where they were left."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.invoices.batch_chunks import post_chunk
from duedesk.actions.invoices.batch_runs import start_batch_run
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.workspace import Workspace
from duedesk.desk.bulk.batch_panel import BatchPanel
from duedesk.desk.navigation import Destination, ShowBatchRuns, ShowInvoice, ShowInvoices
from duedesk.desk.page import Desk, FootLine, Said
from duedesk.desk.pages.batch_runs.page import BatchRunsPage
from duedesk.desk.pages.invoices.narrowing import Narrowing, State
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.desk.widgets.remark import Remark
from duedesk.domain.errors import Cancelled
from duedesk.domain.filters import Filter
from duedesk.resources import LookName, look
from duedesk.store.tables.posting import invoice_batch_run_item


@pytest.fixture
def drafts(workspace: Workspace, small: Small) -> list[int]:
    """Four drafts, one of which cannot be posted: it has no line."""
    line = LineDraft("Plate", quantity=Decimal(2), unit_price=Decimal("12.50"))
    kinds: tuple[tuple[LineDraft, ...], ...] = ((line,), (line,), (), (line,))
    return [create_draft(workspace, InvoiceDraft(small.harbor, lines)).key for lines in kinds]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, drafts: list[int]) -> BatchRunsPage:
    made = BatchRunsPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    with qtbot.waitActive(made):
        made.show()
    desk.tasks.changed.connect(made.refresh)
    return made


def start(workspace: Workspace, **told: int) -> int:
    return start_batch_run(workspace, Filter(AS_OF), **told).run_key  # type: ignore[arg-type]


def start_and_die(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> int:
    """Start a run that is killed after its first chunk of one."""
    done = 0

    def die(*given: object, **told: object) -> object:
        nonlocal done
        done += 1
        if done > 1:
            raise Cancelled
        return post_chunk(*given, **told)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("duedesk.actions.invoices.batch_runs.post_chunk", die)
        with pytest.raises(Cancelled):
            start(workspace, chunk=1)
    with workspace.book.reading() as connection:
        return int(connection.scalars(select(invoice_batch_run_item.c.invoice_batch_run_id)).first() or 0)


def test_without_a_run_it_says_how_to_come_by_one(page: BatchRunsPage, settled: Settled) -> None:
    gone: list[Destination] = []
    page.navigated.connect(gone.append)
    page.show_run(None)
    settled()
    assert page.stack.currentWidget() is page.empty
    page.empty.findChildren(type(page.head.resume))[0].click()
    assert gone == [ShowInvoices()]


def test_a_run_shows_what_became_of_each_and_opens_it(
    page: BatchRunsPage, workspace: Workspace, settled: Settled
) -> None:
    run = start(workspace)
    lines: list[FootLine] = []
    gone: list[Destination] = []
    page.footed.connect(lines.append)
    page.navigated.connect(gone.append)
    page.show_run(run)
    settled()

    assert page.head.number.text() == "BR-00001"
    assert page.head.counts.text() == "4 of 5 posted"
    assert page.head.failed.text() == "1 failed"
    assert page.head.resume.isHidden()
    assert lines[-1].shown == "1 batch run"
    model = page.items.records
    assert next(str(model.index(row, 2).data()) for row in range(model.rowCount())) == "Error"
    assert {one.text: one.barred() for one in page.commands()}["&Resume the run"] == "it is over"
    page.begin()
    page.runs.opened.emit(run)
    assert page.items.hasFocus()
    QTest.keyClick(page.items, Qt.Key.Key_Return)
    settled()
    assert [type(one) for one in gone] == [ShowInvoice]


def test_a_run_that_was_killed_is_gone_on_with(
    page: BatchRunsPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, settled: Settled
) -> None:
    run = start_and_die(workspace, monkeypatch)
    said: list[Said] = []
    page.said.connect(said.append)
    page.show_run(run)
    settled()
    assert page.head.counts.text().endswith("waiting")
    assert not page.head.resume.isHidden()

    page.head.resume.click()
    settled()
    assert page.head.counts.text() == "4 of 5 posted"
    assert said[-1].sentence == "BR-00001: 4 of 5 posted."
    page.resume()
    assert said[-1].done


def test_it_remembers_the_run_and_takes_another_look(
    page: BatchRunsPage, workspace: Workspace, settled: Settled
) -> None:
    run = start(workspace)
    page.show_run(run)
    settled()
    page.set_look(look(LookName.DARK))
    page.return_to(page.bookmark())
    settled()
    assert page.bookmark() == run
    page.runs.setFocus()
    page.commands()[-1].run()
    settled()


def test_all_that_a_list_finds_is_posted(
    qtbot: QtBot, desk: Desk, drafts: list[int], workspace: Workspace, settled: Settled
) -> None:
    page = InvoicesPage(desk, AS_OF)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    gone: list[Destination] = []
    said: list[Said] = []
    page.navigated.connect(gone.append)
    page.said.connect(said.append)
    assert page.body.batch.command().barred() == "nothing is listed yet"
    page.show_narrowing(Narrowing(frozenset({State.SETTLED})))
    settled()
    page.body.batch.begin()
    settled()
    assert said == [Said("The list finds no draft.", "Press Drafts in the bar to see them.")]

    page.show_narrowing(Narrowing(frozenset({State.DRAFTS})))
    settled()
    page.body.batch.begin()
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, BatchPanel)
    assert panel.title.text() == "Post 5 drafts"
    assert panel.says.text().startswith("All 5 drafts that the list finds, over 55 JPY and 75.00 USD.")
    panel.comments.setPlainText("End of month")
    panel.do()
    settled()
    assert [type(one) for one in gone] == [ShowBatchRuns]
    assert page.body.side.panel is None

    page.body.batch._fail(panel, Cancelled())
    assert len(said) == 1


def test_a_run_that_was_left_is_told_before_another_is_started(
    qtbot: QtBot,
    desk: Desk,
    drafts: list[int],
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    settled: Settled,
) -> None:
    start_and_die(workspace, monkeypatch)
    page = InvoicesPage(desk, AS_OF)
    qtbot.addWidget(page)
    page.show_narrowing(Narrowing(frozenset({State.DRAFTS})))
    settled()
    page.body.batch.begin()
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, BatchPanel)
    (remark,) = panel.findChildren(Remark)
    assert remark.text == "BR-00001 was left with 4 drafts waiting. Go > Batch runs resumes it."
