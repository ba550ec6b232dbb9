"""One invoice whole, as of a day: head, movements with their running balance, and what happened to it."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date

import pytest

from build import Builder
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.journal import record
from duedesk.store.queries.records.invoice import invoice_key, invoice_record


def test_movements_carry_the_running_balance(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "0042")
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31")
        money = build.payment(acme, "60.00", on="2026-02-05", number="PAY-7")
        first = build.apply(key, "60.00", on="2026-02-05", account=acme, payment=money)
        build.apply(
            key,
            "10.00",
            on="2026-02-10",
            account=acme,
            credit_memo=build.credit_memo(acme, "10.00", on="2026-02-10", number="CM-1"),
        )
        build.apply(key, "60.00", on="2026-03-01", account=acme, payment=money, takes_back=first)
        build.settle()
    shown = book.ask(invoice_record, key, as_of=date(2026, 3, 2))
    assert [(step.on.day, step.what, step.number, step.amount, step.balance) for step in shown.movements] == [
        (1, "Posted", "I-1", 100, 100),
        (5, "Payment", "PAY-7", -60, 40),
        (10, "Credit memo", "CM-1", -10, 30),
        (1, "Payment unapplied", "PAY-7", 60, 90),
    ]
    assert (shown.account, shown.account_number, shown.balance, shown.days_overdue) == ("Acme Ltd", "0042", 90, 30)
    earlier = book.ask(invoice_record, key, as_of=date(2026, 2, 6))
    assert (earlier.balance, len(earlier.movements)) == (40, 2)


def test_a_void_takes_what_was_open(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        key = build.invoice("I-1", build.account(), "100.00", on="2026-01-01", status="Voided", voided="2026-02-01")
        build.settle()
    shown = book.ask(invoice_record, key, as_of=date(2026, 3, 1))
    assert [(step.what, step.amount, step.balance) for step in shown.movements] == [
        ("Posted", 100, 100),
        ("Voided", -100, 0),
    ]
    assert book.ask(invoice_record, key, as_of=date(2026, 1, 15)).status == "Posted"


def test_history_says_by_which_action_it_came(book: Book, world: World) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        entry = record(connection, world, action="import", summary="Imported from invoices.csv")
        key = build.invoice("I-1", build.account(), "100.00", on="2026-01-01", journal_id=entry)
        build.settle()
    history = book.ask(invoice_record, key, as_of=date(2026, 3, 1)).history
    assert [(one.who, one.what) for one in history] == [
        ("Ana Reyes", "Imported from invoices.csv"),
        ("", "Posted: 100.00 EUR"),
    ]


def test_an_invoice_is_found_by_what_it_is_called(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        first, second = (
            build.invoice("00042", acme, "1", on="2026-01-01"),
            build.invoice("42", acme, "1", on="2026-01-01"),
        )
    assert book.ask(invoice_key, "00042") == first
    assert book.ask(invoice_key, " 42 ") == second
    with pytest.raises(RequestError, match="There is no invoice “042”"):
        book.ask(invoice_key, "042")


def test_an_invoice_that_was_not_there_yet(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        key = build.invoice("I-1", build.account(), "1", on="2026-01-01")
        other = build.account("B")
        build.pay(build.invoice("I-2", other, "1", on="2026-05-01"), "1", on="2026-05-01", account=other)
    with pytest.raises(RequestError, match="not in the book on that day"):
        book.ask(invoice_record, key, as_of=date(2025, 12, 31))


def test_an_application_knows_its_payment_and_what_is_left_of_it(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        money = build.payment(acme, "60.00", on="2026-02-05", number="PAY-7")
        first = build.apply(key, "60.00", on="2026-02-05", account=acme, payment=money)
        build.apply(key, "25.00", on="2026-03-01", account=acme, payment=money, takes_back=first)
        build.settle()
    posted, applied, unapplied = book.ask(invoice_record, key, as_of=date(2026, 3, 2)).movements
    assert (posted.key, posted.source, posted.source_key) == (None, "", None)
    assert (applied.key, applied.source, applied.source_key, applied.rest) == (first, "Payment", money, 35)
    assert (unapplied.source_key, unapplied.rest) == (money, 0)
    earlier = book.ask(invoice_record, key, as_of=date(2026, 2, 6)).movements[1]
    assert earlier.rest == 35, "what can be taken off is what is left today"
