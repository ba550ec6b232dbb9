"""What all invoices add up to, group by group, each figure read in an index that holds it; it names no groups.

The indexes hold whose an invoice is and its currency. What follows from an account or an owner is looked up for their
sums, of which there are few, not for a million invoices.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, cast, func, select

from duedesk.store.queries.aging.groups import COLUMNS, column_behind
from duedesk.store.queries.lists.fields import Scope
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount

Shared = Callable[[Scope, str], ColumnElement[Any]]
"""What records of a scope share along a path."""

Row = tuple[Any, str, int, Decimal, Decimal]
"""What is shared, the currency, and how many there are, their total and what of it is open."""

_ACCOUNT, _OWNER, CURRENCY = COLUMNS.values()


def sums_of_all(connection: Connection, scope: Scope, path: str, shared: Shared) -> Iterator[Row] | None:
    """Give the sums of all invoices as they stand, in the order of what they share; None where no index holds that."""
    rows = scope.rows
    if scope.object.name != "Invoice" or not isinstance(rows, Table):
        return None
    column = column_behind(path)
    if column is None:
        return None
    whose = rows.c[_OWNER if column == _OWNER else _ACCOUNT]
    return _joined(connection, scope, (whose, rows.c[CURRENCY]), lambda held: shared(held, path))


def _joined(
    connection: Connection,
    scope: Scope,
    by: tuple[ColumnElement[Any], ...],
    shared: Callable[[Scope], ColumnElement[Any]],
) -> Iterator[Row]:
    rows = scope.rows.c
    counted = select(*by, func.count().label("count"), func.sum(rows.total_amount_with_tax).label("amount"))
    owed = select(*by, func.sum(rows.balance).label("amount")).where(rows.balance != NOTHING)
    balances: dict[tuple[Any, str], Decimal] = {}
    for one in (owed.group_by(*by), counted.group_by(*by)):
        each = one.subquery("each")
        held = Scope("Invoice", each, scope.as_of, scope.user)
        key, currency = shared(held).label("shared"), each.c[CURRENCY]
        sums = [cast(func.sum(each.c["count"]), BigInteger)] if "count" in each.c else []
        question = select(key, currency, *sums, func.sum(each.c.amount, type_=Amount)).select_from(held.source)
        found = connection.execute(question.group_by(key, currency).order_by(key.asc().nulls_last()))
        if not sums:
            balances = {(value, code): amount for value, code, amount in found}
        else:
            yield from ((*row, balances.get((row[0], row[1]), Decimal(0))) for row in found)
