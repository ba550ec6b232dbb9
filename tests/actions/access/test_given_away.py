"""What no verb beside `assign` gives away, who is asked for what, and who takes the whole book along."""

from pathlib import Path

import pytest

from actions.access.people import at_the_desk, keep_person, keep_visibility
from build import Builder
from duedesk.actions.invoices.drafting import InvoiceDraft, create_draft, edit_draft
from duedesk.actions.maintenance import backup
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role, Visibility
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book


@pytest.fixture
def people(book: Book) -> dict[str, int]:
    """A clerk at the desk, a supervisor, somebody of finance."""
    keys = {
        "Ana Reyes": keep_person(book, "Ana Reyes", Role.CLERK),
        "Sue Visor": keep_person(book, "Sue Visor", Role.SUPERVISOR),
        "Finn Ance": keep_person(book, "Finn Ance", Role.FINANCE),
    }
    with book.writing() as connection:
        keys["Acme"] = Builder(connection).account("Acme Ltd", owner=keys["Ana Reyes"])
    return keys


def test_a_clerk_gives_no_draft_away(book: Book, world: World, people: dict[str, int]) -> None:
    desk = Workspace(book, world)
    given = InvoiceDraft(people["Acme"], owner_key=people["Sue Visor"])
    with pytest.raises(RequestError, match="may not give invoices to others"):
        create_draft(desk, given)
    made = create_draft(desk, InvoiceDraft(people["Acme"]))
    with pytest.raises(RequestError, match="may not give invoices to others"):
        edit_draft(desk, made.key, {"OwnerId": people["Sue Visor"]})
    edit_draft(at_the_desk(book, world, "Sue Visor"), made.key, {"OwnerId": people["Sue Visor"]})


def test_whom_to_ask_is_somebody_who_may(book: Book, world: World, people: dict[str, int]) -> None:
    from duedesk.actions.invoices.terms import save_term
    from duedesk.domain.payment_terms import Term

    with pytest.raises(RequestError) as refused:
        save_term(Workspace(book, world), "Net 9", term=Term(9))
    assert refused.value.hint == "Ask Finn Ance (Finance)."


def test_a_clerk_from_whom_something_is_hidden_copies_no_book(file_book: Book, world: World, tmp_path: Path) -> None:
    keep_person(file_book, "Ana Reyes", Role.CLERK)
    keep_person(file_book, "Sue Visor", Role.SUPERVISOR)
    keep_visibility(file_book, Visibility.PRIVATE)
    with pytest.raises(RequestError, match="may not copy the book"):
        backup(Workspace(file_book, world), tmp_path / "copy.duedesk")
    assert not list(tmp_path.glob("copy*"))
