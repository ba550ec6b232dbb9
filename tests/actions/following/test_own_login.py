"""Notes, files, views and undoing on a server with a login of one's own: what the program lets through, so does it.

Cem may see and edit I-1, and see I-2, which is Dee's; I-3 is hidden from him.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from build import Builder
from conftest import NOW
from duedesk.actions.calls.views import (
    ListKept,
    begin_with_view,
    count_view,
    delete_view,
    list_of,
    save_view,
    saved_views,
)
from duedesk.actions.following.feed import add_note, attach_file, put_back, save_file, take_away
from duedesk.actions.following.views import note_view, recent
from duedesk.actions.invoices.bulk_runs import start_bulk_run
from duedesk.actions.invoices.bulk_verbs import Said
from duedesk.actions.invoices.deleting import delete_drafts
from duedesk.actions.maintenance import check
from duedesk.actions.undo import undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role, Visibility
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.world import World
from duedesk.store.book import Book, open_book
from duedesk.store.queries.bulk_runs import bulk_runs
from duedesk.store.queries.records.feed import feed
from duedesk.store.standing import VISIBILITY
from duedesk.store.tables.desk import setting
from duedesk.store.tables.following import stored_file
from duedesk.store.tables.party import owner
from duedesk.store.tables.sharing import invoice_share
from store.access.logins import keep_login, location_of

PEOPLE = {"cem": Role.CLERK, "dee": Role.CLERK, "sue": Role.SUPERVISOR, "aud": Role.AUDITOR}
OWN, READ, HIDDEN, DRAFT = 1, 2, 3, 4


@pytest.fixture
def held(server_book: Book) -> Book:
    """Three invoices and a draft of one account, nothing public."""
    with server_book.writing() as connection:
        keys = {}
        for login, role in PEOPLE.items():
            row = {"name": login.title(), "type": "User", "login": login, "role": role, "created_date": NOW}
            keys[login] = connection.execute(insert(owner).values(row).returning(owner.c.id)).scalar_one()
        connection.execute(insert(setting).values(name=VISIBILITY, value=f'"{Visibility.PRIVATE}"'))
        build = Builder(connection)
        acme = build.account("Acme Ltd", owner=keys["cem"])
        for number, whose in (("I-1", "cem"), ("I-2", "dee"), ("I-3", "dee")):
            build.invoice(number, acme, "100", on="2026-01-01", owner=keys[whose])
        build.invoice(None, acme, "7", on="2026-01-01", status="Draft", owner=keys["cem"])
        share = {"parent_id": READ, "user_or_group_id": keys["cem"], "access_level": "Read", "row_cause": "Manual"}
        connection.execute(insert(invoice_share).values(**share, created_date=NOW))
        build.settle()
    for login, role in PEOPLE.items():
        keep_login(server_book, login, role)
    return server_book


@contextmanager
def sat_down(book: Book, world: World, login: str) -> Iterator[Workspace]:
    """Give the desk of somebody who connects with a login of their own."""
    with closing(open_book(location_of(book, login), now=NOW, user=login)) as own:
        yield Workspace(own, replace(world, user=login))


def prove(book: Book, world: World) -> None:
    with sat_down(book, world, "sue") as sue:
        assert check(sue).findings == ()


def kept(book: Book) -> int:
    """Count the contents of files."""
    with book.writing() as connection:
        return connection.scalar(select(func.count()).select_from(stored_file)) or 0


def test_whoever_sees_an_invoice_writes_on_it(held: Book, world: World) -> None:
    with sat_down(held, world, "cem") as cem:
        for key in (OWN, READ):
            add_note(cem, key, "They pay on Friday")
            assert [post.who for post in cem.ask(feed, key)] == ["cem"]
        with pytest.raises(RequestError, match="no longer in the book"):
            add_note(cem, HIDDEN, "Hello")
    with sat_down(held, world, "aud") as aud, pytest.raises(RequestError, match="may not write notes"):
        add_note(aud, OWN, "Hello")
    prove(held, world)


def test_a_note_is_its_writers_and_who_keeps_the_book(held: Book, world: World) -> None:
    with sat_down(held, world, "dee") as dee:
        key = add_note(dee, READ, "By Dee").key
    with sat_down(held, world, "cem") as cem, pytest.raises(RequestError, match="dee wrote that"):
        take_away(cem, key)
    with sat_down(held, world, "sue") as sue:
        take_away(sue, key)
        put_back(sue, key)
    prove(held, world)


def test_a_file_that_is_there_on_what_is_hidden_is_kept_once_more(held: Book, world: World, tmp_path: Path) -> None:
    path = tmp_path / "proof.pdf"
    path.write_bytes(b"%PDF signed")
    with sat_down(held, world, "dee") as dee:
        attach_file(dee, HIDDEN, path)
        attach_file(dee, READ, path)
    with sat_down(held, world, "cem") as cem:
        added = attach_file(cem, OWN, path)
        assert save_file(cem, added.key, tmp_path / "out.pdf").read_bytes() == b"%PDF signed"
    assert kept(held) == 1, "Cem sees it on I-2"
    with sat_down(held, world, "dee") as dee:
        path.write_bytes(b"%PDF another")
        attach_file(dee, HIDDEN, path)
    with sat_down(held, world, "cem") as cem:
        attach_file(cem, OWN, path)
    assert kept(held) == 3


def test_what_was_looked_at_and_what_was_undone(held: Book, world: World) -> None:
    with sat_down(held, world, "cem") as cem:
        note_view(cem, "Invoice", OWN)
        assert [one.name for one in recent(cem)] == ["I-1"]
        add_note(cem, DRAFT, "Ask for the order number")
        delete_drafts(cem, [DRAFT])
        plan = undo_plan(cem)
        assert plan is not None
        undo(cem, plan)
        assert [post.text for post in cem.ask(feed, DRAFT)] == ["Ask for the order number"]
        again = undo_plan(cem)
        assert again is not None
        undo(cem, again)
        assert cem.ask(feed, DRAFT) == ()
    with sat_down(held, world, "aud") as aud:
        note_view(aud, "Invoice", OWN)
    prove(held, world)


def test_views_and_bulk_verbs_are_ones_own_and_reach_what_one_sees(held: Book, world: World) -> None:
    query = "SELECT DocumentNumber FROM Invoice WHERE BillingAccount.Name = 'ACME LTD' AND Status = 'Posted'"
    with sat_down(held, world, "dee") as dee:
        save_view(dee, "All of Acme", query, as_list=ListKept(), shared=True)
        save_view(dee, "Dee's own", query, as_list=ListKept())
    with sat_down(held, world, "cem") as cem:
        (view,) = saved_views(cem)
        assert count_view(cem, view, NOW.date()) == 2
        begin_with_view(cem, view.key)
        assert [one.is_default for one in saved_views(cem)] == [True]
        asked = Filter(NOW.date(), where=list_of(view, NOW.date()).filter.where)
        done = start_bulk_run(cem, "note", asked, Said(comments="Call them"))
        assert (done.run.done, done.run.refused) == (2, 0)
        moved = start_bulk_run(cem, "cancel", Filter(NOW.date()), Said())
        assert (moved.run.done, moved.run.refused) == (1, 0)
    with sat_down(held, world, "dee") as dee:
        assert dee.ask(bulk_runs, "cem") == ()
        delete_view(dee, "All of Acme")
    with sat_down(held, world, "cem") as cem:
        assert saved_views(cem) == ()
        assert [run.verb for run in cem.ask(bulk_runs, "cem")] == ["cancel", "note"]
