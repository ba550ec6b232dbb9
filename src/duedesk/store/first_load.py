"""A first load of many rows: indexes built and checks proved after it, statistics taken last; it writes no rows."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import CheckConstraint, Connection, Index, Table, case, func, select, text
from sqlalchemy.exc import IntegrityError

from duedesk.store.book import Book
from duedesk.store.search_index import put_words_aside
from duedesk.store.tables import METADATA

_FEW = 20
"""One row in so many may go into an index while a table is filled: it is cheaper than building it."""

_LARGE = 1_000
"""Pages of a server's table, of 8 KiB each, from which on it matters."""

_ROOM_TO_SORT_KIB = 4_096
"""What is sorted at a time: what the processor keeps near is sorted a tenth faster than what it fetches."""

_ROWS_LOOKED_AT = 2_000
"""Rows of an index that say enough of a large one."""


class IndexesAside:
    """The indexes of empty tables about to be filled, dropped; `build` must follow in the same transaction."""

    def __init__(self, connection: Connection, tables: Iterable[Table]) -> None:
        self._connection = connection
        filled = list(tables)
        self._dropped = _indexes(filled)
        for index in self._dropped:
            index.drop(connection)
        put_words_aside(connection, (table.name for table in filled))

    def look(self) -> None:
        """Build now, with the first rows in, those that few rows go into: later it takes a look at every row."""
        self._build([index for index in self._dropped if self._is_of_few(index)])

    def build(self, *tables: Table) -> None:
        """Build the indexes of the tables, or of all; what must be unique is proved by it."""
        self._build([index for index in self._dropped if not tables or index.table in tables])

    def _build(self, wanted: Sequence[Index]) -> None:
        is_file = self._connection.dialect.name == "sqlite"
        room = self._connection.exec_driver_sql("PRAGMA cache_size").scalar() if is_file and wanted else None
        if room is not None:
            self._connection.exec_driver_sql(f"PRAGMA cache_size = -{_ROOM_TO_SORT_KIB}")
        for index in wanted:
            index.create(self._connection)
            self._dropped.remove(index)
        if room is not None:
            self._connection.exec_driver_sql(f"PRAGMA cache_size = {int(room)}")

    def _is_of_few(self, index: Index) -> bool:
        condition = index.dialect_options["sqlite"]["where"]
        if condition is None or index.table is None:
            return False
        there = func.count(case((text(f"({condition})"), 1)))
        of_all, count = self._connection.execute(select(there, func.count()).select_from(index.table)).one()
        return bool(of_all * _FEW < count)


@contextmanager
def checks_after(connection: Connection) -> Iterator[None]:
    """Hold what is written inside against the checks of its tables at once, and not row by row: that costs a third.

    IntegrityError where a row breaks one. A server holds each row against them as it comes.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    for table in METADATA.sorted_tables:
        _prove(connection, table)


def _prove(connection: Connection, table: Table) -> None:
    checks = {str(one.name): str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)}
    holds = " AND ".join(f"({check})" for check in checks.values())
    if checks and connection.exec_driver_sql(f"SELECT 1 FROM {table.name} WHERE NOT ({holds}) LIMIT 1").first():
        broken = next(
            name
            for name, check in checks.items()
            if connection.exec_driver_sql(f"SELECT 1 FROM {table.name} WHERE NOT ({check}) LIMIT 1").first()
        )
        raise IntegrityError(None, None, sqlite.IntegrityError(f"CHECK constraint failed: {broken}"))


def take_statistics(book: Book) -> None:
    """Tell the planner what the tables hold now, and bring a file's log back into the file."""
    with book.writing() as connection:
        if book.is_file:
            connection.exec_driver_sql(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")
    if not book.is_file:
        _mark_as_seen(book)
    else:
        with book.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _mark_as_seen(book: Book) -> None:
    """Let a server note which pages of its large tables all may see, so that it reads indexes alone at once.

    It does so by itself a minute later, and where the login may not ask for it.
    """
    with book.engine.connect() as connection:
        free = connection.execution_options(isolation_level="AUTOCOMMIT")
        large = free.exec_driver_sql(
            "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            f"AND relkind = 'r' AND relpages > {_LARGE} AND relallvisible < 0.9 * relpages"
        )
        for (name,) in large.all():
            free.exec_driver_sql(f"VACUUM {name}")


def _indexes(tables: Iterable[Table]) -> list[Index]:
    """Give the indexes by table and name: their order in a set is chance."""
    return [index for table in tables for index in sorted(table.indexes, key=lambda one: str(one.name))]
