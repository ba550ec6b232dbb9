"""Queries kept under a name: saved, saved anew, deleted; each person has their own, and may share them to be read."""

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.domain.objects import CATALOG
from duedesk.language.queries import parse_query
from duedesk.store.queries import views
from duedesk.store.queries.views import SavedView
from duedesk.store.tables.following import saved_view

LONGEST_NAME = 80


def save_view(workspace: Workspace, name: str, query: str, *, shared: bool = False) -> Changes:
    """Keep a query under a name, in place of what one's own view of that name was.

    RequestError where the name or the query is none. A shared view is seen by everybody, and is still its maker's.
    """
    called, text = tidy(name), query.strip()
    if not called or len(called) > LONGEST_NAME:
        raise RequestError("A view needs a name.", f"Of at most {LONGEST_NAME} characters.")
    parse_query(text, CATALOG)
    with deed(workspace, "save_view") as act:
        there = _own(act, called)
        details = {"name": called, "before": {called: _kept(there)} if there else {}}
        act.record(f"View {called} saved", details)
        values = {"query": text, "is_shared": shared, "journal_id": act.journal_id}
        if there is None:
            act.connection.execute(
                insert(saved_view).values(name=called, user_name=act.world.user, created_date=act.now, **values)
            )
        else:
            act.connection.execute(update(saved_view).where(saved_view.c.id == there.key).values(**values))
    return replace(act.changes, objects=act.changes.objects | {"SavedView"})


def saved_views(workspace: Workspace) -> tuple[SavedView, ...]:
    """Give one's own views by name, then those that others share."""
    return workspace.ask(views.saved_views, workspace.world.user)


def find_view(workspace: Workspace, name: str) -> SavedView:
    """Find a view by its name, one's own before a shared one; RequestError where there is none."""
    called = tidy(name).casefold()
    there = saved_views(workspace)
    for view in there:
        if view.name.casefold() == called:
            return view
    names = ", ".join(view.name for view in there)
    raise RequestError(f"There is no view “{name}”.", f"There are {names}." if names else "None is saved yet.")


def delete_view(workspace: Workspace, name: str) -> Changes:
    """Delete a view of one's own; RequestError where there is none of that name."""
    called = tidy(name)
    with deed(workspace, "delete_view") as act:
        there = _own(act, called)
        if there is None:
            raise RequestError(f"You have no view “{called}”.", "A shared view is deleted by who saved it.")
        act.record(f"View {called} deleted", {"name": called, "before": {called: _kept(there)}})
        act.connection.execute(delete(saved_view).where(saved_view.c.id == there.key))
    return replace(act.changes, objects=act.changes.objects | {"SavedView"})


def _own(act: Deed, name: str) -> SavedView | None:
    mine = select(saved_view).where(saved_view.c.user_name == act.world.user, saved_view.c.name == name)
    row = act.connection.execute(mine.with_for_update()).first()
    return None if row is None else SavedView(row.id, row.name, row.query, row.is_shared, row.user_name, is_own=True)


def _kept(view: SavedView) -> dict[str, Any]:
    return {"query": view.query, "shared": view.is_shared}
