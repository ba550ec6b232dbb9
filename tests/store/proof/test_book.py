"""`check` finds what somebody else's program, a bad disk or a bug of ours has changed; a sound book gives nothing."""

from datetime import date
from random import Random

import pytest
from sqlalchemy import Connection, text

from build import Builder
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.journal import record
from duedesk.store.proof.book import prove
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


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE payment SET net_refund_applied = 10000", "given back"),
        ("UPDATE payment_schedule_item SET later_amount = 10000 WHERE position = 1", "what comes after instalment 1"),
        ("UPDATE payment_schedule SET total_requested_amount = 10000", "its schedule"),
        ("UPDATE refund SET amount = 900000", "what is left of it"),
        ("UPDATE refund SET effective_date = '2025-12-31'", "refund R-1"),
        ("UPDATE credit_memo_line SET line_amount = 10000", "TotalAmount"),
        ("UPDATE application SET effective_date = '2026-01-21' WHERE type = 'Unapplied'", "what is open"),
    ],
)
def test_what_pays_and_when_it_is_due_is_proved(book: Book, statement: str, found: str) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        bill = build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-03-01")
        build.instalments(bill, [("2026-02-01", "60.00"), ("2026-03-01", "40.00")])
        money = build.payment(acme, "150.00", on="2026-01-10", number="P-1")
        put = build.apply(bill, "100.00", on="2026-01-10", account=acme, payment=money)
        build.apply(bill, "100.00", on="2026-01-20", account=acme, payment=money, takes_back=put)
        build.apply(bill, "100.00", on="2026-01-20", account=acme, payment=money)
        build.refund(money, acme, "50.00", on="2026-02-01", number="R-1")
        memo = build.credit_memo(acme, "5.00", on="2026-01-10")
        build.memo_line(memo, "5.00")
        build.settle()
    assert book.ask(lambda connection: list(prove(connection, as_of=TODAY))) == []
    with book.writing() as connection:
        _, table, *_ = statement.split()
        if table == "payment":  # its figures are no matter of the guards
            connection.execute(text(statement))
        else:
            without_guard(connection, table, "update", statement)
    assert found in {one.field for one in book.ask(lambda connection: list(prove(connection, as_of=TODAY)))}
