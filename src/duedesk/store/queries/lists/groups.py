"""The groups of a list: what its records have in common, how many they are, what they add up to; no rows here.

The keys of a grouped list come from one query and lie group after group. What a group is called is known only
afterwards, so the groups are put in the order of their names here, and the stretches of keys with them.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from duedesk.domain.aging import RowKey
from duedesk.domain.catalog import Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter, Order, in_group
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.aging.groups import plain_key
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.fields import Scope
from duedesk.store.queries.lists.figures import Figures, has_figures, summed, sums
from duedesk.store.queries.lists.group_names import names_of_groups
from duedesk.store.queries.lists.listing import conditions, scope_of
from duedesk.store.queries.lists.sums import sums_of_all
from duedesk.store.queries.lists.walking import packed, parted, sortable

_FEW_PARTS = 10
"""Groups among which keys that are in order are parted, one group after the other."""


@dataclass(frozen=True, slots=True)
class Group:
    """What the records of a group share and what people call it, how many they are, and their figures by currency."""

    value: RowKey
    label: str
    count: int
    figures: tuple[Figures, ...]


def check_groups(object_name: str, path: str) -> None:
    """RequestError where a list cannot be grouped by a path."""
    _, field = CATALOG.follow(object_name, path)
    if not field.group:
        raise RequestError(f"A list cannot be grouped by {field.label.lower()}.", "Group by another field.")


def groups(connection: Connection, asked: Filter, path: str) -> tuple[Group, ...]:
    """Give the groups of what a filter finds, in the order of their names, or of their numbers and days."""
    return tuple(_in_order(asked.object, path, _as_found(connection, asked, path)))


def grouped_keys(connection: Connection, asked: Filter, path: str) -> tuple[tuple[Group, ...], "array[int]"]:
    """Give the groups and the keys of all records, group after group, in each as the filter sorts them."""
    found = _as_found(connection, asked, path)
    if (parts := _parted(connection, asked, path, found)) is not None:
        ordered = tuple(_in_order(asked.object, path, found))
        return ordered, array("q", b"".join(parts[one.value].tobytes() for one in ordered))
    by_group = Order(_sorted_path(asked.object, path))
    keys = listing.keys(connection, replace(asked, order_by=(by_group, *asked.order_by)))
    begins, at = {}, 0
    for one in found:
        begins[one.value] = at
        at += one.count
    ordered = tuple(_in_order(asked.object, path, found))
    placed = array("q")
    for one in ordered:
        placed.extend(keys[begins[one.value] : begins[one.value] + one.count])
    return ordered, placed


def _parted(
    connection: Connection, asked: Filter, path: str, found: Sequence[Group]
) -> "dict[RowKey, array[int]] | None":
    """Part all keys, once they are in order, among a few groups, which takes less than sorting them by group.

    None where something is left out, or where groups are many or not of the records themselves.
    """
    way, field = CATALOG.follow(asked.object, path)
    scope = scope_of(connection, asked, (path,))
    if way or not field.is_stored or len(found) > _FEW_PARTS or conditions(scope, asked):
        return None
    if asked.object != "Invoice" or not isinstance(scope.rows, Table):
        return None
    if not found:
        return {}
    *small, greatest = sorted(found, key=lambda group: group.count)
    values, parts = [one.value for one in small], []
    for value in values:
        bare = scope_of(connection, asked.sorted_by())
        its = bare.condition(in_group(path, value))
        parts.append(packed(connection, select(bare.rows.c.id).where(its).select_from(bare.source)))
    return dict(zip((*values, greatest.value), parted(listing.keys(connection, asked), parts), strict=True))


def _as_found(connection: Connection, asked: Filter, path: str) -> list[Group]:
    """Give the groups in the order in which the database sorts what they share."""
    check_groups(asked.object, path)
    sorted_path = _sorted_path(asked.object, path)
    each = [
        (value, [row[1:] for row in rows])
        for value, rows in groupby(_rows(connection, asked, sorted_path), key=lambda row: row[0])
    ]
    names = names_of_groups(connection, asked.object, path, [value for value, _ in each])
    made = []
    for value, rows in each:
        figures = summed(rows)
        made.append(Group(plain_key(value), names[value], sum(one.count for one in figures), figures))
    return made


def _rows(connection: Connection, asked: Filter, path: str) -> Iterable[Sequence[Any]]:
    """Give what is shared, and the currency, count and amounts of those that share it, in its order."""
    scope = scope_of(connection, asked, (path,))
    wanted = conditions(scope, asked)
    if not wanted and (read := sums_of_all(connection, scope, path, _shared)) is not None:
        return read
    shared = _shared(scope, path)
    columns = sums(scope)
    found = select(shared.label("shared"), *columns).where(*wanted).select_from(scope.source)
    by = (shared, columns[0]) if has_figures(asked.object) else (shared,)
    return connection.execute(found.group_by(*by).order_by(shared.asc().nulls_last()))


def _sorted_path(object_name: str, path: str) -> str:
    """Give what stands for a path where keys are sorted: of a reference the key of its record, which needs no join."""
    steps, _, _ = path.rpartition(".")
    _, field = CATALOG.follow(object_name, path)
    if field.refers_to and CATALOG.has(field.refers_to[0]):
        return ".".join(filter(None, (steps, field.relationship, "RecordKey")))
    return path


def _shared(scope: Scope, path: str) -> ColumnElement[Any]:
    return sortable(scope.column(path), CATALOG.follow(scope.object.name, path)[1])


def _in_order(object_name: str, path: str, found: Sequence[Group]) -> list[Group]:
    kind = CATALOG.follow(object_name, path)[1].kind
    if kind not in {Kind.INT, Kind.DATE, Kind.BOOLEAN}:
        return sorted(found, key=lambda one: (one.value is None, one.label.casefold(), str(one.value)))
    return list(found)
