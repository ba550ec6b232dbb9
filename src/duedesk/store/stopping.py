"""A reading that can be stopped within a question: somebody else asks whether it shall, and the database breaks off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from sqlalchemy import Connection

_EVERY_MS = 100
"""How often it is asked; a question is stopped within that."""

_BROKEN_OFF = ("interrupt", "due to user request")
"""What SQLite and PostgreSQL say of a question that was stopped."""


@contextmanager
def heeded(connection: Connection, stop: Callable[[], bool]) -> Iterator[None]:
    """Break off what the connection asks as soon as `stop` says so."""
    driver: Any = connection.connection.driver_connection
    break_off = getattr(driver, "interrupt", None) or driver.cancel
    over = Event()

    def watch() -> None:
        while not over.wait(_EVERY_MS / 1000):
            if stop():
                break_off()

    watching = Thread(target=watch, name="duedesk-stop", daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def was_broken_off(said: str) -> bool:
    """Tell by what a database said whether a question was stopped."""
    return any(words in said for words in _BROKEN_OFF)
