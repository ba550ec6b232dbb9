"""What a first load leaves for later is done before it stands: what breaks a check does not come in."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from duedesk.store.book import Book
from duedesk.store.bulk import StoredValue, insert_rows
from duedesk.store.first_load import IndexesAside, checks_after
from duedesk.store.tables.ledger import payment
from duedesk.store.tables.party import account, owner

NOW = "2026-01-01T00:00:00.000000Z"
COLUMNS = ("name", "type", "created_date")


def load(connection: Connection, name: str, kind: str) -> None:
    """Write an owner whose checks are held later."""
    with checks_after(connection):
        insert_rows(connection, owner, COLUMNS, [(name, kind, NOW)])


def test_checks_are_proved_after_the_rows(file_book: Book) -> None:
    with file_book.writing() as connection:
        load(connection, "Ana", "User")
    with pytest.raises(IntegrityError, match="ck_owner_type"), file_book.writing() as connection:
        load(connection, "Ben", "Ghost")
    with pytest.raises(IntegrityError, match="ck_owner_type"), file_book.writing() as connection:
        insert_rows(connection, owner, COLUMNS, [("Ben", "Ghost", "2026-01-01T00:00:00.000000Z")])
    with file_book.reading() as connection:
        assert [row.name for row in connection.execute(owner.select())] == ["Ana"]


def put_payments(connection: Connection, numbers: Mapping[int, str | None]) -> None:
    """Write payments by key, each known by its row and a few by a number."""
    columns = ("id", "payment_number", "source_key", "effective_date")
    fixed: dict[str, StoredValue] = {
        "account_id": 1,
        "currency_iso_code": "EUR",
        "amount": 10_000,
        "created_date": NOW,
        "status": "Processed",
    }
    fixed |= {"type": "Sale", "processing_mode": "External"}
    rows = [(key, number, f"row {key}", "2026-01-01") for key, number in numbers.items()]
    insert_rows(connection, payment, columns, rows, fixed)


def indexes(connection: Connection) -> set[str]:
    """Give the names of the indexes of payments that are there."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'payment'")
    return set(found.scalars())


def test_an_index_of_few_rows_is_built_before_the_many_come(file_book: Book) -> None:
    with file_book.writing() as connection:
        insert_rows(connection, account, ("id", "name", "folded_name", "created_date"), [(1, "Acme", "acme", NOW)])
        aside = IndexesAside(connection, [payment])
        assert indexes(connection) == set()
        put_payments(connection, {key: "P1" if key == 1 else None for key in range(1, 101)})
        aside.look()
        there = indexes(connection)
        assert "uq_payment_payment_number" in there
        assert there.isdisjoint({"uq_payment_source_key", "ix_payment_account_id"})
        with pytest.raises(IntegrityError, match="payment_number"):
            put_payments(connection, {101: "P1"})
        aside.build()
        assert indexes(connection) == {index.name for index in payment.indexes}
