"""What a first load leaves for later is done before it stands: what breaks a check does not come in."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from duedesk.store.book import Book
from duedesk.store.bulk import insert_rows
from duedesk.store.first_load import checks_after
from duedesk.store.tables.party import owner

COLUMNS = ("name", "type", "created_date")


def load(connection: Connection, name: str, kind: str) -> None:
    """Write an owner whose checks are held later."""
    with checks_after(connection):
        insert_rows(connection, owner, COLUMNS, [(name, kind, "2026-01-01T00:00:00.000000Z")])


def test_checks_are_proved_after_the_rows(file_book: Book) -> None:
    with file_book.writing() as connection:
        load(connection, "Ana", "User")
    with pytest.raises(IntegrityError, match="ck_owner_type"), file_book.writing() as connection:
        load(connection, "Ben", "Ghost")
    with pytest.raises(IntegrityError, match="ck_owner_type"), file_book.writing() as connection:
        insert_rows(connection, owner, COLUMNS, [("Ben", "Ghost", "2026-01-01T00:00:00.000000Z")])
    with file_book.reading() as connection:
        assert [row.name for row in connection.execute(owner.select())] == ["Ana"]
