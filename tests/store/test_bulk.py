"""Many rows at once: values in stored form come back as they went in, and keys are never given twice."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from build import Builder
from duedesk.store.book import Book
from duedesk.store.bulk import CHUNK, Keys, insert_rows
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


def test_values_come_back_as_they_went_in(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        key = build.invoice("I-1", build.account(), "9007199254.9901", on="2026-02-28", recorded="2026-03-01")
        row = connection.execute(select(invoice).where(invoice.c.id == key)).one()
    assert row.total_amount_with_tax == Decimal("9007199254.9901")
    assert row.invoice_date == date(2026, 2, 28)
    assert row.posted_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert row.is_due_date_derived is False


def test_keys_are_given_once(book: Book) -> None:
    with book.writing() as connection:
        keys = Keys(connection)
        first, second = list(keys.take(account, 3)), list(keys.take(account, 2))
        assert len({*first, *second}) == 5
        columns = ["id", "name", "folded_name", "created_date"]
        insert_rows(connection, account, columns, [(key, "A", "a", "2026-01-01T00:00:00.000000Z") for key in first])
    with book.writing() as connection:
        assert set(Keys(connection).take(account, 1)).isdisjoint(first)


def test_more_rows_than_a_chunk(book: Book) -> None:
    count = CHUNK + 5
    with book.writing() as connection:
        columns = ["name", "folded_name", "created_date"]
        rows = ((f"A {place}", f"a {place}", "2026-01-01T00:00:00.000000Z") for place in range(count))
        assert insert_rows(connection, account, columns, rows) == count
        assert connection.scalar(select(func.count()).select_from(account)) == count


def test_a_column_that_is_not_there_is_a_fault_of_the_program(book: Book) -> None:
    with pytest.raises(LookupError, match="no column nmae"), book.writing() as connection:
        insert_rows(connection, account, ["nmae"], [("A",)])
