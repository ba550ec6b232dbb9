"""Verbs said to all that match: in chunks, each with its own outcome, stopped and gone on with, refused in words."""

from dataclasses import replace
from datetime import date

import pytest

from actions.access.people import at_the_desk, keep_person
from build import Builder
from conftest import NOW
from duedesk.actions.invoices.bulk_runs import resume_bulk_run, start_bulk_run, stop_bulk_run
from duedesk.actions.invoices.bulk_verbs import Said, read_said
from duedesk.actions.undo import redo_plan, undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.bulk_runs import bulk_runs, refused
from duedesk.store.queries.lists import listing

ALL = Filter(NOW.date(), where=Compare("BillingAccount.Name", Operator.EQ, "Acme Ltd"))


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    with book.writing() as connection:
        build = Builder(connection)
        account = build.account("Acme Ltd", "0001")
        other = build.account("Other", "0002")
        for number in range(1, 7):
            build.invoice(f"INV-{number}", account, "10.00", on="2026-10-01", due="2026-10-31")
        build.invoice(None, account, "10.00", on="2026-10-01", status="Draft")
        build.invoice("INV-9", other, "10.00", on="2026-10-01")
        build.owner("Bo Lind")
        build.settle()
    return Workspace(book, world)


def count(workspace: Workspace, status: str) -> int:
    return workspace.ask(listing.count, ALL.narrowed(Compare("Status", Operator.EQ, status)))


def test_all_that_fit_are_voided_chunk_by_chunk(workspace: Workspace) -> None:
    told: list[tuple[int, int]] = []
    outcome = start_bulk_run(
        workspace, "void", ALL, Said(reason="Billed twice"), progress=lambda *how: told.append(how), chunk=4
    )
    assert told == [(4, 6), (6, 6)]
    assert (outcome.run.done, outcome.run.status, outcome.changes.summary) == (6, "Completed", "6 voided")
    assert outcome.changes.concern("Invoice")
    assert (count(workspace, "Voided"), count(workspace, "Draft")) == (6, 1)
    with pytest.raises(RequestError, match="finds none"):
        start_bulk_run(workspace, "void", ALL, Said(reason="Again"))


def test_one_that_is_refused_keeps_none_of_the_others_back(workspace: Workspace, book: Book) -> None:
    future = Said(on=date(2026, 9, 1), reason="Too early")
    with book.writing() as connection:
        build = Builder(connection)
        account = workspace.ask(listing.keys, Filter(NOW.date(), object="Account"))[0]
        build.invoice("INV-7", account, "10.00", on="2026-08-01", due="2026-08-31")
        build.settle()
    outcome = start_bulk_run(workspace, "void", ALL, future)
    assert (outcome.run.done, outcome.run.refused) == (1, 6)
    assert outcome.changes.summary == "1 voided, 6 refused"
    first, *_ = workspace.ask(refused, outcome.run.key, 10)
    assert (first.number, first.account) == ("INV-1", "Acme Ltd")
    assert "2026" in first.reason


def test_what_was_stopped_is_gone_on_with_and_undone_by_its_parts(workspace: Workspace) -> None:
    owner = workspace.ask(listing.keys, Filter(NOW.date(), object="User"))[0]
    stops = iter([False, True])
    outcome = start_bulk_run(workspace, "assign", ALL, Said(owner=owner), cancelled=lambda: next(stops), chunk=3)
    assert (outcome.run.done, outcome.run.pending, outcome.run.is_over) == (3, 4, False)
    assert outcome.changes.summary == "3 assigned, 4 left"
    assert [run.key for run in workspace.ask(bulk_runs, "Ana Reyes", unfinished=True)] == [outcome.run.key]
    with pytest.raises(RequestError, match="You have started nothing of number"):
        resume_bulk_run(replace(workspace, world=replace(workspace.world, user="Bo Lind")), outcome.run.key)
    again = resume_bulk_run(workspace, outcome.run.key)
    assert (again.run.done, again.run.pending) == (7, 0)
    mine = ALL.narrowed(Compare("Owner.Name", Operator.EQ, "Bo Lind"))
    assert workspace.ask(listing.count, mine) == 7
    plan = undo_plan(workspace)
    assert plan is not None
    undo(workspace, plan)
    assert workspace.ask(listing.count, mine) == 3
    with pytest.raises(RequestError, match="nothing is left to do"):
        resume_bulk_run(workspace, outcome.run.key)


def test_what_is_ended_leaves_the_rest_alone(workspace: Workspace) -> None:
    outcome = start_bulk_run(
        workspace, "write off", ALL, Said(reason="Uncollectible"), cancelled=iter([False, True]).__next__
    )
    assert (outcome.run.done, outcome.run.pending) == (1, 5)
    stop_bulk_run(workspace, outcome.run.key)
    (run,) = workspace.ask(bulk_runs, "Ana Reyes")
    assert (run.status, run.done, run.pending) == ("Canceled", 1, 0)
    with pytest.raises(RequestError, match="over already"):
        stop_bulk_run(workspace, outcome.run.key)


def test_what_is_not_a_persons_to_do_is_refused_at_once(workspace: Workspace, book: Book, world: World) -> None:
    keep_person(book, "Cem", Role.CLERK)
    keep_person(book, "Fin", Role.FINANCE)
    clerk = at_the_desk(book, world, "Cem")
    with pytest.raises(RequestError, match="may not void what is posted"):
        start_bulk_run(clerk, "void", ALL, Said(reason="Billed twice"))
    assert clerk.ask(bulk_runs, "Cem") == ()
    assert start_bulk_run(clerk, "note", ALL, Said(comments="Call")).run.done == 7


def test_what_cannot_be_said_is_refused_at_once(workspace: Workspace) -> None:
    for verb, said, words in (
        ("post", Said(), "“post” cannot be said to all that match."),
        ("void", Said(), "Say why."),
    ):
        with pytest.raises(RequestError) as no:
            start_bulk_run(workspace, verb, ALL, said)
        assert no.value.message == words
    held = Said(date(2026, 1, 2), "r", "c", 3, with_credit_memos=False)
    assert read_said(held.written()) == held


def test_notes_of_a_chunk_are_one_action_and_undone_and_redone_as_one(workspace: Workspace) -> None:
    outcome = start_bulk_run(workspace, "note", ALL, Said(comments="Call them"))
    assert (outcome.run.done, outcome.run.refused) == (7, 0)
    for look, sentence in (
        (undo_plan, "Take the notes away from 7 invoices"),
        (redo_plan, "Put the notes back on 7 invoices"),
        (undo_plan, "Take the notes away from 7 invoices"),
    ):
        plan = look(workspace)
        assert plan is not None
        assert plan.sentence == f"{sentence}."
        undo(workspace, plan)
