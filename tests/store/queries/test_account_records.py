"""One account whole: its items as they stood, on both databases."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import UTC, date, datetime

import pytest

from build import Builder
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.records.account import account_record
from duedesk.store.queries.records.account_items import unapplied


@pytest.fixture
def acme(book: Book) -> int:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "0042")
        late = build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31")
        build.invoice("I-2", acme, "40.00", on="2026-02-01", due="2026-03-31", currency="USD")
        money = build.payment(acme, "90.00", on="2026-02-05", number="PAY-7")
        build.apply(late, "60.00", on="2026-02-05", account=acme, payment=money)
        build.apply(late, "20.00", on="2026-03-01", account=acme, payment=money)
        build.credit_memo(acme, "5.00", on="2026-02-10", number="CM-1")
        build.invoice("I-3", build.account("Other"), "1.00", on="2026-01-01")
        build.settle()
    return acme


def test_an_account_adds_up_as_its_aging_does(book: Book, acme: int) -> None:
    for day in (date(2026, 1, 15), date(2026, 2, 20), date(2026, 4, 1)):
        shown = book.ask(account_record, acme, as_of=day)
        there = {row.currency: row for row in book.ask(aging, AgingRequest(day)).rows if row.key == acme}

        assert {debt.currency: (debt.buckets, debt.unapplied, debt.balance) for debt in shown.debts} == {
            currency: (row.buckets, row.unapplied, row.balance) for currency, row in there.items()
        }


def test_its_items_are_those_of_the_day(book: Book, acme: int) -> None:
    shown = book.ask(account_record, acme, as_of=date(2026, 2, 20))

    assert [(one.number, one.days_overdue, one.balance) for one in shown.invoices] == [
        ("I-1", 20, 40),
        ("I-2", -39, 40),
    ]
    assert [(one.kind, one.number, one.amount, one.rest) for one in shown.unapplied] == [
        ("Payment", "PAY-7", 90, 30),
        ("Credit memo", "CM-1", 5, 5),
    ]
    assert [one.number for one in shown.received] == ["CM-1", "PAY-7"]
    assert (shown.name, shown.number, len(shown.fields) > 10) == ("Acme Ltd", "0042", True)


def test_only_one_currency_is_offered_where_one_is_asked_for(book: Book, acme: int) -> None:
    standpoint = Standpoint(date(2026, 4, 1))

    assert [one.number for one in book.ask(unapplied, acme, standpoint, currency="EUR")] == ["PAY-7", "CM-1"]
    assert book.ask(unapplied, acme, standpoint, currency="USD") == ()


def test_what_was_not_known_yet_is_left_out(book: Book, acme: int) -> None:
    then = datetime(2026, 2, 6, tzinfo=UTC)
    shown = book.ask(account_record, acme, as_of=date(2026, 4, 1), known_on=then)

    assert [(one.number, one.rest) for one in shown.unapplied] == [("PAY-7", 30)]


def test_an_account_that_is_gone(book: Book) -> None:
    with pytest.raises(RequestError, match="no longer in the book"):
        book.ask(account_record, 99, as_of=date(2026, 4, 1))
