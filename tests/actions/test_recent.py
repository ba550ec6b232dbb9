"""The books last opened are remembered for the next start, whatever happens to the folder they are kept in."""

from pathlib import Path

import pytest

from duedesk.actions import recent
from duedesk.actions.recent import last_book, recent_books, remember_book


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state" / "duedesk"
    monkeypatch.setattr(recent, "state_folder", lambda: folder)
    return folder


def test_at_first_there_is_none() -> None:
    assert last_book() is None
    assert recent_books() == ()


def test_the_last_one_comes_first_and_none_comes_twice(tmp_path: Path) -> None:
    for name in ("a", "b", "a"):
        remember_book(str(tmp_path / name))
    assert recent_books() == (str(tmp_path / "a"), str(tmp_path / "b"))
    assert last_book() == str(tmp_path / "a")


def test_a_name_is_kept_from_the_root_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    remember_book("Bücher.duedesk")
    assert last_book() == str(tmp_path / "Bücher.duedesk")


def test_ten_are_enough(tmp_path: Path) -> None:
    for number in range(12):
        remember_book(str(tmp_path / str(number)))
    assert [Path(book).name for book in recent_books()] == [str(number) for number in range(11, 1, -1)]


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("postgresql://ana:s3cret@books:5432/ar?sslmode=require", "postgresql://ana@books:5432/ar?sslmode=require"),
        ("postgresql://ana@books/ar", "postgresql://ana@books/ar"),
        ("postgresql:///ar?host=/run/pg", "postgresql:///ar?host=/run/pg"),
    ],
)
def test_a_server_is_remembered_without_its_password(location: str, kept: str, folder: Path) -> None:
    remember_book(location)
    assert last_book() == kept
    assert "s3cret" not in (folder / "recent.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"books": 3}', "\x00"])
def test_a_damaged_file_is_no_file(folder: Path, tmp_path: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "recent.json").write_text(text)
    assert recent_books() == ()
    remember_book(str(tmp_path / "a"))
    assert last_book() == str(tmp_path / "a")


def test_where_nothing_can_be_kept_it_is_forgotten_in_silence(folder: Path, tmp_path: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")
    remember_book(str(tmp_path / "a"))
    assert last_book() is None
