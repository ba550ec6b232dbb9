"""The index of three letters in a file: what it is made of, and how it is kept in step; it finds nothing itself.

Each searched table has a table of words beside it, of which only the index is kept: the searched columns, folded as
names are, each between line ends, so that a beginning and a whole number can be looked for as well as a part. Triggers
write down which rows have changed; whoever writes brings the words into step at the end of their transaction. A
server has its own index of three letters, which it keeps itself.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from duedesk.domain.names import fold
from duedesk.domain.objects import CATALOG
from duedesk.domain.searching import SEARCHED_FIELDS

ALL = 0
"""The key that stands for every row of a table: none of its words are in the index."""

BETWEEN = "\n"
"""What stands around each column in the words; folding leaves none of it inside."""

COLUMNS = {
    CATALOG.object(name).table: tuple(CATALOG.object(name).field(field).column for field in fields)
    for name, fields in SEARCHED_FIELDS.items()
}
"""The searched tables and their columns."""

_ROOM_TO_BUILD, _ROOM = 64 << 20, 1 << 20
"""Bytes of words in memory while the index is built, and otherwise."""


def fold_stored(text: str | None) -> str | None:
    """Fold a stored text; the function `duedesk_fold` of connections to a file."""
    return None if text is None else fold(text)


def words_of(table: str, rows: str) -> str:
    """Give in SQL what the index holds of a row; `rows` is what the table is called in the question."""
    end = f"char({ord(BETWEEN)})"
    return f" || {end} || ".join(("''", *(_folded(f"{rows}.{column}") for column in COLUMNS[table]), "''"))


def is_odd(table: str, rows: str) -> str:
    """Give in SQL the condition that a row holds what SQLite does not fold as we do."""
    return " OR ".join(_is_odd(f"{rows}.{column}") for column in COLUMNS[table])


def put_words_aside(connection: Connection, tables: Iterable[str]) -> None:
    """Let the words of tables about to be filled be built once, at the end of the transaction."""
    if has_words(connection):
        for name in sorted(set(tables) & COLUMNS.keys()):
            connection.exec_driver_sql("INSERT OR IGNORE INTO search_pending VALUES (?, ?)", (name, ALL))


def bring_into_step(connection: Connection) -> None:
    """Take into the index what has changed in this transaction."""
    if not has_words(connection):
        return
    sources = connection.exec_driver_sql("SELECT source, min(key) FROM search_pending GROUP BY source").all()
    for name, first in sources:
        (_build if first == ALL else _renew)(connection, name)
        connection.exec_driver_sql("DELETE FROM search_pending WHERE source = ?", (name,))


def has_words(connection: Connection) -> bool:
    """Tell whether the book keeps words itself: a file does, once it has been brought so far."""
    if connection.dialect.name != "sqlite":
        return False
    found = connection.exec_driver_sql("SELECT 1 FROM main.sqlite_schema WHERE name = 'search_pending'")
    return found.first() is not None


def is_in_step(connection: Connection) -> bool:
    """Tell whether the words say what the rows say: within a transaction that writes they may not."""
    return connection.exec_driver_sql("SELECT 1 FROM search_pending LIMIT 1").first() is None


def fill(connection: Connection, name: str, into: str) -> None:
    """Put the words of all rows of a table that have any into an empty table of words."""
    connection.exec_driver_sql(
        f"INSERT INTO {into}(rowid, words) SELECT r.id, {words_of(name, 'r')} FROM main.{name} r "
        f"WHERE {_has_any(name)} ORDER BY r.id"
    )


def _build(connection: Connection, name: str) -> None:
    index = f"search_{name}"
    connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('delete-all')")
    connection.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('hashsize', {_ROOM_TO_BUILD})")
    fill(connection, name, index)
    connection.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('hashsize', {_ROOM})")


def _renew(connection: Connection, name: str) -> None:
    changed = f"SELECT key FROM search_pending WHERE source = '{name}'"
    connection.exec_driver_sql(f"DELETE FROM search_{name} WHERE rowid IN ({changed})")
    connection.exec_driver_sql(
        f"INSERT INTO search_{name}(rowid, words) "
        f"SELECT r.id, {words_of(name, 'r')} FROM main.{name} r WHERE r.id IN ({changed}) "
        f"AND {_has_any(name)} ORDER BY r.id"
    )


def _has_any(name: str) -> str:
    """Tell which rows of a table `r` have words: payments known by the rows they came in mostly have none."""
    return f"coalesce({', '.join(f'r.{column}' for column in COLUMNS[name])}) IS NOT NULL"


def _folded(column: str) -> str:
    return f"coalesce(CASE WHEN {_is_odd(column)} THEN duedesk_fold({column}) ELSE lower(trim({column})) END, '')"


def _is_odd(column: str) -> str:
    """Tell what has letters beyond ASCII, or more than one space: the rest is folded by SQLite alone."""
    return f"{column} GLOB '*[^ -~]*' OR {column} GLOB '*  *'"
