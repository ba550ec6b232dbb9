"""Saved views: queries and lists under a name, one's own and those that others share; it reads no text of theirs."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select

from duedesk.domain.filters import Filter
from duedesk.store.queries.lists import listing
from duedesk.store.tables.following import saved_view, view_choice

QUERY, LIST = "query", "list"
"""What a view is: a query shown by itself, or a list of invoices with its columns, order and groups."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query under a name; `by` is who saved it.

    A list is written as a query too, with what is typed into its search and what its rows are grouped by beside it.
    """

    key: int
    name: str
    query: str
    is_shared: bool
    by: str
    is_own: bool
    kind: str = QUERY
    search: str = ""
    group_by: str = ""
    is_default: bool = False
    """The person's list begins with it."""

    @property
    def is_list(self) -> bool:
        """Tell whether it is shown as the list of invoices."""
        return self.kind == LIST


def saved_views(connection: Connection, user: str) -> tuple[SavedView, ...]:
    """Give a person's own views by name, then those that others share."""
    mine = saved_view.c.user_name == user
    chosen = and_(view_choice.c.saved_view_id == saved_view.c.id, view_choice.c.user_name == user)
    found = connection.execute(
        select(saved_view, view_choice.c.id.label("choice_id"))
        .select_from(saved_view.outerjoin(view_choice, chosen))
        .where(or_(mine, saved_view.c.is_shared))
        .order_by(mine.desc(), saved_view.c.name, saved_view.c.user_name)
    )
    return tuple(
        SavedView(
            row.id,
            row.name,
            row.query,
            row.is_shared,
            row.user_name,
            row.user_name == user,
            row.kind,
            row.search or "",
            row.group_by or "",
            row.choice_id is not None,
        )
        for row in found
    )


def default_view(connection: Connection, user: str) -> SavedView | None:
    """Give the view that a person's list begins with; None where it begins as it comes."""
    return next((view for view in saved_views(connection, user) if view.is_default and view.is_list), None)


def counts(connection: Connection, asked: Mapping[int, Filter]) -> dict[int, int]:
    """Give how many records each view finds, by the view's key."""
    return {key: listing.count(connection, one) for key, one in asked.items()}
