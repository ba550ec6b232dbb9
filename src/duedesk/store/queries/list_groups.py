"""The groups of a list: what its records have in common, how many they are, what they add up to; no rows here.

The keys of a grouped list come from one query and lie group after group. What a group is called is known only
afterwards, so the groups are put in the order of their names here, and the stretches of keys with them.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from duedesk.domain.aging import RowKey
from duedesk.domain.catalog import Kind
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter, Order
from duedesk.domain.objects import CATALOG
from duedesk.store.queries import listing
from duedesk.store.queries.aging_groups import plain_key
from duedesk.store.queries.fields import Scope
from duedesk.store.queries.list_figures import Figures, has_figures, summed, sums
from duedesk.store.queries.listing import conditions, scope_of
from duedesk.store.queries.walking import sortable
from duedesk.store.tables import METADATA

_FEW = 500
"""Names that are asked for one by one; where there are more, all are read."""


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


def _as_found(connection: Connection, asked: Filter, path: str) -> list[Group]:
    """Give the groups in the order in which the database sorts what they share."""
    check_groups(asked.object, path)
    sorted_path = _sorted_path(asked.object, path)
    scope = scope_of(connection, asked, (sorted_path,))
    wanted = conditions(scope, asked)
    shared = _shared(scope, sorted_path)
    columns = sums(scope)
    inner = select(shared.label("shared"), *columns).where(*wanted).select_from(scope.source)
    by = (shared, columns[0]) if has_figures(asked.object) else (shared,)
    inner = inner.group_by(*by).order_by(shared.asc().nulls_last())
    each = [
        (value, [row[1:] for row in rows]) for value, rows in groupby(connection.execute(inner), key=lambda row: row[0])
    ]
    names = _names(connection, asked.object, path, [value for value, _ in each])
    made = []
    for value, rows in each:
        figures = summed(rows)
        made.append(Group(plain_key(value), names[value], sum(one.count for one in figures), figures))
    return made


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


def _names(connection: Connection, object_name: str, path: str, values: Sequence[Any]) -> dict[Any, str]:
    """Give what groups are called: by the name of the record that they share, else by the value itself."""
    _, field = CATALOG.follow(object_name, path)
    nothing = f"No {field.label[:1].lower()}{field.label[1:]}"
    if not (field.refers_to and CATALOG.has(field.refers_to[0])):
        return {value: nothing if value in {None, ""} else _said(value) for value in values}
    there = CATALOG.object(field.refers_to[0])
    table = METADATA.tables[there.table]
    asked = select(table.c.id, table.c[there.field(there.name_field).column])
    if len(values) <= _FEW:
        asked = asked.where(table.c.id.in_([value for value in values if value is not None]))
    found = {row[0]: str(row[1] or row[0]) for row in connection.execute(asked)}
    return {value: found.get(value, nothing) for value in values}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return in_words(value) if hasattr(value, "isoformat") else str(value)
