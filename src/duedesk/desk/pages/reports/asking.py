"""What the fields of a report ask the book: what accounts are called, and what saved views say; it writes nothing."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from duedesk.actions.calls.views import list_of, saved_views
from duedesk.actions.workspace import Workspace
from duedesk.desk.views_menu import in_words
from duedesk.domain.errors import DuedeskError, RequestError
from duedesk.domain.query import ListOf
from duedesk.domain.query_text import write_condition, write_order
from duedesk.store.queries.accounts import find_account


def names_of_accounts(workspace: Workspace, called: Sequence[str]) -> dict[str, str]:
    """Give the names of accounts by what they are called; of what no account is called there is none."""
    names = {}
    with workspace.book.reading() as connection:
        for one in called:
            with suppress(DuedeskError):
                names[one] = find_account(connection, one).name
    return names


@dataclass(frozen=True, slots=True)
class OfferedView:
    """A saved view by its words, and what it says of the report of a list."""

    words: str
    said: dict[str, str]


def offered_views(workspace: Workspace) -> tuple[OfferedView, ...]:
    """Give the saved views whose rows are records; days named from where the reader stands stay so."""
    today, found = workspace.world.today(), []
    for view in saved_views(workspace):
        with suppress(RequestError):  # rows that are no records, or a field that is no more
            found.append(OfferedView(in_words(view), _said(list_of(view, today))))
    return tuple(found)


def _said(listed: ListOf) -> dict[str, str]:
    asked = listed.filter
    said = {
        "object": "" if asked.object == "Invoice" else asked.object,
        "where": "" if asked.where is None else write_condition(asked.where),
        "search": asked.search,
        "columns": ",".join(listed.columns),
        "order-by": write_order(asked.order_by),
    }
    return {name: text for name, text in said.items() if text}
