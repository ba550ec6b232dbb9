"""Who looked at what: LastViewedDate and LastReferencedDate are each person's own, and the list of recent records."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from build import Builder
from duedesk.actions.following.views import note_view, recent
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.world import World
from duedesk.store.book import Book, open_book
from duedesk.store.queries.lists import listing

TODAY = date(2026, 11, 23)
SEEN = ("LastViewedDate", "LastReferencedDate")


@pytest.fixture
def keys(book: Book) -> dict[str, int]:
    """An invoice that a payment lies on, a draft, and their account."""
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd")
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        money = build.payment(acme, "40.00", on="2026-01-05", number="P-1")
        build.apply(key, "40.00", on="2026-01-05", account=acme, payment=money)
        draft = build.invoice(None, acme, "7.00", on="2026-01-01", status="Draft")
        build.settle()
    return {"Account": acme, "Invoice": key, "Payment": money, "Draft": draft}


def at(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, tzinfo=UTC)


def later(workspace: Workspace, hour: int) -> Workspace:
    return replace(workspace, world=replace(workspace.world, now=lambda: at(hour)))


def seen(workspace: Workspace, key: int) -> tuple[object, ...]:
    return workspace.ask(listing.rows, Filter(TODAY), SEEN, [key])[0].values


def test_an_invoice_that_is_opened_has_been_viewed_and_referenced(
    book: Book, world: World, keys: dict[str, int]
) -> None:
    workspace = Workspace(book, world)
    assert seen(workspace, keys["Invoice"]) == (None, None)
    note_view(later(workspace, 11), "Invoice", keys["Invoice"])
    assert seen(workspace, keys["Invoice"]) == (at(11), at(11))
    assert seen(workspace, keys["Draft"]) == (None, None)


def test_a_payment_that_is_opened_refers_to_what_it_lies_on(book: Book, world: World, keys: dict[str, int]) -> None:
    workspace = Workspace(book, world)
    note_view(later(workspace, 11), "Payment", keys["Payment"])
    assert seen(workspace, keys["Invoice"]) == (None, at(11))
    note_view(later(workspace, 12), "Invoice", keys["Invoice"])
    note_view(later(workspace, 13), "Payment", keys["Payment"])
    assert seen(workspace, keys["Invoice"]) == (at(12), at(13))


def test_recent_records_of_all_kinds_newest_first(book: Book, world: World, keys: dict[str, int]) -> None:
    workspace = Workspace(book, world)
    for hour, (name, key) in enumerate(
        [("Account", "Account"), ("Invoice", "Draft"), ("Payment", "Payment"), ("Invoice", "Invoice")], 8
    ):
        note_view(later(workspace, hour), name, keys[key])
    note_view(later(workspace, 12), "Account", keys["Account"])
    assert [(one.kind, one.name, one.account, one.at.hour) for one in recent(workspace)] == [
        ("Account", "Acme Ltd", "Acme Ltd", 12),
        ("Invoice", "I-1", "Acme Ltd", 11),
        ("Payment", "P-1", "Acme Ltd", 10),
        ("Invoice", "Draft", "Acme Ltd", 9),
    ]
    assert [one.name for one in recent(workspace, limit=1)] == ["Acme Ltd"]


def test_views_are_each_persons_own(book: Book, world: World, keys: dict[str, int]) -> None:
    note_view(Workspace(book, world), "Invoice", keys["Invoice"])
    with_ben = open_book(book.location, now=world.now(), user="Ben Okafor")
    try:
        ben = Workspace(with_ben, replace(world, user="Ben Okafor"))
        assert recent(ben) == ()
        assert seen(ben, keys["Invoice"]) == (None, None)
    finally:
        with_ben.close()


def test_nobody_keeps_who_looked_at_lines(book: Book, world: World, keys: dict[str, int]) -> None:
    with pytest.raises(RequestError, match="Nobody keeps who looked at invoice lines"):
        note_view(Workspace(book, world), "InvoiceLine", 1)


def test_looking_does_not_fail_where_nothing_can_be_written(file_book: Book, world: World) -> None:
    with file_book.writing() as connection:
        key = Builder(connection).account("Acme Ltd")
        waiting = open_book(file_book.location, now=world.now(), user=world.user)
        with waiting.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout = 1")
        note_view(Workspace(waiting, world), "Account", key)
        waiting.close()
