"""Records are found by their number, the name of their account or a reference, the very one first."""

from decimal import Decimal

import pytest

from build import Builder
from duedesk.store.book import Book
from duedesk.store.queries.search import Found, search


@pytest.fixture
def full(book: Book) -> Book:
    """Two accounts, a dozen invoices, a payment and a credit memo."""
    with book.writing() as connection:
        build = Builder(connection)
        lenoir = build.account("Société Lenoir", "C-10482")
        build.account("Lenoir & fils", "C-2")
        for number in range(1, 13):
            build.invoice(f"INV-2026-{number:05}", lenoir, "100.00", on="2026-09-01", due="2026-10-01")
        build.invoice("INV-2026-000010", lenoir, "7.00", on="2026-09-01")
        build.invoice(None, lenoir, "9.00", on="2026-09-01", status="Draft")
        build.payment(lenoir, "40.00", on="2026-10-02", number="PAY-1182")
        build.credit_memo(lenoir, "4.00", on="2026-10-02", number="CM-044")
        build.settle()
    return book


def names(book: Book, text: str, limit: int = 8) -> list[tuple[str, str]]:
    return [(one.object, one.name) for one in book.ask(search, text, limit=limit)]


def test_a_number_finds_its_record_first(full: Book) -> None:
    assert names(full, "inv-2026-00001")[0] == ("Invoice", "INV-2026-00001")
    assert names(full, "INV-2026-00001")[:2] == [("Invoice", "INV-2026-00001"), ("Invoice", "INV-2026-000010")]


def test_a_name_finds_its_account_whatever_its_case_and_accents_composed(full: Book) -> None:
    assert names(full, "LENOIR") == [("Account", "Lenoir & fils"), ("Account", "Société Lenoir")]
    assert names(full, "Socie\u0301te\u0301") == [("Account", "Société Lenoir")]
    assert names(full, "c-10482") == [("Account", "Société Lenoir")]


def test_payments_and_credit_memos_are_found_too(full: Book) -> None:
    (payment,) = full.ask(search, "1182")
    assert (payment.object, payment.name, payment.account) == ("Payment", "PAY-1182", "Société Lenoir")
    assert (payment.amount, payment.currency, payment.status) == (Decimal("40.00"), "EUR", "Processed")
    assert names(full, "cm-0") == [("CreditMemo", "CM-044")]


def test_no_more_are_given_than_are_shown(full: Book) -> None:
    assert len(names(full, "INV")) == 8
    assert len(names(full, "INV", limit=3)) == 3
    assert names(full, "INV", limit=1) == [("Invoice", "INV-2026-000010")]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "100%"])
def test_what_is_no_part_of_any_name_finds_nothing(full: Book, text: str) -> None:
    assert names(full, text) == []


def test_only_the_objects_asked_for_are_searched(full: Book) -> None:
    found: tuple[Found, ...] = full.ask(search, "2", objects=("Payment", "CreditMemo"))
    assert {one.object for one in found} == {"Payment"}
