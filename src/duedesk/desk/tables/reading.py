"""What a list reads of the book, in one go behind the window: its keys, its groups, the rows that are seen first."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.tables.block_cache import BLOCK
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.grouped import GroupOf
from duedesk.desk.tables.rows import GroupHead, ShownRow, paths_of, shown_rows
from duedesk.domain.filters import Filter
from duedesk.store.queries.lists import groups as list_groups
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.figures import Figures


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the records found are listed: so many, after the first so many; all of them unless told."""

    limit: int | None = None
    offset: int = 0


ALL = Part()


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read: the keys, the groups that they lie in, the rows of one block, where the reader stays."""

    asked: Filter
    part: Part
    keys: "array[int]"
    first: tuple[ShownRow, ...]
    block: int
    place: int | None
    group_by: str = ""
    groups: tuple[GroupOf, ...] | None = None


def read_list(
    workspace: Workspace, asked: Filter, part: Part, columns: Sequence[Column], keep: int | None, group_by: str
) -> Listed:
    """Read the keys and, from the same state of the book, the rows that will be in sight first.

    Groups are of all that is found: a part of a list is not grouped.
    """
    group_by = group_by if part == ALL else ""
    groups: tuple[GroupOf, ...] | None = None
    with workspace.book.reading() as connection:
        if group_by:
            found, keys = list_groups.grouped_keys(connection, asked, group_by)
            groups = tuple(GroupOf(one.value, one.count, _head(one)) for one in found)
        else:
            keys = listing.keys(connection, asked)
        if part != ALL:
            keys = keys[part.offset : None if part.limit is None else part.offset + part.limit]
        place = None
        if keep is not None:
            try:
                place = keys.index(keep)
            except ValueError:
                place = None
        block = (place or 0) // BLOCK
        first = keys[block * BLOCK : (block + 1) * BLOCK]
        rows = listing.rows(connection, asked, paths_of(columns, asked.object), first)
    shown = in_order(first, shown_rows(rows, columns, asked.object))
    return Listed(asked, part, keys, shown, block, place, group_by, groups)


def read_rows(
    workspace: Workspace, asked: Filter, columns: Sequence[Column], keys: Sequence[int]
) -> tuple[ShownRow, ...]:
    """Read the rows of keys as a filter sees them, one for each key; one that is gone stands empty."""
    seen = replace(asked, where=None, search="", order_by=())
    rows = workspace.ask(listing.rows, seen, paths_of(columns, asked.object), keys)
    return in_order(keys, shown_rows(rows, columns, asked.object))


def in_order(keys: Sequence[int], rows: Sequence[ShownRow]) -> tuple[ShownRow, ...]:
    """Give a row for every key; one whose record is gone since it was listed stands empty."""
    if len(rows) == len(keys):
        return tuple(rows)
    found = {row.key: row for row in rows}
    return tuple(found.get(key) or ShownRow(key, ()) for key in keys)


def _head(group: list_groups.Group) -> GroupHead:
    are_open = any(one.balance for one in group.figures)
    return GroupHead(group.label, written.count(group.count), _sums(group.figures, are_open=are_open), are_open)


def _sums(figures: Sequence[Figures], *, are_open: bool) -> tuple[tuple[str, str], ...]:
    """Write what is open in each currency; where nothing is, what it comes to as a whole."""
    return tuple(
        (written.amount(one.balance if are_open else one.total, one.currency), one.currency)
        for one in figures
        if one.balance or not are_open
    )
