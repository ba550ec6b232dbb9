"""The book: one database, opened, created, brought up to date and backed up; what stands in it is for others."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from copy import copy
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from duedesk.domain.access import Standing
from duedesk.domain.errors import BookError, Cancelled
from duedesk.store.engine import APPLICATION_ID, engine_for, is_server
from duedesk.store.restricted import RestrictedEngine
from duedesk.store.search_index import bring_into_step
from duedesk.store.standing import standing_of
from duedesk.store.stopping import heeded, was_broken_off
from duedesk.store.visible import schema_of, views

HEAD = "0022"
"""The schema this program writes."""

_MAGIC = b"SQLite format 3\0"
_NOT_ALLOWED = "42501"
"""What a server answers where grants or policies forbid something."""

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


class Book:
    """An open book. Reads and writes are different roads: `reading()` never takes the lock that `writing()` holds.

    `user` is the name of the person who reads and writes; connections carry it as their option `user`.
    """

    def __init__(self, location: str, engine: Engine, user: str = "") -> None:
        self.location = location
        self.engine = engine
        self.user = user
        self._restricted = RestrictedEngine(location)
        self._stop: Callable[[], bool] | None = None

    @property
    def is_file(self) -> bool:
        """Tell whether the book is a SQLite file."""
        return not is_server(self.location)

    @property
    def name(self) -> str:
        """Give the name people know the book by: its file name, or the database and host."""
        if self.is_file:
            return Path(self.location).name
        return f"{self.engine.url.database} on {self.engine.url.host or 'this machine'}"

    def heeding(self, stop: Callable[[], bool]) -> "Book":
        """Give the same book whose readings end with Cancelled as soon as `stop` says so, be it within a question."""
        same = copy(self)
        same._stop = stop  # noqa: SLF001 - it is the same class
        return same

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the book from its first question to its last.

        It shows what the user may see and nothing else; its option `hides` says whether that is less than all.
        BookError where the book does not know the user.
        """
        with _said_in_words(self):
            while True:
                with self._whole() as reader:
                    standing = standing_of(reader, self.user)
                    self._let_in(standing)
                    if standing.sees_all or self.is_enforced:
                        with self._heeded(reader):
                            yield reader.execution_options(hides=not standing.sees_all)
                        return
                    before_tables = views(standing, schema_of(reader))
                with self._restricted.connect(before_tables) as connection:
                    reader = self._as_reader(connection)
                    if standing_of(reader, self.user) == standing:  # nobody changed the rules in between
                        with self._heeded(reader):
                            yield reader.execution_options(hides=True)
                        return

    @contextmanager
    def reading_all(self) -> Iterator[Connection]:
        """Give a connection that sees all of the book, whoever asks; for what shows nobody any record."""
        with _said_in_words(self), self._whole() as reader:
            yield reader

    @cached_property
    def is_enforced(self) -> bool:
        """Tell whether the server itself keeps from the user what is not theirs, so that nothing is left to do here."""
        if self.is_file:
            return False
        with self.engine.connect() as connection:
            return bool(connection.exec_driver_sql("SELECT row_security_active('invoice')").scalar())

    @property
    def login(self) -> str | None:
        """Give the login that the server knows the user by, where it keeps the rules itself."""
        if not self.is_enforced:
            return None
        with self.engine.connect() as connection:
            return str(connection.exec_driver_sql("SELECT session_user").scalar())

    @contextmanager
    def _whole(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield self._as_reader(connection)

    def _as_reader(self, connection: Connection) -> Connection:
        one_state = {} if self.is_file else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return connection.execution_options(user=self.user, **one_state)

    def _heeded(self, reader: Connection) -> AbstractContextManager[None]:
        return nullcontext() if self._stop is None else heeded(reader, self._stop)

    def _let_in(self, standing: Standing) -> None:
        if standing.is_shut_out:
            raise BookError(f"{self.name} does not know “{self.user}”, or no longer.", standing.whom_to_ask)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection inside one transaction; it commits at the end and leaves nothing behind on any error."""
        with _said_in_words(self), self.engine.connect() as connection:
            writer = connection.execution_options(writes=True, user=self.user)
            with writer.begin():
                yield writer
                bring_into_step(writer)

    def ask(
        self,
        query: Callable[Concatenate[Connection, _Arguments], _Answer],
        *args: _Arguments.args,
        **kwargs: _Arguments.kwargs,
    ) -> _Answer:
        """Ask one question of `store.queries`."""
        with self.reading() as connection:
            return query(connection, *args, **kwargs)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        self._restricted.close()


def open_book(location: str, *, now: datetime, user: str = "") -> Book:
    """Open a book that exists, brought up to date; BookError where there is none or it is something else.

    A book of an older program is backed up before it is migrated; one of a newer program is refused.
    """
    if not is_server(location):
        _check_file(Path(location))
    book = Book(location, engine_for(location), user)
    try:
        revision = _revision(book)
        if revision is None:
            raise BookError(f"{book.name} holds no book yet.", f"`duedesk demo {location}` makes a sample.")
        if revision > HEAD:
            raise BookError(f"{book.name} was written by a newer Duedesk.", "Install that version to open it.")
        if revision < HEAD:
            _migrate(book, now)
    except BaseException:
        book.close()
        raise
    return book


def create_book(location: str, *, user: str = "") -> Book:
    """Make an empty book; BookError where something is there already. On a server the database must exist."""
    if not is_server(location):
        path = Path(location)
        if path.exists():
            raise BookError(f"{path.name} exists already.", "Choose another name; nothing is written over.")
        if not path.absolute().parent.is_dir():
            raise BookError(f"There is no folder {path.absolute().parent}.", "Make it first.")
    book = Book(location, engine_for(location), user)
    try:
        if not book.is_file and _revision(book) is not None:
            raise BookError(f"{book.name} holds a book already.", "Open it, or name another database.")
        _upgrade(book)
    except BaseException:
        discard_book(book)
        raise
    return book


def discard_book(book: Book) -> None:
    """Close a book whose making failed and remove its file; a database on a server is left to its keeper."""
    book.close()
    if book.is_file:
        for end in ("", "-wal", "-shm"):
            Path(book.location + end).unlink(missing_ok=True)


def back_up(book: Book, target: Path) -> None:
    """Copy a file book as it stands to `target`, proved readable before it takes its name; BookError if it fails."""
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        with book.reading_all() as connection:
            copy = sqlite.connect(draft)
            try:
                connection.connection.driver_connection.backup(copy)  # type: ignore[union-attr]
                (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            finally:
                copy.close()
        if verdict != "ok":
            raise BookError(f"The backup of {book.name} does not read back: {verdict}", "Nothing was changed.")
        _sync(draft)
        draft.replace(target)
        _sync(target.absolute().parent)
    except (sqlite.Error, OSError) as error:
        raise BookError(f"The backup {target} cannot be written: {error}.", "Nothing was changed.") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _check_file(path: Path) -> None:
    try:
        _check_header(path)
    except OSError as error:
        raise BookError(f"{path} cannot be read: {error.strerror}.", "It was left untouched.") from error


def _check_header(path: Path) -> None:
    if not path.exists():
        raise BookError(f"There is no book {path}.", "`duedesk demo FILE` makes a sample, `duedesk import` a new one.")
    if path.is_dir():
        raise BookError(f"{path} is a folder.", "Name the book's file.")
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or header[:16] != _MAGIC:
        raise BookError(f"{path.name} is not a Duedesk book.", "It was left untouched.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise BookError(f"{path.name} is another program's database.", "It was left untouched.")


def _revision(book: Book) -> str | None:
    """Read the schema's revision by plain SQL: Alembic takes 0.3 s to load and is needed only to migrate."""
    try:
        with book.engine.connect() as connection:
            row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
            return None if row is None else str(row[0])
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == _NOT_ALLOWED:
            hint = "Ask who keeps the server: `duedesk user --server-sql` says what is missing."
            raise BookError(f"{book.name} is closed to this login.", hint) from error
        if "alembic_version" in str(error.orig):
            return None
        raise BookError(_in_words(book, error), "The book was left untouched.") from error


def _migrate(book: Book, now: datetime) -> None:
    if book.is_file:
        path = Path(book.location)
        free = shutil.disk_usage(path.absolute().parent).free
        if free < 2 * path.stat().st_size:
            raise BookError(f"There is no room for a backup beside {path.name}.", "Free some space and open it again.")
        back_up(book, path.with_name(f"{path.stem}-before-{HEAD}-{now:%Y%m%d-%H%M%S}{path.suffix}"))
    _upgrade(book)


def _upgrade(book: Book) -> None:
    from duedesk.store.migrations import upgrade  # noqa: PLC0415 - Alembic loads in 0.3 s and is seldom needed

    with book.writing() as connection:
        upgrade(connection)
        if book.is_file:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {int(HEAD)}")


@contextmanager
def _said_in_words(book: Book) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise BookError(f"{book.name} is damaged.", "Open a backup of it; it was left untouched.") from error
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != _NOT_ALLOWED:
            raise
        said = str(error.orig).splitlines()[0]
        raise BookError(f"The server does not allow that: {said}.", "Nothing was changed.") from error
    except OperationalError as error:
        if was_broken_off(str(error.orig)):
            raise Cancelled from error
        raise BookError(_in_words(book, error), "Nothing was changed.") from error


def _in_words(book: Book, error: DBAPIError) -> str:
    said = str(error.orig).strip()
    for trouble, sentence in (
        ("locked", f"{book.name} is locked by another program."),
        ("disk is full", f"There is no room left on the disk of {book.name}."),
        ("disk I/O error", f"The disk of {book.name} cannot be read or is full."),
        ("readonly", f"{book.name} can only be read."),
        ("unable to open", f"{book.name} cannot be opened."),
        ("malformed", f"{book.name} is damaged."),
        ("not a database", f"{book.name} is not a Duedesk book."),
    ):
        if trouble in said:
            return sentence
    return f"{book.name} does not answer: {said.splitlines()[0]}"


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps no handle on a folder
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
