"""A PostgreSQL server as a team has it, and a sample book on it, copied from the file table by table.

That takes a third of the time of making the book there. Guards stand aside meanwhile, as only the keeper of a server
can let them; indexes are built after. It measures nothing.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg

from duedesk.store.book import create_book
from duedesk.store.tables import METADATA
from postgres_server import installed_programs

SETTINGS = (
    *("fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "max_wal_size=4GB"),
    *("shared_buffers=512MB", "max_connections=60"),
)
"""Memory as on a small server of a team's own; only what a power cut would cost is left out."""

_ROWS_AT_ONCE = 2_000

_INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = ANY(%s) AND NOT i.indisprimary AND t.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
"""

_SEQUENCES = """
    SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), 'id') FROM pg_class c
    WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace
"""


def programs() -> Path | None:
    """Give the folder of a server's programs: `DUEDESK_BENCH_POSTGRES`, else the newest of the system with pg_trgm.

    Where there is neither it is that of the development wheel, which has no index of three letters.
    """
    named = os.environ.get("DUEDESK_BENCH_POSTGRES")
    if named:
        return Path(named)
    extensions = Path("/usr/share/postgresql").glob("*/extension/pg_trgm.control")
    there = (Path("/usr/lib/postgresql") / place.parts[-3] / "bin" for place in extensions)
    return max((place for place in there if (place / "initdb").exists()), default=None) or installed_programs()


def version() -> str:
    """Give the version of the server that is measured."""
    found = programs()
    said = "" if found is None else subprocess.check_output([str(found / "postgres"), "--version"], text=True)
    return " ".join(said.split()[2:3])


def copy_to_server(sample: Path, url: str) -> None:
    """Make a book in an empty database that holds what the file holds."""
    create_book(url).close()
    with sqlite3.connect(f"file:{sample}?mode=ro", uri=True) as source, psycopg.connect(url) as target:
        there = {name for (name,) in source.execute("SELECT name FROM sqlite_schema")}
        names = [table.name for table in METADATA.sorted_tables if table.name in there]
        target.execute("SET session_replication_role = replica")
        target.execute("SET maintenance_work_mem = '256MB'")
        indexes = target.execute(_INDEXES, (names,)).fetchall()
        for index, _ in indexes:
            target.execute(f'DROP INDEX "{index}"'.encode())
        target.execute(f"TRUNCATE {', '.join(names)} CASCADE".encode())
        for name in names:
            _copy_table(source, target, name)
        for _, definition in indexes:
            target.execute(definition.encode())
        for name, sequence in target.execute(_SEQUENCES, (names,)).fetchall():
            if sequence:
                target.execute(f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 FROM {name}))".encode())
    with psycopg.connect(url, autocommit=True) as target:
        target.execute("VACUUM (ANALYZE)")  # so that indexes alone are read, as a server does by itself in a minute


def _copy_table(source: sqlite3.Connection, target: psycopg.Connection, name: str) -> None:
    columns = [column.name for column in METADATA.tables[name].columns]
    with target.cursor().copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN (FREEZE)".encode()) as copy:
        for text in _lines(source, name, columns):
            copy.write(text)


def _lines(source: sqlite3.Connection, name: str, columns: list[str]) -> Iterator[str]:
    """Let the file write its rows as COPY reads them."""
    line = " || char(9) || ".join(map(_value, columns))
    rows = source.execute(f"SELECT {line} FROM {name} ORDER BY id")
    while some := rows.fetchmany(_ROWS_AT_ONCE):
        yield "".join(f"{one}\n" for (one,) in some)


def _value(column: str) -> str:
    r"""Give in SQL a value as text, `\N` where there is none; bytes as hexadecimal digits."""
    plain = (
        f"replace(replace(replace(replace({column}, '\\', '\\\\'), char(9), '\\t'), char(10), '\\n'), char(13), '\\r')"
    )
    typed = (
        f"CASE typeof({column}) WHEN 'text' THEN {plain} WHEN 'blob' THEN '\\\\x' || hex({column}) ELSE {column} END"
    )
    return f"coalesce({typed}, '\\N')"
