"""A desk over the small book of the stories of cash, on each database; proved after each story."""

from collections.abc import Iterator

import pytest

from actions.cash.stories import Book, findings, small_book
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book as StoredBook


@pytest.fixture
def small(book: StoredBook, world: World) -> Iterator[Book]:
    """Acme Ltd with three open invoices, all long overdue."""
    made = small_book(Workspace(book, world))
    yield made
    assert findings(made.desk) == []
