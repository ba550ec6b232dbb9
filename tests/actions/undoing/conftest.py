"""A desk over a small book, on each database; whatever a story did and undid, the book proves itself afterwards."""

from collections.abc import Iterator

import pytest

from actions.cash.stories import Book, findings, small_book
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book as StoredBook


@pytest.fixture
def small(book: StoredBook, world: World) -> Iterator[Book]:
    """Acme Ltd with three open invoices; proved at the end."""
    made = small_book(Workspace(book, world))
    yield made
    assert findings(made.desk) == []
