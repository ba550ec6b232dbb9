"""Queries and lists kept under a name: saved, renamed, shared, deleted, begun with; each person has their own.

Views that others share are read, never changed. A list is written as a query, so that whatever takes a query takes it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.names import tidy
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import ListOf, as_list
from duedesk.language.queries import parse_query
from duedesk.store.queries import views
from duedesk.store.queries.views import LIST, QUERY, SavedView
from duedesk.store.tables.following import saved_view, view_choice

LONGEST_NAME = 80
_BY_WHOM = "A shared view is changed by who saved it."


@dataclass(frozen=True, slots=True)
class ListKept:
    """What a view of a list keeps beside its query: the text in the search, and what the rows are grouped by."""

    search: str = ""
    group_by: str = ""


def save_view(
    workspace: Workspace,
    name: str,
    query: str,
    *,
    shared: bool = False,
    as_list: ListKept | None = None,
    replaces: bool = True,
) -> Changes:
    """Keep a query under a name, or a list of invoices (`as_list`), in place of what one's own view of that name was.

    RequestError where the name or the query is none, or where there is one of that name and it is not to be replaced.
    A shared view is seen by everybody, and is still its maker's.
    """
    called, text = _checked(name), query.strip()
    listed = parse_query(text, CATALOG)
    if as_list is not None:
        _check_list(listed.object, as_list)
        _as_list(text, date.min)
    with deed(workspace, "save_view") as act:
        there = _own(act, called)
        if there is not None and not replaces:
            raise RequestError(f"You have a view “{there.name}” already.", "Give it another name, or update that one.")
        details = {"name": called, "before": {called: _kept(there)} if there else {}}
        act.record(f"View {called} saved", details)
        kept = as_list or ListKept()
        values = {
            "name": called,
            "query": text,
            "is_shared": shared,
            "journal_id": act.journal_id,
            "kind": LIST if as_list is not None else QUERY,
            "search": kept.search.strip() or None,
            "group_by": kept.group_by or None,
        }
        if there is None:
            act.connection.execute(insert(saved_view).values(user_name=act.world.user, created_date=act.now, **values))
        else:
            act.connection.execute(update(saved_view).where(saved_view.c.id == there.key).values(**values))
    return _told(act.changes)


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


def list_of(view: SavedView, as_of: date) -> ListOf:
    """Give a view as a list as of a day, with its search; RequestError where its rows are no records."""
    listed = _as_list(view.query, as_of)
    return replace(listed, filter=replace(listed.filter, search=view.search))


def count_view(workspace: Workspace, view: SavedView, as_of: date, known_on: datetime | None = None) -> int | None:
    """Give how many records a view finds on a day, as known on another.

    None where it finds none to count, or can no more be read.
    """
    try:
        asked: Filter = list_of(view, as_of).filter
    except RequestError:
        return None
    return workspace.ask(views.counts, {view.key: replace(asked, known_on=known_on)})[view.key]


def rename_view(workspace: Workspace, name: str, to: str) -> Changes:
    """Give a view of one's own another name; RequestError where another view of theirs has it."""
    called = _checked(to)
    with deed(workspace, "rename_view") as act:
        there = _required(act, tidy(name))
        other = _own(act, called)
        if other is not None and other.key != there.key:
            raise RequestError(f"You have a view “{other.name}” already.", "Give it another name.")
        act.record(f"View {there.name} renamed to {called}", {"name": there.name, "to": called})
        changed = update(saved_view).where(saved_view.c.id == there.key)
        act.connection.execute(changed.values(name=called, journal_id=act.journal_id))
    return _told(act.changes)


def share_view(workspace: Workspace, name: str, *, shared: bool) -> Changes:
    """Let everybody who opens the book see a view of one's own, or nobody else any more."""
    with deed(workspace, "share_view") as act:
        there = _required(act, tidy(name))
        if there.is_shared == shared:
            return Changes()
        said = "shared" if shared else "no longer shared"
        act.record(f"View {there.name} {said}", {"name": there.name, "shared": shared})
        changed = update(saved_view).where(saved_view.c.id == there.key)
        act.connection.execute(changed.values(is_shared=shared, journal_id=act.journal_id))
    return _told(act.changes)


def delete_view(workspace: Workspace, name: str) -> Changes:
    """Delete a view of one's own; RequestError where there is none of that name."""
    called = tidy(name)
    with deed(workspace, "delete_view") as act:
        there = _required(act, called)
        act.record(f"View {there.name} deleted", {"name": there.name, "before": {there.name: _kept(there)}})
        act.connection.execute(delete(saved_view).where(saved_view.c.id == there.key))
    return _told(act.changes)


def begin_with_view(workspace: Workspace, key: int | None) -> Changes:
    """Let the list of invoices begin with a view, one's own or a shared one; None lets it begin as it comes."""
    with deed(workspace, "begin_with_view") as act:
        user = act.world.user
        there = {view.key: view for view in views.saved_views(act.connection, user)}
        before = next((view.key for view in there.values() if view.is_default), None)
        if key is not None and (key not in there or not there[key].is_list):
            raise RequestError("That is no view of a list.", "Save the list as a view first.")
        if key == before:
            return Changes()
        said = "The list begins as it comes" if key is None else f"The list begins with the view {there[key].name}"
        act.record(said, {"view": key, "before": before})
        mine = (view_choice.c.user_name == user, view_choice.c.object_name == "Invoice")
        act.connection.execute(delete(view_choice).where(*mine))
        if key is not None:
            act.connection.execute(insert(view_choice).values(user_name=user, object_name="Invoice", saved_view_id=key))
    return _told(act.changes)


def _checked(name: str) -> str:
    called = tidy(name)
    if not called or len(called) > LONGEST_NAME:
        raise RequestError("A view needs a name.", f"Of at most {LONGEST_NAME} characters.")
    return called


def _check_list(object_name: str, kept: ListKept) -> None:
    if object_name != "Invoice":
        raise RequestError("A view of a list is one of invoices.", "Save it as a query.")
    if kept.group_by:
        _, field = CATALOG.follow(object_name, kept.group_by)
        if not field.group:
            raise RequestError(
                f"Invoices cannot be grouped by {field.name}.", "`duedesk describe Invoice` says by what."
            )


def _as_list(text: str, as_of: date) -> ListOf:
    return as_list(parse_query(text, CATALOG), as_of)


def _own(act: Deed, name: str) -> SavedView | None:
    mine = select(saved_view).where(saved_view.c.user_name == act.world.user, saved_view.c.name == name)
    row = act.connection.execute(mine.with_for_update()).first()
    if row is None:
        return None
    of_mine = SavedView(row.id, row.name, row.query, row.is_shared, row.user_name, is_own=True)
    return replace(of_mine, kind=row.kind, search=row.search or "", group_by=row.group_by or "")


def _required(act: Deed, name: str) -> SavedView:
    there = _own(act, name)
    if there is None:
        raise RequestError(f"You have no view “{name}”.", _BY_WHOM)
    return there


def _kept(view: SavedView) -> dict[str, Any]:
    kept: dict[str, Any] = {"query": view.query, "shared": view.is_shared}
    return kept | ({"search": view.search, "group_by": view.group_by} if view.is_list else {})


def _told(changes: Changes) -> Changes:
    return replace(changes, objects=changes.objects | {"SavedView"})
