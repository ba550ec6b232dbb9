"""What tests of verbs on invoices stand on: a workspace, and an account to bill."""

import pytest

from build import Builder
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    """An empty book and a world that stands still on 23 November 2026."""
    return Workspace(book, world)


@pytest.fixture
def acme(workspace: Workspace) -> int:
    """The account of Acme Ltd."""
    with workspace.book.writing() as connection:
        return Builder(connection).account()
