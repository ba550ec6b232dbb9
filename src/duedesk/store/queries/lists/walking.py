"""All records of an object in the order of a list, read along an index instead of sorted; it knows no filter.

What an index does not hold in that order is not walked, and the list sorts it.
"""

import sys
from array import array
from collections.abc import Sequence
from itertools import compress, filterfalse, groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Select, Table, func, literal, select

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.filters import Filter, Order
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists.fields import Scope
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.party import account

_SPREAD = 8
"""Keys that lie further apart than this are remembered one by one rather than by place."""

_MOST_OWNERS = 1_000
"""Owners up to whom the invoices are given owner by owner."""


def walked(connection: Connection, scope: Scope, asked: Filter) -> "array[int] | None":
    """Give the keys of all records in the order that is asked; None where no index holds it."""
    rows = scope.rows
    if not isinstance(rows, Table) or scope.object.rows:
        return None
    if not asked.order_by:
        return ascending(packed(connection, select(rows.c.id)))
    first, *others = asked.order_by
    way, field = CATALOG.follow(asked.object, first.path)
    if not others and not way and field.is_stored and _leads(rows, field.column):
        column = rows.c[field.column]
        if sortable(column, field) is column:
            return packed(connection, select(rows.c.id).order_by(in_order(column, first), by_key(rows.c.id, asked)))
    if not others and not way and field.name == "FullSettlementDate" and scope.object.name == "Invoice":
        return _by_what_some_have(connection, rows.c.id, rows.c[field.column], asked)
    if not others and (way[0] if way else field).name == "OwnerId" and scope.object.name == "Invoice":
        return _by_owner(connection, scope, rows, asked)
    if not others and not way and field.name == "DaysInvoiceOverdue" and not scope.is_by_instalment:
        return _by_days_overdue(connection, rows, asked)
    if len(way) == 1 and way[0].refers_to == ("Account",) and way[0].is_stored and field.name == "Name":
        return _by_account(connection, rows, way[0], asked)
    return None


def packed(connection: Connection, found: Select[Any]) -> "array[int]":
    """Let the database make one string of the ids: in a file of sixteen hexadecimal digits each, else of eight bytes.

    A fetch of a million rows holds the window up for 250 ms, parsing them as decimals for 200 ms, this for 10 ms.
    """
    return _unpacked(connection, connection.scalar(select(_joined(connection, found))))


def packed_up_to(connection: Connection, found: Select[Any], count: Select[Any], most: int) -> "array[int] | None":
    """Give the ids as `packed` does; None where there are more than `most`, which are then not even sorted."""
    there = count.scalar_subquery()
    string, number = connection.execute(select(_joined(connection, found.where(there <= most)), there)).one()
    return _unpacked(connection, string) if number <= most else None


def _joined(connection: Connection, found: Select[Any]) -> ColumnElement[Any]:
    each = found.subquery("each")
    if connection.dialect.name == "sqlite":
        return func.group_concat(func.printf("%016x", each.c.id), "")
    return func.string_agg(func.int8send(each.c.id), literal(b"", LargeBinary))


def _unpacked(connection: Connection, string: Any) -> "array[int]":
    in_file = connection.dialect.name == "sqlite"
    made = array("q", bytes.fromhex(string or "") if in_file else string or b"")
    if sys.byteorder == "little":
        made.byteswap()
    return made


def thinned(order: "array[int]", kept: "array[int]") -> "array[int]":
    """Give those of all keys that are kept, in the order of all."""
    if not kept:
        return kept
    last = max(order + kept)
    if last > _SPREAD * len(order):
        return array("q", filter(set(kept).__contains__, order))
    places = bytearray(last + 1)
    for key in kept:
        places[key] = 1
    return array("q", compress(order, map(places.__getitem__, order)))


def parted(every: "array[int]", parts: Sequence["array[int]"]) -> list["array[int]"]:
    """Give each part in the order of all keys, and at last those that are in no part; there are few parts."""
    last = max(every, default=0)
    if last > _SPREAD * len(every):
        held = [set(part) for part in parts]
        in_one = set[int]().union(*held)
        given = [array("q", filter(one.__contains__, every)) for one in held]
        return [*given, array("q", filterfalse(in_one.__contains__, every))]
    places = bytearray(last + 1)
    for number, part in enumerate(parts, 1):
        for key in part:
            places[key] = number
    numbers = bytes(map(places.__getitem__, every))
    chosen = [bytes(number == one for number in range(256)) for one in (*range(1, len(parts) + 1), 0)]
    return [array("q", compress(every, numbers.translate(one))) for one in chosen]


def ascending(keys: "array[int]", *, down: bool = False) -> "array[int]":
    """Give keys in their own order, or against it."""
    last = max(keys, default=0)
    if last > _SPREAD * len(keys):
        return array("q", sorted(keys, reverse=down))
    places = bytearray(last + 1)
    for key in keys:
        places[key] = 1
    found = array("q", compress(range(last + 1), places))
    return found[::-1] if down else found


def sortable(column: ColumnElement[Any], field: Field) -> ColumnElement[Any]:
    """Give what a field is sorted by: names whatever their case."""
    return func.lower(column) if field.kind is Kind.STRING and field.name.endswith("Name") else column


def in_order(column: ColumnElement[Any], order: Order) -> ColumnElement[Any]:
    """Give what a list is sorted by: what has no value comes last, or first where that is asked for."""
    way = column.desc() if order.descending else column.asc()
    return way.nulls_first() if order.nulls_first else way.nulls_last()


def by_key(key: ColumnElement[int], asked: Filter) -> ColumnElement[int]:
    """Give the order among records of which nothing else says it: the newest first where the list runs down."""
    return key.desc() if asked.order_by and asked.order_by[0].descending else key


def _leads(rows: Table, column: str) -> bool:
    """Tell whether an index of all rows begins with a column."""
    return any(
        next(iter(index.columns)).name == column and index.dialect_options["sqlite"]["where"] is None
        for index in rows.indexes
    )


def _by_days_overdue(connection: Connection, rows: Table, asked: Filter) -> "array[int]":
    """Give what is open by its due date, and then what is not, which is overdue by no days at all."""
    (order,) = asked.order_by
    due = rows.c.due_date.asc() if order.descending else rows.c.due_date.desc()
    key = by_key(rows.c.id, asked)
    late = packed(connection, select(rows.c.id).where(rows.c.balance != NOTHING).order_by(due.nulls_last(), key))
    rest = packed(connection, select(rows.c.id).where(rows.c.balance == NOTHING).order_by(key))
    return rest + late if order.nulls_first else late + rest


def _by_what_some_have(
    connection: Connection, key: ColumnElement[int], column: ColumnElement[Any], asked: Filter
) -> "array[int]":
    """Give the records that have a value by it, which an index of them alone holds, and the others beside."""
    (order,) = asked.order_by
    tie = by_key(key, asked)
    have = packed(connection, select(key).where(column.is_not(None)).order_by(in_order(column, order), tie))
    rest = packed(connection, select(key).where(column.is_(None)).order_by(tie))
    return rest + have if order.nulls_first else have + rest


def _by_owner(connection: Connection, scope: Scope, rows: Table, asked: Filter) -> "array[int] | None":
    """Give the invoices owner by owner, as an index holds them; within one they are put in order here."""
    (order,) = asked.order_by
    key, column = rows.c.id, rows.c.owner_id
    counted = select(column, func.count().label("count")).where(column.is_not(None)).group_by(column).subquery("each")
    owners = Scope(asked.object, counted, scope.as_of, scope.user)
    shown = sortable(owners.column(order.path), CATALOG.follow(asked.object, order.path)[1])
    found = select(counted.c.owner_id, counted.c["count"], shown).select_from(owners.source)
    by_owner = connection.execute(found.order_by(in_order(shown, order))).all()
    if len(by_owner) > _MOST_OWNERS:
        return None
    every = packed(connection, select(key).where(column.is_not(None)).order_by(column))
    without = packed(connection, select(key).where(column.is_(None)))
    begins, at = {}, 0
    for owner, count, _ in sorted(by_owner, key=lambda one: one[0]):
        begins[owner] = slice(at, at + count)
        at += count
    owned = array("q")
    for value, some in groupby(by_owner, key=lambda one: one[2]):
        own = array("q", b"".join(every[begins[owner]].tobytes() for owner, _, _ in some))
        if value is None:
            without += own
        else:
            owned += ascending(own, down=order.descending)
    rest = ascending(without, down=order.descending)
    return rest + owned if order.nulls_first else owned + rest


def _by_account(connection: Connection, rows: Table, step: Field, asked: Filter) -> "array[int] | None":
    """Give the records by their account's name, of which there are few: they are numbered, and numbers sorted."""
    order, *others = asked.order_by
    fields = [CATALOG.follow(asked.object, one.path) for one in others]
    if any(way or field.column != "due_date" for way, field in fields):
        return None
    place = func.dense_rank().over(order_by=func.lower(account.c.name)).label("place")
    numbered = select(account.c.id, place).cte("numbered").prefix_with("MATERIALIZED")
    found = select(rows.c.id).join_from(numbered, rows, rows.c[step.column] == numbered.c.id)
    further = (in_order(rows.c.due_date, one) for one in others)
    return packed(connection, found.order_by(in_order(numbered.c.place, order), *further, by_key(rows.c.id, asked)))
