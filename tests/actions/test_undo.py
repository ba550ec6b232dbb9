"""The last action undone by its opposite, which says what it will do before it does."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from build import Builder
from duedesk.actions.deed import deed
from duedesk.actions.following.feed import add_note, attach_file
from duedesk.actions.maintenance import check
from duedesk.actions.undo import UndoPlan, redo_plan, undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.records.feed import feed
from duedesk.store.tables.desk import journal_entry


@pytest.fixture
def key(book: Book) -> int:
    """An invoice of 100 euros."""
    with book.writing() as connection:
        build = Builder(connection)
        made = build.invoice("I-1", build.account(), "100.00", on="2026-01-01")
        build.settle()
        return made


def planned(workspace: Workspace) -> UndoPlan:
    plan = undo_plan(workspace)
    assert plan is not None
    return plan


def again(workspace: Workspace) -> UndoPlan:
    plan = redo_plan(workspace)
    assert plan is not None
    return plan


def test_nothing_was_done_yet(book: Book, world: World) -> None:
    assert undo_plan(Workspace(book, world)) is None
    assert redo_plan(Workspace(book, world)) is None


def test_a_note_is_taken_away_and_put_back_and_taken_away(book: Book, world: World, key: int) -> None:
    workspace = Workspace(book, world)
    noted = add_note(workspace, key, "Hello").changes.journal_id
    plan = planned(workspace)
    assert (plan.done, plan.sentence) == ("Note on invoice I-1: Hello", "Take the note away from invoice I-1.")
    changes = undo(workspace, plan)
    assert workspace.ask(feed, key) == ()
    assert changes.concern("InvoiceFeed")
    entry = book.ask(
        lambda connection: connection.execute(
            select(journal_entry).where(journal_entry.c.id == changes.journal_id)
        ).one()
    )
    assert (entry.action, entry.undoes_id) == ("take_away", noted)
    assert undo_plan(workspace) is None
    assert again(workspace).sentence == "Put the note back on invoice I-1."
    undo(workspace, again(workspace))
    assert [post.text for post in workspace.ask(feed, key)] == ["Hello"]
    assert redo_plan(workspace) is None
    undo(workspace, planned(workspace))
    assert workspace.ask(feed, key) == ()
    assert check(workspace).findings == ()


def test_actions_are_undone_from_the_last_to_the_first(book: Book, world: World, key: int, tmp_path: Path) -> None:
    workspace = Workspace(book, world)
    path = tmp_path / "proof.pdf"
    path.write_bytes(b"%PDF")
    add_note(workspace, key, "First")
    attach_file(workspace, key, path)
    assert planned(workspace).sentence == "Take proof.pdf away from invoice I-1."
    undo(workspace, planned(workspace))
    assert planned(workspace).done == "Note on invoice I-1: First"
    undo(workspace, planned(workspace))
    assert undo_plan(workspace) is None
    undo(workspace, again(workspace))
    assert [post.text for post in workspace.ask(feed, key)] == ["First"]
    assert again(workspace).sentence == "Put proof.pdf back on invoice I-1."
    add_note(workspace, key, "Another")
    assert redo_plan(workspace) is None, "a new action makes final what was undone"
    assert planned(workspace).done == "Note on invoice I-1: Another"


def test_a_plan_that_was_overtaken_is_refused(book: Book, world: World, key: int) -> None:
    workspace = Workspace(book, world)
    add_note(workspace, key, "First")
    plan = planned(workspace)
    add_note(workspace, key, "Second")
    with pytest.raises(RequestError, match="That is not the last thing done any more: Note on invoice I-1: Second"):
        undo(workspace, plan)
    undo(workspace, planned(workspace))
    undo(workspace, planned(workspace))
    with pytest.raises(RequestError, match="That is not the last thing done any more"):
        undo(workspace, plan)


def test_everybody_undoes_what_they_did_themselves(book: Book, world: World, key: int) -> None:
    ana = Workspace(book, world)
    ben = replace(ana, world=replace(world, user="Ben Okafor"))
    add_note(ana, key, "By Ana")
    add_note(ben, key, "By Ben")
    assert planned(ana).done.endswith("By Ana")
    assert planned(ben).done.endswith("By Ben")


def test_what_cannot_be_undone_says_why(book: Book, world: World, key: int) -> None:
    workspace = Workspace(book, world)
    with deed(workspace, "import") as act:
        act.record("Imported invoices.csv (3 rows)")
    plan = planned(workspace)
    assert not plan.is_possible
    assert plan.sentence == (
        "Imported invoices.csv (3 rows) (23 Nov 2026) cannot be undone: "
        "What came in by a file is voided or canceled, not undone."
    )
    with pytest.raises(RequestError, match="voided or canceled"):
        undo(workspace, plan)


def test_two_who_undo_the_same_thing_at_once_undo_it_once(book: Book, world: World, key: int) -> None:
    workspace = Workspace(book, world)
    noted = add_note(workspace, key, "Hello").changes.journal_id
    undo(workspace, planned(workspace))
    with pytest.raises(RequestError, match="undone already"), deed(workspace, "put_back", undoes=noted) as act:
        act.record("What the other one was about to do")
