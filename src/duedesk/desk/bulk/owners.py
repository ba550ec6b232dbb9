"""Whom an invoice can be given to: users and groups by name, asked behind the window."""

from datetime import date

from duedesk.actions.workspace import Workspace
from duedesk.domain.filters import Compare, Filter, Operator, Order
from duedesk.store.queries.lists import listing

Owners = tuple[tuple[int, str], ...]
"""Keys and names."""


def owners_of(workspace: Workspace) -> Owners:
    """Give the users and groups there are, by name; who has left is not among them."""
    active = Compare("IsActive", Operator.EQ, value=True)
    asked = Filter(date.min, object="User", where=active, order_by=(Order("Name"),))
    with workspace.book.reading() as connection:
        rows = listing.rows(connection, asked, ["Name", "Type"], listing.keys(connection, asked))
    return tuple((row.key, _called(*row.values)) for row in rows)


def _called(name: object, kind: object) -> str:
    return f"{name} (group)" if kind == "Group" else str(name)
