"""Batch runs: each draft its own outcome, in chunks; killed in the middle and resumed, nothing is posted twice."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from actions.invoices.reading import findings, record, rows, summaries
from duedesk.actions.invoices.batch_runs import resume_batch_run, start_batch_run, stop_batch_run
from duedesk.actions.invoices.cancelling import reopen
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft, delete_drafts, submit
from duedesk.actions.invoices.posting import post
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Compare, Filter, Operator, Order
from duedesk.store.queries.batch_runs import batch_items, batch_runs, find_batch_run
from duedesk.store.tables.ledger import credit_memo, invoice
from duedesk.store.tables.posting import invoice_batch_run

D = Decimal
TODAY = date(2026, 11, 23)
ALL = Filter(TODAY)


def drafts(workspace: Workspace, acme: int, *totals: str) -> list[int]:
    """Drafts of one line each; what comes to less than nothing cannot be posted."""
    return [
        create_draft(workspace, InvoiceDraft(acme, (LineDraft("Work", amount=D(total)),), currency="EUR")).key
        for total in totals
    ]


def test_every_draft_is_posted_in_the_order_of_the_filter(workspace: Workspace, acme: int) -> None:
    keys = drafts(workspace, acme, "10.00", "30.00", "20.00")
    submit(workspace, keys[1:2])
    told: list[tuple[int, int]] = []
    asked = ALL.sorted_by(Order("TotalAmountWithTax", descending=True))
    outcome = start_batch_run(
        workspace, asked, comments="Month end", progress=lambda done, total: told.append((done, total)), chunk=2
    )
    run = outcome.run
    assert (run.number, run.status, run.comments) == ("BR-00001", "Completed", "Month end")
    assert (run.found, run.posted, run.failed, run.skipped, run.pending) == (3, 3, 0, 0, 0)
    assert told == [(2, 3), (3, 3)]
    assert outcome.changes.summary == "Batch run BR-00001: 3 posted, 0 failed, 0 skipped"
    assert [record(workspace, key).document_number for key in keys] == [
        "INV-2026-00003",
        "INV-2026-00001",
        "INV-2026-00002",
    ]
    assert {row.invoice_batch_run_id for row in rows(workspace, invoice)} == {outcome.run_key}
    assert summaries(workspace)[-2:] == [
        "Batch run BR-00001: 2 posted",
        "Batch run BR-00001: 1 posted",
    ]
    assert findings(workspace) == []


def test_one_that_fails_goes_to_error_with_its_reason_and_the_rest_go_on(workspace: Workspace, acme: int) -> None:
    keys = drafts(workspace, acme, "10.00", "-5.00", "20.00")
    run = start_batch_run(workspace, ALL).run
    assert (run.status, run.posted, run.failed) == ("Completed With Errors", 2, 1)
    failed = record(workspace, keys[1])
    assert (failed.status, failed.document_number, failed.balance) == ("Error", None, D(0))
    assert "comes to −5.00 EUR" in failed.error_reason
    items = workspace.ask(batch_items, run.key)
    assert [item.status for item in items] == ["Posted", "Error", "Posted"]
    assert items[1].reason == failed.error_reason
    assert record(workspace, keys[2]).document_number == "INV-2026-00002"
    reopen(workspace, [keys[1]])
    assert record(workspace, keys[1]).error_reason is None
    again = start_batch_run(workspace, ALL, convert_negative_lines=True).run
    assert (again.number, again.posted) == ("BR-00002", 1)
    assert rows(workspace, credit_memo)[0].total_amount_with_tax == D(5)
    assert [one.number for one in workspace.ask(batch_runs)] == ["BR-00002", "BR-00001"]
    assert findings(workspace) == []


def test_what_the_database_refuses_fails_alone_and_gives_its_number_back(workspace: Workspace, acme: int) -> None:
    keys = drafts(workspace, acme, "10.00", "20.00", "30.00")
    function = (
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$"
    )
    trigger = "CREATE TRIGGER t BEFORE UPDATE OF posted_at ON invoice FOR EACH ROW WHEN (NEW.id = {key}) {what}"
    with workspace.book.writing() as connection:
        if workspace.book.is_file:
            what = "BEGIN SELECT RAISE(ABORT, 'not this one'); END"
        else:
            connection.exec_driver_sql(function)
            what = "EXECUTE FUNCTION no()"
        connection.exec_driver_sql(trigger.format(key=keys[1], what=what))
    run = start_batch_run(workspace, ALL).run
    assert (run.posted, run.failed) == (2, 1)
    assert "not this one" in record(workspace, keys[1]).error_reason
    assert record(workspace, keys[2]).document_number == "INV-2026-00002"


def test_what_is_no_draft_any_more_is_skipped(workspace: Workspace, acme: int) -> None:
    keys = drafts(workspace, acme, "10.00", "20.00", "30.00", "40.00")
    run = start_batch_run(workspace, ALL, cancelled=once_after(1), chunk=1)
    assert run.run.status == "Canceled"
    assert (run.run.posted, run.run.skipped) == (1, 3)
    assert [record(workspace, key).status for key in keys] == ["Posted", "Draft", "Draft", "Draft"]
    second = left_after_start(workspace)
    post(workspace, keys[1:2])
    delete_drafts(workspace, keys[2:3])
    over = resume_batch_run(workspace, second).run
    assert (over.status, over.posted, over.skipped) == ("Completed", 1, 2)
    items = workspace.ask(batch_items, second)
    assert [(item.status, item.reason) for item in items] == [
        ("Skipped", "It is no draft any more: Posted."),
        ("Posted", ""),
    ]


def test_a_run_that_is_over_goes_on_no_more(workspace: Workspace, acme: int) -> None:
    drafts(workspace, acme, "10.00")
    run = start_batch_run(workspace, ALL).run
    with pytest.raises(RequestError, match=r"Batch run BR-00001 is completed and goes on no more"):
        resume_batch_run(workspace, run.key)
    with pytest.raises(RequestError, match="is over already"):
        stop_batch_run(workspace, run.key)
    with pytest.raises(RequestError, match="not in the book"):
        resume_batch_run(workspace, 99)
    with pytest.raises(RequestError, match="no batch run “BR-9”"):
        workspace.ask(find_batch_run, "BR-9")
    assert workspace.ask(find_batch_run, "BR-00001") == run.key


def test_a_filter_that_finds_no_draft_starts_nothing(workspace: Workspace, acme: int) -> None:
    keys = drafts(workspace, acme, "10.00")
    none = ALL.narrowed(Compare("TotalAmountWithTax", Operator.GT, D(1000)))
    with pytest.raises(RequestError, match="no draft to post"):
        start_batch_run(workspace, none)
    with pytest.raises(RequestError, match="that day is to come"):
        start_batch_run(workspace, ALL, on=date(2026, 11, 24))
    assert rows(workspace, invoice_batch_run) == []
    start_batch_run(workspace, ALL.narrowed(Compare("Description", Operator.EQ, None)), on=date(2026, 11, 20))
    assert record(workspace, keys[0]).posted_date == date(2026, 11, 20)
    assert rows(workspace, invoice_batch_run)[0].criteria == "Description = NULL"


def once_after(chunks: int) -> Callable[[], bool]:
    """Ask to stop once so many chunks are done."""
    asked = iter(range(1_000))
    return lambda: next(asked) >= chunks


def left_after_start(workspace: Workspace) -> int:
    """Start a run and be gone before its first chunk, as a killed process is."""

    def gone() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        start_batch_run(workspace, ALL, cancelled=gone)
    return workspace.ask(batch_runs)[0].key
