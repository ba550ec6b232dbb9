"""Lists of records: the ids in order at once, rows by id when they are painted, totals beside; it keeps nothing.

Never OFFSET, and never all rows: a list of a million invoices is a string of ids made by the database.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, bindparam, func, select

from duedesk.domain.catalog import Kind
from duedesk.domain.filters import All, Compare, Condition, Filter, Operator, Value
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import paths_in
from duedesk.store.queries.asof import Standpoint, is_present
from duedesk.store.queries.asof_records import records_as_of
from duedesk.store.queries.by_instalment import has_instalments
from duedesk.store.queries.dunning.dunnable import dunned_by
from duedesk.store.queries.lists.fields import Scope, as_stored
from duedesk.store.queries.lists.free_text import matches_or_its_account
from duedesk.store.queries.lists.totals import CurrencyTotal, added_up
from duedesk.store.queries.lists.walking import by_key, in_order, packed, packed_up_to, sortable, thinned, walked

BLOCK = 200
"""Rows read at a time by id."""

MANY = 200_000
"""Records up to which they are sorted; of more it is quicker to walk an index and leave out the others."""

_KEYS = "keys"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One record of a list: its key and the values of the paths that were asked for, in their order."""

    key: int
    values: tuple[Value, ...]


def keys(connection: Connection, asked: Filter) -> "array[int]":
    """Give the keys of all records that the filter finds, in its order, as 64-bit integers."""
    scope = scope_of(connection, asked)
    wanted = conditions(scope, asked)
    if wanted:
        found = _found(scope, asked, wanted, most=MANY + 1)
        few = packed_up_to(connection, _sorted(found, asked), select(func.count()).select_from(found), MANY)
        if few is not None:
            return few
    everything = walked(connection, scope, asked)
    if everything is None:
        return packed(connection, _sorted(_found(scope, asked, wanted), asked))
    if not wanted:
        return everything
    bare = scope_of(connection, asked.sorted_by())
    kept = select(bare.rows.c.id).where(*conditions(bare, asked)).select_from(bare.source)
    return thinned(everything, packed(connection, kept))


def keys_among(connection: Connection, asked: Filter, among: "array[int] | None") -> "array[int]":
    """Give those of some keys that the filter finds, in its order; where `among` is None, all that it finds."""
    found = keys(connection, asked)
    return found if among is None else thinned(found, among)


def _found(scope: Scope, asked: Filter, wanted: list[ColumnElement[bool]], most: int | None = None) -> CTE:
    """Find first and sort after: the planner would otherwise walk the sort index and look up every row."""
    order = [column.label(f"by_{place}") for place, column in enumerate(_order(scope, asked))]
    found = select(scope.rows.c.id.label("id"), *order).select_from(scope.source).where(*wanted).limit(most)
    return found.cte("found").prefix_with("MATERIALIZED")


def _sorted(found: CTE, asked: Filter) -> Select[Any]:
    sorts = (in_order(found.c[f"by_{place}"], one) for place, one in enumerate(asked.order_by))
    return select(found.c.id).order_by(*sorts, by_key(found.c.id, asked))


def rows(connection: Connection, asked: Filter, paths: Sequence[str], wanted: Sequence[int]) -> list[ListRow]:
    """Give the rows of the given keys in the order of the keys; a key that is gone is left out."""
    found: dict[int, ListRow] = {}
    user, by_instalment = connection.get_execution_options().get("user", ""), has_instalments(connection)
    present = is_present(connection, Standpoint(asked.as_of, asked.known_on))
    for start in range(0, len(wanted), BLOCK):
        block = wanted[start : start + BLOCK]
        if present:
            query = _present_rows(asked.object, asked.as_of, tuple(paths), user, by_instalment=by_instalment)
        else:
            scope = scope_of(connection, asked, paths, only=block)
            query = _row_query(scope, paths).where(scope.rows.c.id.in_(bindparam(_KEYS, expanding=True)))
        for row in connection.execute(query, {_KEYS: list(block)}):
            found[row[0]] = ListRow(row[0], tuple(row[1:]))
    return [found[key] for key in wanted if key in found]


@lru_cache(maxsize=32)
def _present_rows(
    object_name: str, as_of: date, paths: tuple[str, ...], user: str, *, by_instalment: bool
) -> Select[Any]:
    """Give the query of rows as they stand today, made once: making it takes longer than asking it for a block."""
    scope = Scope(object_name, as_stored(object_name), as_of, user, by_instalment=by_instalment)
    query = _row_query(scope, paths)
    return query.where(scope.rows.c.id.in_(bindparam(_KEYS, expanding=True)))


def stream(connection: Connection, asked: Filter, paths: Sequence[str], limit: int | None = None) -> Iterator[ListRow]:
    """Give the rows of a filter in order, read block by block as they are taken."""
    wanted = keys(connection, asked)
    if limit is not None:
        wanted = wanted[:limit]
    for start in range(0, len(wanted), BLOCK):
        yield from rows(connection, asked, paths, wanted[start : start + BLOCK])


def totals(connection: Connection, asked: Filter) -> tuple[CurrencyTotal, ...]:
    """Give what the found invoices add up to, one total a currency, by currency."""
    scope = scope_of(connection, asked)
    return added_up(connection, scope, conditions(scope, asked), are_few=asks_for_open(asked.where))


def count(connection: Connection, asked: Filter) -> int:
    """Give how many records the filter finds."""
    scope = scope_of(connection, asked)
    wanted = conditions(scope, asked)
    return connection.scalar(select(func.count()).select_from(scope.source).where(*wanted)) or 0


def scope_of(
    connection: Connection,
    asked: Filter,
    paths: Sequence[str] = (),
    *,
    only: Sequence[int] | None = None,
    follows_any: bool = False,
) -> Scope:
    """Give the records of a filter's object as they stood on its day, with what paths lead to; nothing is asked yet.

    `follows_any` says that more paths than these are followed.
    """
    object_type = CATALOG.object(asked.object)
    rows_of = partial(records_as_of, connection, standpoint=Standpoint(asked.as_of, asked.known_on))
    only_open = object_type.name == "Invoice" and asks_for_open(asked.where)
    source = rows_of(asked.object, only=only, maybe_open=only_open)
    user, by_instalment = connection.get_execution_options().get("user", ""), has_instalments(connection)
    every = (*paths, *paths_in(asked.where), *(one.path for one in asked.order_by))
    reached = rows_of if follows_any or any(_moves(asked.object, path) for path in every) else None
    dunned = dunned_by(connection, asked)
    return Scope(object_type.name, source, asked.as_of, user, reached, by_instalment=by_instalment, dunned=dunned)


def _moves(object_name: str, path: str) -> bool:
    """Tell whether a path leads to a figure or a state of another record, which depends on the day that is asked."""
    way, field = CATALOG.follow(object_name, path)
    return bool(way) and (field.is_figure or field.kind is Kind.PICKLIST)


def conditions(scope: Scope, asked: Filter) -> list[ColumnElement[bool]]:
    """Give what a filter asks of its records."""
    wanted = [scope.condition(asked.where)] if asked.where is not None else []
    if scope.object.rows:
        column, _, value = scope.object.rows.partition("=")
        wanted.append(scope.rows.c[column] == value)
    if asked.search.strip():
        wanted.append(matches_or_its_account(scope.rows, scope.object.name, asked.search))
    return wanted


def _order(scope: Scope, asked: Filter) -> list[ColumnElement[Any]]:
    columns = []
    for one in asked.order_by:
        column = scope.column(one.path)
        _, field = CATALOG.follow(asked.object, one.path)
        columns.append(sortable(column, field))
    return columns


def _row_query(scope: Scope, paths: Sequence[str]) -> Select[Any]:
    columns = [scope.column(path).label(f"value_{place}") for place, path in enumerate(paths)]
    return select(scope.rows.c.id, *columns).select_from(scope.source)


def asks_for_open(condition: Condition | None) -> bool:
    """Tell whether only invoices with something open can be found."""
    match condition:
        case All(parts):
            return any(map(asks_for_open, parts))
        case Compare("DaysInvoiceOverdue", operator, value):
            return value is not None and operator is not Operator.NE
        case Compare("Balance", Operator.GT, Decimal() as least):
            return least >= 0
        case Compare("SettlementStatus", Operator.EQ, value):
            return value in {"Not Settled", "Partially Settled"}
        case Compare("SettlementStatus", Operator.IN, tuple() as values):
            return set(values) <= {"Not Settled", "Partially Settled"}
        case _:
            return False


__all__ = [
    "BLOCK",
    "CurrencyTotal",
    "ListRow",
    "asks_for_open",
    "conditions",
    "count",
    "in_order",
    "keys",
    "keys_among",
    "rows",
    "scope_of",
    "sortable",
    "stream",
    "totals",
]
