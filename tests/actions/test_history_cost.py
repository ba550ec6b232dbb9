"""History costs an action a few statements, however many records it changes."""

from collections.abc import Callable

from sqlalchemy import event, func, select, update

from build import Builder
from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import owner

MOST_STATEMENTS = 30
"""Of the whole action: the lock, the journal, the figures of three objects, history, changes."""


def drafts(book: Book, count: int) -> list[int]:
    """Make drafts of one account."""
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        made = [build.invoice(None, acme, "100.00", on="2026-01-01", status="Draft") for _ in range(count)]
        build.settle()
        return made


def statements_of(book: Book, action: Callable[[], None]) -> int:
    """Count what an action says to the database; many rows written at once are one statement."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(book.engine, "before_cursor_execute", hear)
    try:
        action()
    finally:
        event.remove(book.engine, "before_cursor_execute", hear)
    return len(said)


def post(book: Book, world: World, keys: list[int]) -> None:
    """Post drafts as an action does, and give each to somebody."""
    with deed(Workspace(book, world), "post") as act:
        act.hold("Invoice", keys)
        act.record(f"{len(keys)} invoices posted")
        ben = act.connection.scalar(select(owner.c.id))
        values = {"status": "Posted", "posted_at": act.now, "posted_date": act.today, "owner_id": ben}
        act.connection.execute(update(invoice).where(invoice.c.status == "Draft").values(values))


def test_history_of_two_thousand_postings_takes_a_few_statements(book: Book, world: World) -> None:
    with book.writing() as connection:
        Builder(connection).owner("Ben Okafor")
    post(book, world, drafts(book, 2))  # what is asked once of a connection has been asked
    few = drafts(book, 20)
    for_few = statements_of(book, lambda: post(book, world, few))
    many = drafts(book, 2_000)
    for_many = statements_of(book, lambda: post(book, world, many))
    assert for_many == for_few
    assert for_many < MOST_STATEMENTS
    entries = book.ask(lambda connection: connection.scalar(select(func.count()).select_from(history_entry)))
    assert entries == 5 * 2_022, "status, settlement, balance, day of posting and owner of each"
