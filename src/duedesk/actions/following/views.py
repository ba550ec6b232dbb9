"""That a person looked at a record, for LastViewedDate and the list of recent ones; nothing of it is journaled."""

from contextlib import suppress

from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.recent import OBJECTS, RecentRecord, recent_records
from duedesk.store.views import note_views, related


def note_view(workspace: Workspace, object_name: str, key: int) -> None:
    """Keep that the person at the desk looks at a record now, and comes by those it leads to.

    Looking never fails for it: where the book cannot be written, nothing is kept.
    """
    described = CATALOG.object(object_name)
    if described.name not in OBJECTS:
        raise RequestError(f"Nobody keeps who looked at {described.plural.lower()}.")
    world = workspace.world
    with suppress(BookError), workspace.book.writing() as connection:
        referred = related(connection, described.name, key)
        note_views(connection, world.user, world.now(), [(described.name, key)], referred)


def recent(workspace: Workspace, limit: int = 20) -> tuple[RecentRecord, ...]:
    """Give the records the person at the desk looked at last, newest first."""
    return workspace.ask(recent_records, limit)
