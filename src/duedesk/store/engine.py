"""Engines: connections to a SQLite file or a PostgreSQL server, set up so that nothing is lost; no tables here."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from duedesk.domain.errors import BookError
from duedesk.store.search_index import fold_stored

APPLICATION_ID = 0x44554544
"""“DUED” in the header of every book, so that another program's file is never taken for one."""

SAFE_WAL_VERSION = (3, 51, 3)
"""Older versions can corrupt a file in WAL mode when it is reset (sqlite.org/wal.html#walresetbug)."""

WAIT_FOR_LOCK_MS = 5_000

_READERS_CACHE_KIB, _WRITERS_CACHE_KIB = 4_096, 65_536
"""What a reader does not hold the system does; a writer keeps what it has changed until it commits."""


def is_server(location: str) -> bool:
    """Tell whether a location is the URL of a server rather than a file."""
    return location.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def engine_for(location: str, *, read_only: bool = False) -> Engine:
    """Make the engine of a book; BookError where the location cannot be one. Nothing is connected yet."""
    return _server_engine(location) if is_server(location) else _file_engine(Path(location), read_only=read_only)


def _file_engine(path: Path, *, read_only: bool) -> Engine:
    mode = "ro" if read_only else "rwc"
    uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
    engine = create_engine(
        URL.create("sqlite"),
        module=sqlite,
        poolclass=QueuePool,  # a URL without a file would get one connection a thread, for reads and writes alike
        creator=lambda: sqlite.connect(uri, uri=True, check_same_thread=False, timeout=WAIT_FOR_LOCK_MS / 1000),
    )
    event.listen(engine, "connect", _prepare_file)
    event.listen(engine, "begin", _begin_file)
    return engine


def _prepare_file(connection: DBAPIConnection, record: Any) -> None:  # noqa: ARG001
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.create_function("duedesk_fold", 1, fold_stored, deterministic=True)
    safe = tuple(sqlite.sqlite_version_info) >= SAFE_WAL_VERSION
    cursor = connection.cursor()
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "foreign_keys = ON",
        f"busy_timeout = {WAIT_FOR_LOCK_MS}",
        f"journal_mode = {'WAL' if safe else 'DELETE'}",
        f"synchronous = {'FULL' if safe else 'EXTRA'}",
        "fullfsync = ON",
        "temp_store = MEMORY",
        "mmap_size = 67108864",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_file(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another has written in between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITERS_CACHE_KIB if writes else _READERS_CACHE_KIB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _server_engine(location: str) -> Engine:
    try:
        url = make_url(location).set(drivername="postgresql+psycopg")
        engine = create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": 10, "application_name": "duedesk"}
        )
    except (ArgumentError, ValueError):
        raise BookError(f"“{location}” is no address of a book.", "Write postgresql://user@host/database.") from None
    except (ImportError, NoSuchModuleError):
        raise BookError("This installation cannot open PostgreSQL books.", "Install duedesk[postgres].") from None
    event.listen(engine, "connect", _prepare_server)
    return engine


def _prepare_server(connection: DBAPIConnection, record: Any) -> None:  # noqa: ARG001
    """Plan for short questions, and for lists of a million ids: what a server sets is for any program on it."""
    cursor = connection.cursor()
    cursor.execute(
        "SET jit = off; "  # compiling takes longer than most questions
        "SET plan_cache_mode = force_custom_plan; "  # how much lies after a day decides the way
        "SET work_mem = '128MB'"  # a million ids are sorted without a file
    )
    cursor.close()
    connection.commit()
