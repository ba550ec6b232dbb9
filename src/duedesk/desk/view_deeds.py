"""What the desk has done with saved views, called behind the window; it loads what reads queries, and shows nothing."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from duedesk.actions.calls import views
from duedesk.actions.calls.views import ListKept
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import ShowInvoices, ShowQuery, Stand, ViewOfList
from duedesk.desk.view_form import ViewWanted
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.store.queries.views import SavedView


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed, and the view that is to be shown after it; None where that is none."""

    changes: Changes
    view: ViewOfList | None = None


def destination(view: SavedView, as_of: date) -> ShowInvoices:
    """Give where a view of a list leads to on a day."""
    listed = views.list_of(view, as_of)
    return ShowInvoices(listed.filter, view.name, _shown(view, listed.columns))


def place_of_view(view: SavedView, as_of: date) -> ShowInvoices | ShowQuery:
    """Give where any view leads to; what can no more be read is shown where it says so."""
    if view.is_list:
        with suppress(RequestError):
            return destination(view, as_of)
    return ShowQuery(view.query, view.name, view.key)


def kept(workspace: Workspace) -> tuple[SavedView, ...]:
    """Give the views that the person sees."""
    return views.saved_views(workspace)


def count(workspace: Workspace, view: SavedView, stand: Stand) -> int | None:
    """Count what a view finds from where in time the reader stands; None where there is nothing to count."""
    return views.count_view(workspace, view, stand.as_of, stand.known_on)


def first(workspace: Workspace, as_of: date) -> ShowInvoices | None:
    """Give where the view leads to that the person begins with; None where there is none."""
    view = next((one for one in views.saved_views(workspace) if one.is_default and one.is_list), None)
    return None if view is None else destination(view, as_of)


def save(workspace: Workspace, wanted: ViewWanted, search: str, group_by: str) -> Done:
    """Keep a list under a name that is not taken, or give a view another name."""
    if wanted.was:
        return _done(workspace, wanted.name, lambda: views.rename_view(workspace, wanted.was, wanted.name))
    beside = ListKept(search, group_by)
    changes = views.save_view(
        workspace, wanted.name, wanted.query, shared=wanted.is_shared, as_list=beside, replaces=False
    )
    if wanted.begins:
        views.begin_with_view(workspace, views.find_view(workspace, wanted.name).key)
    return _done(workspace, wanted.name, lambda: changes)


def update(workspace: Workspace, view: ViewOfList, query: str, search: str, group_by: str) -> Done:
    """Keep a list in the view that is shown."""
    beside = ListKept(search, group_by)
    saving = lambda: views.save_view(workspace, view.name, query, shared=view.is_shared, as_list=beside)  # noqa: E731
    return _done(workspace, view.name, saving)


def share(workspace: Workspace, view: ViewOfList) -> Done:
    """Share a view, or share it no longer."""
    return _done(workspace, view.name, lambda: views.share_view(workspace, view.name, shared=not view.is_shared))


def delete(workspace: Workspace, view: ViewOfList) -> Done:
    """Delete a view."""
    return Done(views.delete_view(workspace, view.name))


def begin_with(workspace: Workspace, view: ViewOfList | None, shown: ViewOfList | None) -> Done:
    """Let the person's list begin with a view, or as it comes."""
    return Done(views.begin_with_view(workspace, None if view is None else view.key), shown)


def _done(workspace: Workspace, name: str, action: Callable[[], Changes]) -> Done:
    changes = action()
    return Done(changes, _shown(views.find_view(workspace, name), ()))


def _shown(view: SavedView, columns: tuple[str, ...]) -> ViewOfList:
    return ViewOfList(view.key, view.name, columns, view.group_by, view.is_own, view.is_shared)
