"""Opening and making books from the window: asked for, worked behind, handed over, refused in words."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desk.waiting import Settled
from duedesk.actions.recent import last_book, remember_book
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.navigation import ShowImport
from duedesk.desk.opening import Opening
from duedesk.domain.errors import BookError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.overview import overview


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def opening(window: QWidget, tasks: Tasks, world: World) -> Opening:
    return Opening(window, tasks, world)


@pytest.fixture
def heard(opening: Opening) -> list[Any]:
    said: list[Any] = []
    opening.opened.connect(said.append)
    opening.failed.connect(said.append)
    opening.go_asked.connect(said.append)
    return said


def answer(monkeypatch: pytest.MonkeyPatch, dialog: str, given: object) -> None:
    monkeypatch.setattr(QFileDialog, dialog, lambda *_: (given, ""))


def test_a_book_is_opened_and_remembered(
    opening: Opening, heard: list[Any], settled: Settled, file_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getOpenFileName", file_book.location)
    opening.ask_and_open()
    settled()

    assert isinstance(heard[0], Workspace)
    assert heard[0].book.location == file_book.location
    assert last_book() == file_book.location
    heard[0].close()


def test_the_book_last_opened_is_opened_again_unless_another_is_named(
    opening: Opening, heard: list[Any], settled: Settled, file_book: Book, tmp_path: Path
) -> None:
    remember_book(file_book.location)
    opening.open_last(None)
    settled()
    assert heard[0].book.location == file_book.location
    heard[0].close()

    opening.open_last(str(tmp_path / "other.duedesk"))
    settled()
    assert isinstance(heard[1], BookError)


def test_a_last_book_that_is_gone_is_not_missed(
    opening: Opening, heard: list[Any], settled: Settled, tmp_path: Path
) -> None:
    remember_book(str(tmp_path / "gone.duedesk"))
    opening.open_last(None)
    settled()

    assert heard == []


def test_what_is_no_book_is_refused_in_words(
    opening: Opening, heard: list[Any], settled: Settled, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("x" * 500, encoding="utf-8")
    opening.open(str(tmp_path / "notes.txt"))
    settled()

    assert [error.message for error in heard] == ["notes.txt is not a Duedesk book."]


def test_dialogs_that_are_dismissed_do_nothing(
    opening: Opening, heard: list[Any], settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    for dialog, given in (("getOpenFileName", ""), ("getSaveFileName", ""), ("getOpenFileNames", [])):
        answer(monkeypatch, dialog, given)
    opening.ask_and_open()
    opening.ask_and_make_sample()
    opening.ask_and_import(None)
    answer(monkeypatch, "getOpenFileNames", ["a.csv"])
    opening.ask_and_import(None)
    settled()

    assert heard == []


def test_a_sample_book_is_made_and_shown(
    opening: Opening, heard: list[Any], settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getSaveFileName", str(tmp_path / "sample"))
    opening.ask_and_make_sample()
    settled()

    assert heard[0].book.location == str(tmp_path / "sample.duedesk")
    assert heard[0].ask(overview).invoices == 2_000
    heard[0].close()


def test_a_sample_book_can_be_stopped_and_leaves_nothing(
    opening: Opening, heard: list[Any], settled: Settled, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getSaveFileName", str(tmp_path / "sample.duedesk"))
    tasks.started.connect(lambda ticket: ticket.cancel())
    opening.ask_and_make_sample()
    settled()

    assert heard == []
    assert not (tmp_path / "sample.duedesk").exists()


def test_files_for_the_open_book_go_straight_to_the_import(
    opening: Opening, heard: list[Any], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getOpenFileNames", ["a.csv", "b.xlsx"])
    opening.ask_and_import(workspace)

    assert heard == [ShowImport(("a.csv", "b.xlsx"))]


def test_a_dropped_book_is_opened_and_a_dropped_table_taken_in(
    opening: Opening, heard: list[Any], settled: Settled, workspace: Workspace, file_book: Book
) -> None:
    opening.take(("a.csv",), workspace)
    opening.take((), workspace)
    assert heard == [ShowImport(("a.csv",))]

    opening.take((file_book.location,), workspace)
    settled()
    assert heard[1].book.location == file_book.location
    heard[1].close()


def test_without_a_book_a_new_one_is_made_for_the_import(
    opening: Opening, heard: list[Any], settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getOpenFileNames", ["a.csv"])
    answer(monkeypatch, "getSaveFileName", str(tmp_path / "new.duedesk"))
    opening.ask_and_import(None)
    settled()

    assert isinstance(heard[0], Workspace)
    assert heard[1] == ShowImport(("a.csv",))
    heard[0].close()


def test_nothing_is_written_over(
    opening: Opening, heard: list[Any], settled: Settled, file_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getOpenFileNames", ["a.csv"])
    answer(monkeypatch, "getSaveFileName", file_book.location)
    opening.ask_and_import(None)
    opening.ask_and_make_sample()
    settled()

    assert [str(error) for error in heard] == [
        "book.duedesk exists already. Choose another name; nothing is written over."
    ] * 2
