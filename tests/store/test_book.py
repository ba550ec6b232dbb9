"""A book is created, opened, refused, copied and brought up to date; a file that is none is left as it was."""

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from build import Builder
from duedesk.domain.errors import BookError, Cancelled
from duedesk.store import book as store
from duedesk.store import migrations
from duedesk.store.book import Book, back_up, create_book, open_book
from duedesk.store.engine import APPLICATION_ID
from duedesk.store.tables import METADATA
from duedesk.store.tables.party import account

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_the_migrations_make_what_the_tables_say(book: Book) -> None:
    with book.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_no_index_of_words})
        assert compare_metadata(context, METADATA) == []


def _is_no_index_of_words(name: str | None, kind: str, parents: object) -> bool:
    return not str(name).startswith("search_")


def test_a_file_is_strict_and_loses_nothing(file_book: Book) -> None:
    with file_book.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id", "trusted_schema")
        }
        tables = connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").all()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
        "trusted_schema": 0,
    }
    ours = {name for name, strict in tables if strict}
    assert set(METADATA.tables) <= ours


def test_what_fails_leaves_nothing_behind(book: Book) -> None:
    def fail_halfway() -> None:
        with book.writing() as connection:
            Builder(connection).account()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert book.ask(lambda connection: connection.scalar(select(func.count()).select_from(account))) == 0


def test_a_reader_sees_one_state(book: Book) -> None:
    with book.reading() as reader:
        before = reader.scalar(select(func.count()).select_from(account))
        with book.writing() as writer:
            Builder(writer).account()
        assert reader.scalar(select(func.count()).select_from(account)) == before == 0


def test_a_reader_cannot_write_on_a_server(book: Book) -> None:
    if book.is_file:
        pytest.skip("SQLite has no read-only transaction; the guard there is that nobody asks for one")
    with pytest.raises(DBAPIError), book.reading() as connection:
        Builder(connection).account()


def test_a_question_is_stopped_within_itself(book: Book) -> None:
    endless = text("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return True

    with pytest.raises(Cancelled), book.heeding(stop).reading() as connection:
        connection.execute(endless)
    assert asked
    with book.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(account)) == 0


def test_nothing_is_written_over(file_book: Book) -> None:
    with pytest.raises(BookError, match="exists already"):
        create_book(file_book.location)


def test_a_book_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="There is no book"):
        open_book(str(tmp_path / "none.duedesk"), now=NOW)
    with pytest.raises(BookError, match="is a folder"):
        open_book(str(tmp_path), now=NOW)
    with pytest.raises(BookError, match="There is no folder"):
        create_book(str(tmp_path / "nowhere" / "new.duedesk"))


def test_foreign_files_are_refused_and_left_as_they_were(tmp_path: Path, shared: Path) -> None:
    for name in ("340_not_a_db", "342_header_zero", "348_sqlite_other_app"):
        source = shared / "hostile" / "db" / f"{name}.ardb"
        copy = tmp_path / "copy.duedesk"
        shutil.copy(source, copy)
        with pytest.raises(BookError, match=r"copy\.duedesk"):
            open_book(str(copy), now=NOW)
        assert copy.read_bytes() == source.read_bytes()
        assert list(tmp_path.iterdir()) == [copy], "nothing is left beside it"


def test_an_empty_file_is_no_book(tmp_path: Path) -> None:
    empty = tmp_path / "empty.duedesk"
    empty.touch()
    with pytest.raises(BookError, match="is not a Duedesk book"):
        open_book(str(empty), now=NOW)


def test_a_book_of_a_newer_program_is_refused(file_book: Book) -> None:
    with file_book.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    file_book.close()
    with pytest.raises(BookError, match="newer Duedesk"):
        open_book(file_book.location, now=NOW)


def test_an_older_book_is_backed_up_and_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location = str(tmp_path / "old.duedesk")
    with monkeypatch.context() as earlier:
        earlier.setattr(migrations, "upgrade", partial(migrations.upgrade, revision="0001"))
        create_book(location).close()
    opened = open_book(location, now=NOW)
    try:
        with opened.reading() as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == store.HEAD
        (copy,) = tmp_path.glob("old-before-*.duedesk")
        assert copy.name == f"old-before-{store.HEAD}-20261123-100000.duedesk"
    finally:
        opened.close()


def test_a_backup_reads_back(file_book: Book, tmp_path: Path) -> None:
    with file_book.writing() as connection:
        Builder(connection).account("Acme Ltd")
    target = tmp_path / "copy.duedesk"
    back_up(file_book, target)
    copy = open_book(str(target), now=NOW)
    try:
        assert copy.ask(lambda connection: connection.scalar(select(account.c.name))) == "Acme Ltd"
    finally:
        copy.close()


def test_a_url_that_is_none() -> None:
    with pytest.raises(BookError):
        open_book("postgresql://nobody@127.0.0.1:1/none", now=NOW)


def test_a_book_whose_making_is_interrupted_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("duedesk.store.migrations.upgrade", interrupt)
    with pytest.raises(KeyboardInterrupt):
        create_book(str(tmp_path / "new.duedesk"))
    assert list(tmp_path.iterdir()) == []
