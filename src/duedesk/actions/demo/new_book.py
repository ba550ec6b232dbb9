"""The file or database a sample is written into: made, and taken away again where the work fails; it fills none."""

from collections.abc import Iterator
from contextlib import contextmanager

from duedesk.actions.workspace import Workspace, create_workspace, open_workspace
from duedesk.domain.errors import BookError
from duedesk.domain.world import World
from duedesk.store.book import discard_book
from duedesk.store.engine import is_server
from duedesk.store.queries.overview import overview


@contextmanager
def new_book(location: str, world: World) -> Iterator[Workspace]:
    """Give a new book, and take a file away again where what is done in it fails."""
    workspace = _create(location, world)
    try:
        yield workspace
    except BaseException:
        discard_book(workspace.book)
        raise


def _create(location: str, world: World) -> Workspace:
    """Make the book; on a server, take one that is still empty: an attempt that was stopped leaves it behind."""
    try:
        return create_workspace(location, world)
    except BookError:
        if not is_server(location):
            raise
        workspace = open_workspace(location, world)
        there = workspace.ask(overview)
        if there.accounts or there.invoices:
            workspace.close()
            raise
        return workspace
