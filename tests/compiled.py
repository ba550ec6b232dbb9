"""What SQLAlchemy compiled, shared by every book of a run: each test opens its own, and would compile all of it anew.

The program itself keeps one engine for as long as a book is open, and so shares as much; no statement is kept back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

_Key = tuple[Any, ...]


class _Compiled(LRUCache[_Key, Any]):
    """Statements under the kind of their database, where SQLAlchemy has the one engine they were compiled for."""

    def get(self, key: _Key, default: Any = None) -> Any:
        return super().get(_of_any_engine(key), default)

    def __setitem__(self, key: _Key, value: Any) -> None:
        super().__setitem__(_of_any_engine(key), value)


def _of_any_engine(key: _Key) -> _Key:
    dialect, *rest = key
    return (dialect.name, *rest)


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let every engine take what another one has compiled already."""
    shared = _Compiled(5_000)

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=shared)

    event.listen(Engine, "engine_connect", share)
    yield
    event.remove(Engine, "engine_connect", share)
