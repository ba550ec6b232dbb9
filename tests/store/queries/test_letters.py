"""What a reminder is made of, on both databases and on any day."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, update

from build import Builder
from duedesk.domain.errors import RequestError
from duedesk.store.book import Book
from duedesk.store.queries.letters.reminder import PostalAddress, recipient, reminder_items, unapplied_amounts
from duedesk.store.tables import ledger, party

AS_OF = date(2026, 11, 23)


def test_only_what_is_posted_open_and_past_due_is_reminded_of_oldest_first(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme, other = build.account("Acme"), build.account("Other")
        build.invoice("I-2", acme, "50.00", on="2026-10-01", due="2026-11-22")
        build.invoice("I-1", acme, "100.00", on="2026-09-01", due="2026-10-01", currency="USD")
        build.invoice("due today", acme, "9.00", on="2026-10-01", due="2026-11-23")
        build.invoice("draft", acme, "9.00", on="2026-09-01", due="2026-10-01", status="Draft")
        build.invoice("voided", acme, "9.00", on="2026-09-01", status="Voided", voided="2026-10-15")
        build.invoice("another's", other, "9.00", on="2026-09-01")
        paid = build.invoice("paid", acme, "9.00", on="2026-09-01")
        build.pay(paid, "9.00", on="2026-11-23", account=acme)
        part = build.invoice("part", acme, "80.00", on="2026-09-15", due="2026-10-15")
        build.pay(part, "30.00", on="2026-10-20", account=acme)
        build.settle()
    found = book.ask(reminder_items, acme, AS_OF)
    assert [(item.number, item.days_overdue, item.currency, item.balance) for item in found] == [
        ("I-1", 53, "USD", Decimal(100)),
        ("part", 39, "EUR", Decimal(50)),
        ("I-2", 1, "EUR", Decimal(50)),
    ]
    assert found[1].total == Decimal(80)
    assert all(item.balance_now == item.balance for item in found)


def test_a_past_day_sees_what_was_open_then_and_says_what_is_open_now(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        paid = build.invoice("I-1", acme, "100.00", on="2026-09-01")
        build.pay(paid, "60.00", on="2026-11-24", account=acme)
        build.invoice("later", acme, "5.00", on="2026-11-24")
        build.settle()
    (item,) = book.ask(reminder_items, acme, AS_OF)
    assert (item.number, item.balance, item.balance_now) == ("I-1", Decimal(100), Decimal(40))


def test_the_person_billed_is_written_to_else_the_only_one_else_nobody(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Société Lenoir", "C-10482")
        connection.execute(
            update(party.account).values(
                billing_street="27 rue des Tanneurs", billing_city="Lille", billing_country="France"
            )
        )
        first = _person(build, acme, "Camille", "Lenoir", salutation="Mme")
    assert book.ask(recipient, acme, None).contact == "Camille Lenoir"
    with book.writing() as connection:
        second = _person(Builder(connection), acme, "Ana", "Reyes", mailing_city="Madrid")
    assert book.ask(recipient, acme, None).contact == ""
    billed = book.ask(recipient, acme, second)
    assert (billed.contact, billed.last_name, billed.salutation) == ("Ana Reyes", "Reyes", "")
    assert billed.address == PostalAddress("27 rue des Tanneurs", "Lille", "", "", "France")
    assert book.ask(recipient, acme, first).salutation == "Mme"


def test_the_persons_address_serves_where_the_account_has_none(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        _person(build, acme, "Ana", "Reyes", mailing_city="Madrid", mailing_postal_code="28001")
    assert book.ask(recipient, acme, None).address == PostalAddress("", "Madrid", "", "28001", "")


def test_an_account_that_is_gone_is_said_to_be(book: Book) -> None:
    with pytest.raises(RequestError, match="no longer in the book"):
        book.ask(recipient, 999, None)


def test_the_contact_of_an_invoice_comes_with_it(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        person = _person(build, acme, "Ana", "Reyes")
        build.invoice("I-1", acme, "5.00", on="2026-09-01")
        connection.execute(update(ledger.invoice).values(bill_to_contact_id=person))
        build.settle()
    (item,) = book.ask(reminder_items, acme, AS_OF)
    assert item.contact_key == person


def test_what_is_not_applied_is_told_by_currency_as_it_was(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        bill = build.invoice("I-1", acme, "100.00", on="2026-09-01")
        money = build.payment(acme, "70.00", on="2026-10-01")
        build.apply(bill, "30.00", on="2026-10-02", account=acme, payment=money)
        build.apply(bill, "40.00", on="2026-11-24", account=acme, payment=money)
        build.credit_memo(acme, "5.50", on="2026-11-01")
        build.payment(acme, "8.00", on="2026-11-01", currency="USD")
        build.payment(acme, "9.00", on="2026-11-01", currency="JPY", canceled="2026-11-10")
        build.settle()
    assert book.ask(unapplied_amounts, acme, AS_OF) == (("EUR", Decimal("45.50")), ("USD", Decimal(8)))
    assert book.ask(unapplied_amounts, acme, date(2026, 11, 24)) == (("EUR", Decimal("5.50")), ("USD", Decimal(8)))


def _person(build: Builder, account: int, first: str, last: str, **more: str) -> int:
    added = build.connection.execute(
        insert(party.contact)
        .values(
            account_id=account,
            first_name=first,
            last_name=last,
            name=f"{first} {last}",
            created_date=datetime(2024, 1, 1, 9, tzinfo=UTC),
            **more,
        )
        .returning(party.contact.c.id)
    )
    return int(added.scalar_one())
