"""What the groups of an aging are in SQL, and what people call them; it sums nothing.

Fields of the account, of its parents and of the owner, and the currency follow from three columns that every part of
an aging carries. Any other field is the invoice's own.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, FromClause, Select, Text, cast, null, select
from sqlalchemy.exc import DataError

from duedesk.domain.aging import RowKey
from duedesk.domain.catalog import Kind
from duedesk.domain.days import in_words
from duedesk.domain.grouping import ACCOUNT, CURRENCY, OWNER, none_of, sorts_by_value, target_of
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists.fields import Scope
from duedesk.store.tables import METADATA

COLUMNS = {ACCOUNT: "billing_account_id", OWNER: "owner_id", CURRENCY: "currency_iso_code"}
"""What every part of an aging may carry, and the fields that these columns are."""

_FEW = 200
_TOO_LARGE = "22003"
"""What a server answers where a number does not fit."""

Name = tuple[str, str]
"""A name, and the number of an account."""


def column_behind(path: str) -> str | None:
    """Give which of the columns that parts carry a grouping follows from; None where it is the invoice's own."""
    way, field = CATALOG.follow("Invoice", path)
    return COLUMNS.get(way[0].name if way else field.name)


def carried(by: Iterable[str]) -> frozenset[str]:
    """Give the columns that parts have to carry for these groupings; the currency is always there."""
    return frozenset(filter(None, map(column_behind, by))) | {COLUMNS[CURRENCY]}


def of_invoices(by: Iterable[str]) -> bool:
    """Tell whether a grouping needs the invoices themselves."""
    return any(column_behind(path) is None for path in by)


def keys_of(
    rows: FromClause, by: Sequence[str], as_of: date, *, by_instalment: bool = False
) -> tuple[Sequence[ColumnElement[Any]], FromClause]:
    """Give the keys of rows that carry an invoice's columns, and the rows with what had to be joined.

    What is no column of theirs (money not applied has no term) has no key.
    """
    scope = Scope("Invoice", rows, as_of, by_instalment=by_instalment)
    whole = "due_date" in rows.c
    keys = [scope.key(path) if whole or column_behind(path) else cast(null(), Text) for path in by]
    return [key.label(f"key_{place}") for place, key in enumerate(keys)], scope.source


def plain_key(value: object) -> RowKey:
    """Give a value that rows are grouped by as the key of a row."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def names_of(connection: Connection, path: str, keys: Set[RowKey]) -> dict[RowKey, Name]:
    """Give what the keys of a grouping are called, in the order in which they are shown; there may be more names."""
    target = target_of(path)
    if target is None:
        kind = CATALOG.follow("Invoice", path)[1].kind
        values = {key: (none_of(path) if key is None else _said(key, kind), "") for key in keys}
        return _in_order(values, by_key=sorts_by_value(path))
    there = CATALOG.object(target.refers_to[0])
    table = METADATA.tables[there.table]
    columns: list[ColumnElement[Any]] = [table.c.id, table.c[there.field(there.name_field).column]]
    if there.name == "Account":
        columns.append(table.c.account_number)
    found = select(*columns)
    if len(keys) <= _FEW:
        found = found.where(table.c.id.in_([key for key in keys if key is not None]))
    nothing = none_of(path), ""
    if there.name != "Account":
        said: dict[RowKey, Name] = {key: (name or str(key), "") for key, name in raw_rows(connection, found)}
        return _in_order({key: said.get(key, nothing) for key in keys}, by_key=False)
    by_name = found.order_by(table.c.folded_name, table.c.name, table.c.account_number)
    said = {key: (name or str(key), number or "") for key, name, number in raw_rows(connection, by_name)}
    if keys <= said.keys():
        return said
    return _in_order({key: said.get(key, nothing) for key in keys}, by_key=False)


def raw_rows(connection: Connection, question: Select[Any]) -> list[Any]:
    """Read rows as the driver gives them; only for keys, texts and whole numbers, which need no dressing."""
    at_once = {"yield_per": None, "stream_results": False}
    with connection.execute(question, execution_options=at_once) as found:
        return list(found.cursor.fetchall())


def raw_sums(connection: Connection, question: Select[Any], keys: int) -> list[Any]:
    """Read groups, `keys` columns of them, and their sums as whole numbers.

    A server adds up without a limit and says so by decimals, which take longer to read than to add up. It is asked
    for 64 bits, and once more where a sum does not fit.
    """
    if connection.dialect.name == "sqlite":
        return raw_rows(connection, question)
    every = question.subquery("every")
    try:
        with _kept_whole(connection):
            narrow = (cast(column, BigInteger) for column in list(every.c)[keys:])
            return raw_rows(connection, select(*list(every.c)[:keys], *narrow))
    except DataError as error:
        if getattr(error.orig, "sqlstate", "") != _TOO_LARGE:
            raise
    return [(*row[:keys], *map(int, row[keys:])) for row in raw_rows(connection, question)]


@contextmanager
def _kept_whole(connection: Connection) -> Iterator[None]:
    """Let a question fail without ending the transaction; said to the driver, for the connection may read in parts."""
    driver: Any = connection.connection.driver_connection
    with driver.transaction():
        yield


def _in_order(said: dict[RowKey, Name], *, by_key: bool) -> dict[RowKey, Name]:
    if by_key:
        return dict(sorted(said.items(), key=lambda one: (one[0] is None, one[0] or 0)))
    return dict(sorted(said.items(), key=lambda one: (one[1][0].casefold(), one[1][1])))


def _said(key: RowKey, kind: Kind) -> str:
    if kind is Kind.DATE:
        return in_words(date.fromisoformat(str(key)))
    if kind is Kind.BOOLEAN:
        return "Yes" if key else "No"
    return str(key)
