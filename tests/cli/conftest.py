"""What the tests of the terminal share: a folder of its own for what it remembers, and the small ledger."""

from pathlib import Path

import pytest

from cli.sessions import keep_small_ledger
from duedesk.store.book import Book


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this test's Duedesk remembers, empty at first."""
    folder = tmp_path / "state" / "duedesk"
    monkeypatch.setattr("duedesk.actions.recent.state_folder", lambda: folder)
    monkeypatch.delenv("DUEDESK_DEBUG", raising=False)
    return folder


@pytest.fixture
def ledger(file_book: Book) -> str:
    """The small ledger in a file; where it stands."""
    keep_small_ledger(file_book)
    return file_book.location


@pytest.fixture
def any_ledger(book: Book) -> str:
    """The small ledger in a file, and once more on a server; where it stands."""
    keep_small_ledger(book)
    return book.location
