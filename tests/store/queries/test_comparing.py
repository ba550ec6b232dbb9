"""Comparisons as people expect them: text whatever its case, nothing as nothing, and a great many side by side."""

from datetime import date

import pytest

from build import Builder
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Filter, Not, Operator
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition
from duedesk.store.book import Book
from duedesk.store.queries.lists import listing

AS_OF = date(2026, 11, 23)


@pytest.fixture
def few(book: Book) -> Book:
    with book.writing() as connection:
        build = Builder(connection)
        ana = build.owner("Ana Reyes")
        acme = build.account("Acme Ltd", "A-1", ana)
        other = build.account("ÆØÅ Fisk", "B-2")
        build.invoice("Inv-1a", acme, "10.00", on="2026-10-01", due="2026-10-31", owner=ana)
        build.invoice("INV-1A2", acme, "20.00", on="2026-10-01", currency="USD")
        build.invoice("inv-3", other, "30.00", on="2026-10-01")
        build.invoice(None, other, "40.00", on="2026-10-01", status="Draft")
        build.settle()
    return book


def found(book: Book, text: str) -> list[str]:
    asked = Filter(AS_OF, where=parse_condition(text, CATALOG, "Invoice"))
    with book.reading() as connection:
        rows = listing.rows(connection, asked, ["DocumentNumber"], listing.keys(connection, asked))
    return [str(row.values[0] or "draft") for row in rows]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("DocumentNumber = 'INV-1A'", ["Inv-1a"]),
        ("DocumentNumber IN ('inv-1a', 'INV-3')", ["Inv-1a", "inv-3"]),
        ("DocumentNumber != 'iNV-3'", ["Inv-1a", "INV-1A2", "draft"]),
        ("BillingAccount.Name = 'ACME LTD'", ["Inv-1a", "INV-1A2"]),
        ("BillingAccount.Name LIKE '%FISK'", ["inv-3", "draft"]),
        ("BillingAccount.AccountNumber IN ('a-1', 'x')", ["Inv-1a", "INV-1A2"]),
        ("NOT BillingAccount.Name = 'acme ltd'", ["inv-3", "draft"]),
        ("CurrencyIsoCode = 'usd'", ["INV-1A2"]),
        ("Owner.Name = 'ana reyes'", ["Inv-1a"]),
        ("NOT Owner.Name = 'Ana Reyes'", ["INV-1A2", "inv-3", "draft"]),
        ("NOT Owner.Name LIKE 'ana%'", ["INV-1A2", "inv-3", "draft"]),
        ("NOT (Owner.Name = 'Bo' OR DocumentNumber LIKE 'inv-1%')", ["inv-3", "draft"]),
        ("Owner.Name != NULL", ["Inv-1a"]),
        ("NOT DocumentNumber IN ('inv-3')", ["Inv-1a", "INV-1A2", "draft"]),
    ],
)
def test_text_is_found_whatever_its_case_and_what_is_empty_is_not_it(few: Book, text: str, numbers: list[str]) -> None:
    assert found(few, text) == numbers


def test_a_great_many_side_by_side_are_found_or_refused_in_a_sentence(few: Book) -> None:
    likes = [Compare("DocumentNumber", Operator.LIKE, f"%-{number}") for number in range(1_000)]
    numbers = [Compare("DocumentNumber", Operator.EQ, f"INV-{number}") for number in range(5_000)]
    with few.reading() as connection:
        for where in (AnyOf(tuple(likes)), AnyOf(tuple(numbers)), Not(All(tuple(map(Not, likes))))):
            assert listing.count(connection, Filter(AS_OF, where=where)) == 1
        with pytest.raises(RequestError, match="has 1,001 parts side by side"):
            listing.count(connection, Filter(AS_OF, where=AnyOf((*likes, likes[0]))))
