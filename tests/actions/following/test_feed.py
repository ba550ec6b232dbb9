"""Notes and files on an invoice: what is kept, what is refused, and what comes back out of the book."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from build import Builder
from duedesk.actions.following.feed import add_note, attach_file, put_back, save_file, take_away
from duedesk.actions.maintenance import check
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.world import World
from duedesk.exchange import attachments
from duedesk.store.book import Book
from duedesk.store.queries.records.feed import feed, kept_file
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import stored_file


@pytest.fixture
def key(book: Book) -> int:
    """An invoice of 100 euros."""
    with book.writing() as connection:
        build = Builder(connection)
        made = build.invoice("I-1", build.account(), "100.00", on="2026-01-01")
        build.settle()
        return made


def a_file(folder: Path, name: str, content: bytes = b"%PDF-1.7 signed") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_note_stands_on_the_invoice_with_who_wrote_it_and_when(book: Book, world: World, key: int) -> None:
    workspace = Workspace(book, world)
    added = add_note(workspace, key, "  They pay on Friday.\r\nSaid Mr Sato.\x07  ")
    (post,) = workspace.ask(feed, key)
    assert (post.key, post.text, post.who, post.at) == (
        added.key,
        "They pay on Friday.\nSaid Mr Sato.",
        "Ana Reyes",
        world.now(),
    )
    assert added.changes.objects == {"InvoiceFeed"}
    assert added.changes.summary == "Note on invoice I-1: They pay on Friday. Said Mr Sato."
    assert check(workspace).findings == ()


@pytest.mark.parametrize("said", ["", " \n\t ", "\u200b\ufeff"])
def test_a_note_that_says_nothing_is_refused(book: Book, world: World, key: int, said: str) -> None:
    with pytest.raises(RequestError, match="says nothing"):
        add_note(Workspace(book, world), key, said)


def test_a_note_that_says_too_much_is_refused(book: Book, world: World, key: int) -> None:
    with pytest.raises(RequestError, match="10,001 characters"):
        add_note(Workspace(book, world), key, "x" * 10_001)


def test_a_note_on_no_invoice_is_refused(book: Book, world: World, key: int) -> None:
    with pytest.raises(RequestError, match="no longer in the book"):
        add_note(Workspace(book, world), key + 1, "Hello")
    assert book.ask(lambda connection: connection.execute(select(journal_entry)).all()) == []


def test_a_file_comes_back_as_it_went_in(book: Book, world: World, key: int, tmp_path: Path) -> None:
    workspace, content = Workspace(book, world), bytes(range(256)) * 40
    added = attach_file(workspace, key, a_file(tmp_path, "Proof of delivery.pdf", content), text="Signed on the 3rd")
    (post,) = workspace.ask(feed, key)
    assert (post.name, post.media_type, post.size) == ("Proof of delivery.pdf", "application/pdf", len(content))
    assert post.text == "Signed on the 3rd"
    folder = tmp_path / "out"
    folder.mkdir()
    saved = save_file(workspace, added.key, folder)
    assert (saved.name, saved.read_bytes()) == ("Proof-of-delivery.pdf", content)


def test_nothing_is_written_over_untold(book: Book, world: World, key: int, tmp_path: Path) -> None:
    workspace = Workspace(book, world)
    added = attach_file(workspace, key, a_file(tmp_path, "a.txt", b"new"))
    there = a_file(tmp_path, "there.txt", b"old")
    with pytest.raises(RequestError, match="exists already"):
        save_file(workspace, added.key, there)
    assert there.read_bytes() == b"old"
    assert save_file(workspace, added.key, there, over=True).read_bytes() == b"new"


def test_what_stands_in_a_file_is_kept_once(book: Book, world: World, key: int, tmp_path: Path) -> None:
    workspace = Workspace(book, world)
    names = ("one.pdf", "two.pdf", "one.pdf")
    for name in names:
        attach_file(workspace, key, a_file(tmp_path, name))
    assert [post.name for post in workspace.ask(feed, key)] == list(reversed(names))
    assert len(book.ask(lambda connection: connection.execute(select(stored_file.c.id)).all())) == 1


def test_files_that_are_not_kept(
    book: Book, world: World, key: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(book, world)
    monkeypatch.setattr(attachments, "LARGEST", 2 * 1024 * 1024)
    large = a_file(tmp_path, "large.bin", b"x" * (2 * 1024 * 1024 + 1))
    for path, why in (
        (tmp_path / "none.pdf", "There is no file"),
        (tmp_path, "is a folder"),
        (Path("/dev/null"), "is a device"),
        (a_file(tmp_path, "empty.txt", b""), "is empty"),
        (large, "large.bin is larger than 2 MB, the most a book keeps"),
    ):
        with pytest.raises(RequestError, match=why):
            attach_file(workspace, key, path)
    assert workspace.ask(feed, key) == ()


def test_what_is_taken_away_is_marked_and_kept(book: Book, world: World, key: int, tmp_path: Path) -> None:
    workspace = Workspace(book, world)
    note = add_note(workspace, key, "Wrong customer").key
    file = attach_file(workspace, key, a_file(tmp_path, "wrong.pdf")).key
    for one in (note, file):
        take_away(workspace, one)
    assert workspace.ask(feed, key) == ()
    assert [post.is_taken_away for post in workspace.ask(feed, key, with_taken_away=True)] == [True, True]
    with pytest.raises(RequestError, match=r"wrong\.pdf was taken away"):
        save_file(workspace, file, tmp_path / "again.pdf")
    with pytest.raises(RequestError, match="A note was taken away already"):
        take_away(workspace, note)
    put_back(workspace, note)
    assert [post.text for post in workspace.ask(feed, key)] == ["Wrong customer"]


def test_a_file_that_was_changed_in_the_book_is_not_given_out(
    book: Book, world: World, key: int, tmp_path: Path
) -> None:
    workspace = Workspace(book, world)
    added = attach_file(workspace, key, a_file(tmp_path, "a.txt"))
    with book.writing() as connection:
        on_table = "" if book.is_file else " ON stored_file"
        connection.execute(text(f"DROP TRIGGER stored_file_keeps_update{on_table}"))
        connection.execute(stored_file.update().values(content=b"forged"))
    with pytest.raises(BookError, match="is not what was attached"):
        workspace.ask(kept_file, added.key)
