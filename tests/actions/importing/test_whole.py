"""An import is whole or it is not at all: stopped, interrupted, or with its indexes built after it."""

import threading
from pathlib import Path

import pytest

from actions.importing.imports import bring_in, counts, made
from duedesk.actions.importing import files as importing_files
from duedesk.actions.importing import indexes as importing_indexes
from duedesk.domain.errors import Cancelled
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.tables import METADATA
from files_to_import import ledger, row


def test_the_work_can_be_stopped_and_leaves_the_book_as_it_was(
    book: Book, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_files, "BLOCK", 10)
    path = ledger(tmp_path / "a.csv", *(row(number) for number in range(1, 101)))
    stop, told, before = threading.Event(), [], counts(book)

    def progress(what: str, done: int, total: int) -> None:
        told.append((what, done, total))
        if done >= 50:
            stop.set()

    with pytest.raises(Cancelled, match="nothing was changed"):
        bring_in(book, world, path, progress=progress, cancelled=stop.is_set)
    assert told[-1] == ("Importing a.csv", 50, 100)
    assert counts(book) == before


def test_ctrl_c_leaves_the_book_as_it_was(book: Book, world: World, tmp_path: Path) -> None:
    def interrupt(_what: str, done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    before = counts(book)
    with pytest.raises(KeyboardInterrupt):
        bring_in(book, world, ledger(tmp_path / "a.csv", row(1), "short"), skip_bad=True, progress=interrupt)
    assert counts(book) == before
    assert [path.name for path in tmp_path.glob("*rejected*")] == []


def test_a_long_file_gets_its_indexes_after_it(
    book: Book, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_indexes, "LARGE", 50)
    path = ledger(tmp_path / "a.csv", *(row(number, customer_no=f"C{number % 7}") for number in range(1, 101)))
    assert made(bring_in(book, world, path))["Invoice"] == 100
    with book.reading() as connection:
        if book.is_file:
            sql = "SELECT name FROM sqlite_master WHERE type = 'index'"
        else:
            sql = "SELECT indexname FROM pg_indexes"
        there = {name for (name,) in connection.exec_driver_sql(sql)}
    for table in METADATA.tables.values():
        assert {index.name for index in table.indexes} <= there


def test_rows_left_out_are_written_though_the_rest_is_known(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), "short")
    for turn in ("first", "second"):
        target = tmp_path / f"{turn}.csv"
        bring_in(file_book, world, path, skip_bad=True, rejected_to=target)
        assert "short" in target.read_text(encoding="utf-8-sig")
