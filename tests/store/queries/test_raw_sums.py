"""Sums are whole numbers on both databases, also those that 64 bits do not hold, and the transaction goes on."""

from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, literal_column, select

from duedesk.store.book import Book
from duedesk.store.queries.aging.groups import raw_sums
from duedesk.store.tables.ledger import invoice

LARGEST = 2**63 - 1


@pytest.mark.parametrize("each", [7, LARGEST])
def test_a_sum_of_any_size_is_a_whole_number(server_book: Book, each: int) -> None:
    two = select(literal_column(f"{each}::bigint").label("each")).select_from(func.generate_series(1, 2)).subquery()
    columns: list[ColumnElement[Any]] = [literal_column("'EUR'").label("currency"), func.sum(two.c.each)]
    question = select(*columns)

    with server_book.reading() as connection:
        connection.execution_options(yield_per=2_000)  # as whoever reads items before does

        assert raw_sums(connection, question, keys=1) == [("EUR", 2 * each)]
        assert connection.scalar(select(func.count()).select_from(invoice)) == 0
