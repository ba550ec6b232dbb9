"""Connections on which every question is answered from what one person may see, whoever wrote the question.

Views of the session stand before the tables under the tables' own names. Such connections only read: what is written
goes through the plain engine, where the tables themselves stand and each action asks for leave.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from duedesk.store.engine import engine_for

_VIEWS = "views that stand before tables"


class RestrictedEngine:
    """The connections of a book for somebody from whom something is hidden; they are made when first asked for."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._engine: Engine | None = None

    @contextmanager
    def connect(self, views: Mapping[str, str]) -> Iterator[Connection]:
        """Give a connection on which these questions stand before the tables; no transaction has begun yet."""
        if self._engine is None:
            self._engine = engine_for(self._location)
        with self._engine.connect() as connection:
            if connection.info.get(_VIEWS) != views:
                _put_up(connection, views)
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        if self._engine is not None:
            self._engine.dispose()


def _put_up(connection: Connection, views: Mapping[str, str]) -> None:
    """Put the views before the tables, all or none: half of them would show what the others hide."""
    raw = connection.connection.driver_connection
    if raw is None:
        raise LookupError("the connection is closed")
    on_file = connection.dialect.name == "sqlite"
    cursor = raw.cursor()
    try:
        if on_file:  # the driver of a server begins by itself
            cursor.execute("BEGIN")
        for name, question in views.items():
            if on_file:
                cursor.execute(f"DROP VIEW IF EXISTS temp.{name}")
            cursor.execute(f"CREATE {'' if on_file else 'OR REPLACE '}TEMP VIEW {name} AS {question}")
        raw.commit()
    except BaseException:
        connection.info.pop(_VIEWS, None)
        connection.invalidate()
        raise
    finally:
        cursor.close()
    connection.info[_VIEWS] = dict(views)
