"""Settings of the book: kept as given, checked, and journaled with what they replace."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from documents.samples import BROOKWELL
from duedesk.actions.settings import LETTERHEAD, letterhead, save_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.letter import Letterhead
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.journal import broken_entries
from duedesk.store.tables.desk import journal_entry, setting


def test_a_book_begins_without_a_letterhead(book: Book) -> None:
    assert letterhead(book) == Letterhead()


def test_a_letterhead_comes_back_as_it_was_saved(book: Book, world: World) -> None:
    untidy = replace(BROOKWELL, name=" Brookwell  Capital Ltd\n", contact_lines=("", *BROOKWELL.contact_lines, "  "))
    changes = save_letterhead(Workspace(book, world), untidy)
    assert changes.concern("Setting")
    assert letterhead(book) == BROOKWELL


def test_a_changed_bank_account_shows_in_the_journal_and_no_change_does_not(book: Book, world: World) -> None:
    workspace = Workspace(book, world)
    save_letterhead(workspace, BROOKWELL)
    assert save_letterhead(workspace, BROOKWELL).journal_id is None
    stolen = replace(BROOKWELL, bank_lines=("IBAN FR76 3000 6000 0112 3456 7890 189",))
    changes = save_letterhead(workspace, stolen)
    with book.reading() as connection:
        entries = connection.execute(select(journal_entry).order_by(journal_entry.c.id)).all()
        assert list(broken_entries(connection)) == []
        assert len(connection.execute(select(setting)).all()) == 1
    assert [entry.action for entry in entries] == ["save_letterhead"] * 2
    assert entries[-1].id == changes.journal_id
    details = json.loads(entries[-1].details)
    assert "DE89 3704" in details["before"]
    assert "FR76 3000" in details["after"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(BROOKWELL, bank_lines=tuple("1234567")), "room for 6 lines of bank, not for 7"),
        (replace(BROOKWELL, contact_lines=("x" * 81,)), "longer than 80 characters"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(
    book: Book, world: World, wrong: Letterhead, said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        save_letterhead(Workspace(book, world), wrong)
    assert letterhead(book) == Letterhead()


@pytest.mark.parametrize(
    ("stored", "name"), [('{"name": "Old Ltd"}', "Old Ltd"), ('{"name": "New Ltd", "logo": "x.png"}', "New Ltd")]
)
def test_a_letterhead_of_an_older_or_newer_program_is_read(book: Book, stored: str, name: str) -> None:
    with book.writing() as connection:
        connection.execute(insert(setting).values(name=LETTERHEAD, value=stored))
    assert letterhead(book) == Letterhead(name=name)


@pytest.mark.parametrize("stored", ["{", "5", "null"])
def test_a_letterhead_that_cannot_be_read_is_said_to_be(book: Book, stored: str) -> None:
    with book.writing() as connection:
        connection.execute(insert(setting).values(name=LETTERHEAD, value=stored))
    with pytest.raises(BookError, match="Set it anew"):
        letterhead(book)
