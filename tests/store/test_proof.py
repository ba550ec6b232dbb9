"""`check` finds what somebody else's program, a bad disk or a bug of ours has changed; a sound book gives nothing."""

from datetime import date
from random import Random

import pytest
from sqlalchemy import Connection, text

from build import Builder
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.journal import record
from duedesk.store.proof import prove
from store.ledgers import RandomLedger

TODAY = date(2026, 6, 1)

UNGUARD = {
    "sqlite": "DROP TRIGGER {table}_keeps_{event}",
    "postgresql": "DROP TRIGGER {table}_keeps_{event} ON {table}",
}


def without_guard(connection: Connection, table: str, event: str, statement: str) -> None:
    """Change what the program itself refuses to change."""
    connection.execute(text(UNGUARD[connection.dialect.name].format(table=table, event=event)))
    connection.execute(text(statement))


@pytest.mark.parametrize("seed", range(3))
def test_a_sound_book_is_clean(book: Book, world: World, seed: int) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(seed)).make()
        record(connection, world, action="test", summary="One entry")
        record(connection, world, action="test", summary="Another")
    assert book.ask(lambda connection: list(prove(connection, as_of=TODAY))) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE invoice SET balance = 10000 WHERE document_number = 'I-2'", "Balance"),
        ("UPDATE invoice SET settlement_status = 'Settled' WHERE document_number = 'I-1'", "SettlementStatus"),
        ("UPDATE invoice SET full_settlement_date = '2026-01-09' WHERE document_number = 'I-2'", "FullSettlementDate"),
        ("UPDATE payment SET balance = 10000 WHERE amount = 500000", "Balance"),
        ("UPDATE payment SET net_applied = 10000 WHERE amount = 500000", "net applied"),
    ],
)
def test_a_changed_figure_is_named(book: Book, statement: str, found: str) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        build.invoice("I-1", acme, "100.00", on="2026-01-01")
        build.pay(build.invoice("I-2", acme, "50.00", on="2026-01-01"), "50.00", on="2026-01-10", account=acme)
        build.settle()
        connection.execute(text(statement))
    assert found in {one.field for one in book.ask(lambda connection: list(prove(connection, as_of=TODAY)))}


def test_a_changed_event_and_a_broken_seal_are_named(book: Book, world: World) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        build.pay(build.invoice("I-1", acme, "50.00", on="2026-01-01"), "40.00", on="2026-01-10", account=acme)
        build.settle()
        record(connection, world, action="test", summary="As it was")
        record(connection, world, action="test", summary="Another")
        changed = "UPDATE application SET amount = 500000, impact_amount = -500000"
        without_guard(connection, "application", "update", changed)
        forged = "UPDATE journal_entry SET summary = 'As it never was' WHERE summary = 'As it was'"
        without_guard(connection, "journal_entry", "update", forged)
    found = book.ask(lambda connection: [str(one) for one in prove(connection, as_of=TODAY)])
    assert any("Invoice I-1: Balance is 10.00, its events make it 0.00" in one for one in found)
    assert any("Journal entry" in one and "broken" in one for one in found)
