"""Free text: what the index of three letters finds is what reading every record finds, whatever the text is."""

from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, text, update

from build import Builder
from conftest import NOW
from duedesk.domain.names import fold
from duedesk.store.book import Book
from duedesk.store.proof.book import prove
from duedesk.store.queries.lists.free_text import Way, keys_matching, newest_matching
from duedesk.store.queries.search import search
from duedesk.store.tables.ledger import invoice

ODD = (
    'say "hello" to him',
    "alpha AND beta OR NOT gamma NEAR(delta)",
    "100% of_it *all* ^here",
    "back\\slash\\%",
    "Straße ﬁne ＡＢＣ１２３",
    "Zoe\u0301 und Zo\u00eb",
    "שלום עולם 42",
    "مرحبا\u200fبالعالم",
    "👩‍👧 family 🧾🧾🧾 bill",
    "two  spaces\tand\nlines",
    "İstanbul ISTANBUL ıstanbul",
    "'; DROP TABLE invoice; --",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "PO-4711/2026",
    "x",
    "",
)


@pytest.fixture
def odd(file_book: Book) -> Book:
    """A book whose invoices are described by odd texts."""
    with file_book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "C-1")
        for place, words in enumerate(ODD):
            key = build.invoice(f"INV-{place:04}", acme, "10.00", on="2026-01-01")
            connection.execute(update(invoice).where(invoice.c.id == key).values(description=words))
        build.settle()
    return file_book


def found(connection: Connection, sought: str) -> list[int]:
    """Ask as the list does."""
    return [row.id for row in connection.execute(keys_matching("Invoice", sought))]


def plain(book: Book, sought: str, way: Way) -> set[int]:
    """Read every record."""
    folded = fold(sought).join(way.value)
    with book.reading() as connection:
        rows = connection.execute(select(invoice.c.id, invoice.c.document_number, invoice.c.description))
        return {key for key, *words in rows if any(folded in f"\n{fold(one or '')}\n" for one in words)}


def parts() -> st.SearchStrategy[str]:
    """Pieces of what is there, and anything else."""

    def cut(words: str) -> st.SearchStrategy[str]:
        size = len(words)
        return st.tuples(st.integers(0, size), st.integers(1, 12)).map(lambda at: words[at[0] : at[0] + at[1]])

    return st.one_of(st.sampled_from(ODD).flatmap(cut), st.text(max_size=8))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sought=parts(), way=st.sampled_from(list(Way)))
@example(sought="a" * 1_000_000, way=Way.WITHIN)
@example(sought="AND", way=Way.WITHIN)
@example(sought='"', way=Way.WITHIN)
@example(sought="ab\0cd", way=Way.WITHIN)
def test_the_index_finds_what_reading_every_record_finds(odd: Book, sought: str, way: Way) -> None:
    if not fold(sought):
        assert odd.ask(search, sought) == ()
        return
    expected = plain(odd, sought, way)
    if way is Way.WITHIN:
        assert set(odd.ask(found, sought)) == expected
    if way is not Way.BEGINNING or len(fold(sought)) > 1:
        newest = odd.ask(newest_matching, "Invoice", sought, way, 100)
        assert newest == sorted(expected, reverse=True)


def test_the_very_number_comes_first_then_what_begins_with_it_then_what_holds_it(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "C-1")
        for number in ("4711", "X-4711", "47110", "4711-A", "9-4711-9"):
            build.invoice(number, acme, "10.00", on="2026-01-01")
        build.settle()
    assert [one.name for one in book.ask(search, "4711", objects=["Invoice"])] == [
        "4711",
        "4711-A",
        "47110",
        "9-4711-9",
        "X-4711",
    ]
    assert [one.name for one in book.ask(search, "x", objects=["Invoice"])] == ["X-4711"]
    assert [one.name for one in book.ask(search, "47", objects=["Invoice"], limit=2)] == ["4711-A", "47110"]


def test_the_index_follows_what_is_written(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "C-1")
        draft = build.invoice(None, acme, "10.00", on="2026-01-01", status="Draft")
        described = update(invoice).where(invoice.c.id == draft)
        connection.execute(described.values(description="Order 4711 from Zürich"))
        build.settle()
        assert found(connection, "zürich") == [draft], "before it is committed too"
    assert [one.key for one in book.ask(search, "ZÜRICH")] == [draft]
    with book.writing() as connection:
        connection.execute(described.values(description="Order 4712"))
        assert found(connection, "471") == [draft]
        assert found(connection, "zürich") == []
    assert book.ask(search, "zürich") == ()
    with book.writing() as connection:
        connection.execute(invoice.delete().where(invoice.c.id == draft))
    assert book.ask(search, "471") == ()
    assert book.ask(lambda connection: list(prove(connection, as_of=NOW.date()))) == []


def test_what_the_index_says_otherwise_is_named(odd: Book) -> None:
    with odd.writing() as connection:
        connection.execute(text("DELETE FROM search_invoice WHERE rowid = 14"))
    named = [str(one) for one in odd.ask(lambda connection: list(prove(connection, as_of=NOW.date())))]
    assert len(named) == 10
    assert all("index of free text of invoice" in one for one in named)


def test_many_rows_are_taken_in_at_once(file_book: Book) -> None:
    with file_book.writing() as connection:
        build, chance = Builder(connection), Random(1)
        connection.execute(text("INSERT INTO search_pending VALUES ('invoice', 0)"))
        acme = build.account("Acme Ltd", "C-1")
        numbers = [f"N-{chance.randrange(10**9):09}" for _ in range(50)]
        keys = [build.invoice(number, acme, "10.00", on="2026-01-01") for number in numbers]
        build.settle()
        assert found(connection, numbers[7][3:8]) == [keys[7]], "before it is built"
    assert file_book.ask(newest_matching, "Invoice", numbers[7], Way.WHOLE, 9) == [keys[7]]
