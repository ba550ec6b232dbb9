"""Saved views: queries under a name, one's own and those that others share; it runs none."""

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from duedesk.store.tables.following import saved_view


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query under a name; `by` is who saved it."""

    key: int
    name: str
    query: str
    is_shared: bool
    by: str
    is_own: bool


def saved_views(connection: Connection, user: str) -> tuple[SavedView, ...]:
    """Give a person's own views by name, then those that others share."""
    mine = saved_view.c.user_name == user
    found = connection.execute(
        select(saved_view)
        .where(or_(mine, saved_view.c.is_shared))
        .order_by(mine.desc(), saved_view.c.name, saved_view.c.user_name)
    )
    return tuple(
        SavedView(row.id, row.name, row.query, row.is_shared, row.user_name, row.user_name == user) for row in found
    )
