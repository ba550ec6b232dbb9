"""Rows as the journal keeps them, so that what was deleted can be put back as it was; it decides nothing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, insert

from duedesk.domain.days import write_moment
from duedesk.store.tables.columns import Amount, Day, Moment

Kept = Mapping[str, Any]
"""A row by column name, in texts, whole numbers and flags."""


def keep(row: Row[Any]) -> dict[str, Any]:
    """Give a row as the journal keeps it; what is empty is left out."""
    return {name: written(value) for name, value in row._mapping.items() if value is not None}  # noqa: SLF001


def put_back(connection: Connection, table: Table, rows: Iterable[Kept]) -> None:
    """Insert rows as they were; columns the table no longer has are left out."""
    for row in rows:
        values = {name: _read(table, name, value) for name, value in row.items() if name in table.c}
        connection.execute(insert(table).values(**values))


def written(value: Any) -> Any:
    """Give a value as JSON holds it."""
    match value:
        case datetime():
            return write_moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def _read(table: Table, name: str, value: Any) -> Any:
    match table.c[name].type:
        case Amount():
            return Decimal(value)
        case Day():
            return date.fromisoformat(value)
        case Moment():
            return datetime.fromisoformat(value)
        case _:
            return value
