"""A first load of many rows: indexes are put aside and built after it, statistics taken last; it writes no rows."""

from collections.abc import Iterable

from sqlalchemy import Connection, Index, Table

from duedesk.store.book import Book
from duedesk.store.search_index import put_words_aside

_ROWS_LOOKED_AT = 2_000
"""Rows of an index that say enough of a large one."""


def put_indexes_aside(connection: Connection, tables: Iterable[Table]) -> None:
    """Drop the indexes of tables about to be filled; `build_indexes` must follow in the same transaction."""
    filled = list(tables)
    for index in _indexes(filled):
        index.drop(connection)
    put_words_aside(connection, (table.name for table in filled))


def build_indexes(connection: Connection, tables: Iterable[Table]) -> None:
    """Build the indexes of tables that were filled; what must be unique is proved by it."""
    for index in _indexes(tables):
        index.create(connection)


def take_statistics(book: Book) -> None:
    """Tell the planner what the tables hold now, and bring a file's log back into the file."""
    with book.writing() as connection:
        if book.is_file:
            connection.exec_driver_sql(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")
    if book.is_file:
        with book.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _indexes(tables: Iterable[Table]) -> list[Index]:
    """Give the indexes by table and name: their order in a set is chance."""
    return [index for table in tables for index in sorted(table.indexes, key=lambda one: str(one.name))]
