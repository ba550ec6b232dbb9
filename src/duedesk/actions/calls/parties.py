"""Fields of accounts, contacts and payment terms set, with what follows from them: folded names, the one default."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select, update

from duedesk.domain.catalog import ObjectType
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Value
from duedesk.domain.names import fold, tidy
from duedesk.store.tables import METADATA
from duedesk.store.tables.party import account, contact, payment_term, payment_term_item


def set_fields(connection: Connection, described: ObjectType, key: int, values: Mapping[str, Value]) -> None:
    """Write fields of a record; RequestError where they do not go with what stands."""
    table = METADATA.tables[described.table]
    columns: dict[str, Any] = {described.field(name).column: value for name, value in values.items()}
    match described.name:
        case "Account":
            _require_free(connection, table, key, "account_number", columns)
            if "parent_id" in columns:
                _require_no_ring(connection, key, columns["parent_id"])
            if "name" in columns:
                columns["name"] = tidy(columns["name"])
                columns["folded_name"] = fold(columns["name"])
        case "Contact":
            if columns.keys() & {"first_name", "last_name"}:
                row = connection.execute(select(contact).where(contact.c.id == key)).one()
                parts = (columns.get("first_name", row.first_name), columns.get("last_name", row.last_name))
                columns["name"] = " ".join(part for part in parts if part)
        case _:
            _term(connection, key, columns)
    connection.execute(update(table).where(table.c.id == key).values(**columns))


def _term(connection: Connection, key: int, columns: dict[str, Any]) -> None:
    _require_free(connection, payment_term, key, "name", columns)
    row = connection.execute(select(payment_term).where(payment_term.c.id == key)).one()
    if "period" in columns:
        items = select(payment_term_item.c.id).where(payment_term_item.c.payment_term_id == key)
        if connection.scalar(items.limit(1)) is not None:
            raise RequestError("Days: the term has items that say when it is due.", "`duedesk term` sets them.")
        if not 0 <= columns["period"] <= _LONGEST_TERM:
            raise RequestError(f"Period is from 0 to {_LONGEST_TERM} days, not {columns['period']}.")
    default, status = columns.get("is_default", row.is_default), columns.get("status", row.status)
    if default and status != "Active":
        raise RequestError("IsDefault: only an active payment term can be the default.")
    percent, days = (columns.get(name, row._mapping[name]) for name in ("discount_percent", "discount_days"))  # noqa: SLF001
    if percent is not None and not 0 < percent < 100:
        raise RequestError(f"DiscountPercent lies between 0 and 100, and {percent} does not.")
    if (percent is None) != (days is None) or (days is not None and days < 0):
        raise RequestError("DiscountPercent and DiscountDays go together: 2 and 10 make 2/10.")
    if columns.get("is_default"):
        connection.execute(update(payment_term).where(payment_term.c.id != key).values(is_default=False))


_LONGEST_TERM = 3_650


def _require_free(connection: Connection, table: Table, key: int, column: str, columns: Mapping[str, Any]) -> None:
    """See that what tells a record from others is no other's."""
    value = columns.get(column)
    if value is None:
        return
    other = connection.scalar(select(table.c.id).where(table.c[column] == value, table.c.id != key).limit(1))
    if other is not None:
        raise RequestError(f"“{value}” is another {table.name.replace('_', ' ')}'s already.", "Give another one.")


def _require_no_ring(connection: Connection, key: int, parent: int | None) -> None:
    seen = {key}
    while parent is not None:
        if parent in seen:
            raise RequestError("ParentId: an account cannot stand above itself.")
        seen.add(parent)
        parent = connection.scalar(select(account.c.parent_id).where(account.c.id == parent))
