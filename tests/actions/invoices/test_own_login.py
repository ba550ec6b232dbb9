"""On a server a clerk posts with a login of their own: numbers go on above what they cannot see, and nothing more."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from actions.access.people import keep_person, keep_visibility
from actions.invoices.reading import findings, record
from build import Builder
from duedesk.actions.invoices.batch_runs import start_batch_run
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft, delete_drafts, edit_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.voiding import void
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.domain.access import Role, Visibility
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.world import World
from duedesk.store.book import Book
from store.access.logins import keep_login, location_of

PEOPLE = {"cem": Role.CLERK, "dee": Role.CLERK, "fay": Role.FINANCE}
LINES = (LineDraft("Plan", amount=Decimal(100)), LineDraft("Returned", amount=Decimal(-10)))


@pytest.fixture
def held(server_book: Book) -> Book:
    """A private book in which somebody else has posted up to INV-2026-00007 already."""
    keys = {login: keep_person(server_book, login.title(), role, login=login) for login, role in PEOPLE.items()}
    keep_visibility(server_book, Visibility.PRIVATE)
    with server_book.writing() as connection:
        build = Builder(connection)
        build.account("Acme Ltd", owner=keys["cem"])
        zeta = build.account("Zeta Ltd", owner=keys["dee"])
        build.invoice("INV-2026-00007", zeta, "5", on="2026-01-01", owner=keys["dee"])
        build.settle()
    for login, role in PEOPLE.items():
        keep_login(server_book, login, role)
    return server_book


@contextmanager
def as_login(book: Book, world: World, login: str) -> Iterator[Workspace]:
    workspace = open_workspace(location_of(book, login), replace(world, user=login))
    with closing(workspace):
        yield workspace


def test_a_clerk_drafts_posts_and_runs(held: Book, world: World) -> None:
    with as_login(held, world, "cem") as clerk:
        keys = [create_draft(clerk, InvoiceDraft(1, LINES, currency="EUR")).key for _ in range(4)]
        edit_draft(clerk, keys[0], {"Description": "November"}, version=1)
        post(clerk, keys[:1], convert_negative_lines=True)
        assert record(clerk, keys[0]).document_number == "INV-2026-00008"
        delete_drafts(clerk, keys[3:])
        run = start_batch_run(clerk, Filter(world.today()), convert_negative_lines=True).run
        assert (run.status, run.posted) == ("Completed", 2)
        assert record(clerk, keys[2]).document_number == "INV-2026-00010"
        with pytest.raises(RequestError, match="may not void"):
            void(clerk, keys[:1], reason="Error")
    with as_login(held, world, "fay") as finance:
        void(finance, keys[:1], reason="Error", with_credit_memos=True)
        assert findings(finance) == []


def test_a_clerk_does_nothing_to_what_is_hidden(held: Book, world: World) -> None:
    with as_login(held, world, "dee") as other:
        key = create_draft(other, InvoiceDraft(2, LINES, currency="EUR")).key
    with as_login(held, world, "cem") as clerk:
        with pytest.raises(RequestError, match="no longer in the book"):
            post(clerk, [key], convert_negative_lines=True)
        with pytest.raises(RequestError, match="no draft to post"):
            start_batch_run(clerk, Filter(world.today()))
