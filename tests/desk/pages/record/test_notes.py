"""Notes and files on the record page: written by keyboard, attached by dropping, saved and never opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desk.pages.record.conftest import Story
from desk.waiting import Settled
from duedesk.actions.following.feed import add_note, attach_file
from duedesk.desk.page import Said
from duedesk.desk.pages.record.page import RecordPage
from duedesk.desk.pages.record.sheets import POSTS
from duedesk.domain.changes import Changes
from duedesk.domain.days import parse_moment
from duedesk.store.queries.records.feed import FeedPost


@pytest.fixture
def opened(page: RecordPage, story: Story, settled: Settled) -> RecordPage:
    page.desk.tasks.changed.connect(page.refresh)
    page.show_record(story.late)
    settled()
    return page


def posts(page: RecordPage) -> tuple[FeedPost, ...]:
    assert page.record is not None
    return page.record.posts


def test_a_note_is_written_with_the_keyboard_alone(opened: RecordPage, settled: Settled) -> None:
    by_key = {key: command for command in opened.commands() for key in command.keys}
    by_key["N"].run()
    assert opened.tabs.names[opened.tabs.place] == POSTS

    QTest.keyClicks(opened.posts.note, "Pays on <b>Friday</b>")
    QTest.keyClick(opened.posts.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert [(post.text, post.who) for post in posts(opened)] == [("Pays on <b>Friday</b>", "Ana Reyes")]
    assert opened.posts.text == ""
    assert opened.posts.fault == ""


def test_a_note_that_is_not_added_holds_the_page(opened: RecordPage) -> None:
    opened.notes.bring()
    QTest.keyClicks(opened.posts.note, "half a thou")

    assert not opened.can_leave()
    assert "not added yet" in opened.posts.fault
    QTest.keyClick(opened.posts.note, Qt.Key.Key_Escape)
    assert opened.can_leave()


def test_a_note_that_is_refused_stays(opened: RecordPage, settled: Settled) -> None:
    opened.notes.bring()
    opened.posts.note.setPlainText("x" * 20_000)
    opened.posts.give()
    settled()

    assert "20,000 characters" in opened.posts.fault
    assert len(opened.posts.text) == 20_000
    assert opened.posts.add_button.isEnabled()


def test_files_are_dropped_on_the_page(opened: RecordPage, tmp_path: Path, settled: Settled) -> None:
    files = []
    for name in ("delivery note.pdf", "photo.jpg"):
        file = tmp_path / name
        file.write_bytes(name.encode() * 100)
        files.append(QUrl.fromLocalFile(str(file)))
    data = QMimeData()
    data.setUrls(files)

    opened.dropEvent(
        QDropEvent(
            QPointF(100, 100),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settled()

    assert sorted((post.name, post.size) for post in posts(opened)) == [("delivery note.pdf", 1700), ("photo.jpg", 900)]


def test_a_file_that_is_gone_is_told_beside_the_files(opened: RecordPage, tmp_path: Path, settled: Settled) -> None:
    opened.notes.attach([tmp_path / "gone.pdf"])
    settled()

    assert "gone.pdf" in opened.posts.fault


def test_a_file_is_saved_where_the_reader_says(
    opened: RecordPage, story: Story, tmp_path: Path, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "note.pdf", tmp_path / "saved.pdf"
    source.write_bytes(b"%PDF-1.7")
    attach_file(opened.desk.workspace, story.late, source)
    opened.refresh()
    settled()
    said: list[Said] = []
    opened.said.connect(said.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    opened.posts.save_asked.emit(posts(opened)[0])
    settled()

    assert target.read_bytes() == b"%PDF-1.7"
    assert [one.done for one in said] == [True]


def test_a_note_is_taken_away(opened: RecordPage, story: Story, settled: Settled) -> None:
    add_note(opened.desk.workspace, story.late, "mistaken")
    opened.refresh()
    settled()

    opened.posts.removal_asked.emit(posts(opened)[0])
    settled()

    assert posts(opened) == ()


def test_what_was_known_then_is_not_written_on(page: RecordPage, story: Story, settled: Settled) -> None:
    page.show_record(story.late)
    page.stand_on(page.as_of, parse_moment("2026-07-22"))
    settled()

    assert not page.posts.add_button.isVisibleTo(page.posts)
    barred = {command.text: command.barred() for command in page.commands()}
    assert "as it was known then" in barred["&Note"]
    assert barred["&Letter"] == ""


def test_only_its_own_changes_are_read(opened: RecordPage) -> None:
    opened.refresh(Changes(frozenset({"InvoiceFeed"})))
    assert not opened.desk.tasks.is_idle()
