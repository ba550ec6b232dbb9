"""Values of an invoice's fields as they are given: read, held against the catalogue and what they refer to, written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.currencies import is_currency
from duedesk.domain.days import EARLIEST_DAY, LATEST_DAY, parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Value
from duedesk.domain.objects import CATALOG
from duedesk.store.bulk import Keys
from duedesk.store.tables import METADATA
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.ledger import invoice

INVOICE = CATALOG.object("Invoice")
_MAY_BE_EMPTY = {"InvoiceDate", "DueDate", "OwnerId"}
"""What a posted invoice needs and a draft may lack."""


def read_values(connection: Connection, given: Mapping[str, Value]) -> dict[str, Any]:
    """Give the columns and values of fields by API name; RequestError where one is wrong.

    A reference takes the key of its record, a date also its ISO text.
    """
    values = {}
    for name, value in given.items():
        field = INVOICE.field(name)
        values[field.column] = _read(connection, field, value)
    return values


def check_updatable(given: Mapping[str, Value]) -> None:
    """Refuse fields that are not for people to change: RequestError."""
    for name in given:
        field = INVOICE.field(name)
        if not field.update:
            raise RequestError(
                f"{field.name} cannot be set.", "It is worked out, or a verb changes it: `duedesk describe Invoice`."
            )


def free_key(connection: Connection) -> int:
    """Give a key that no invoice has, and none that was deleted had: history goes by keys."""
    key = Keys(connection).take(invoice, 1)[0]
    if connection.dialect.name == "postgresql":
        return key
    own = history_entry.c.object_name == "Invoice"
    return max(key, (connection.scalar(select(func.max(history_entry.c.record_key)).where(own)) or 0) + 1)


def _read(connection: Connection, field: Field, value: Value) -> Value:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        if not field.nillable and field.name not in _MAY_BE_EMPTY:
            raise RequestError(f"{field.label} cannot be empty.")
        return None
    match field.kind:
        case Kind.DATE:
            return _day(field, value)
        case Kind.REFERENCE if CATALOG.has(field.refers_to[0]):
            return _key(connection, field, value)
        case Kind.BOOLEAN if isinstance(value, bool):
            return value
    if not isinstance(value, str) or field.kind is Kind.BOOLEAN:
        raise RequestError(f"{field.label} cannot be {value!r}.")
    if len(value) > field.max_length:
        raise RequestError(f"{field.label} has at most {field.max_length:,} characters, not {len(value):,}.")
    if field.values and value not in field.values:
        raise RequestError(f"{field.label} cannot be “{value}”.", f"There are {', '.join(field.values)}.")
    if field.name == "CurrencyIsoCode" and not is_currency(value):
        raise RequestError(f"“{value}” is no currency.", "Write its code of three letters: USD.")
    return value


def _day(field: Field, value: Value) -> date:
    day = parse_day(value) if isinstance(value, str) else value
    if not isinstance(day, date):
        raise RequestError(f"{field.label} cannot be {value!r}.", "Give a date.")
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise RequestError(f"{field.label} cannot be {day}.", f"Give one from {EARLIEST_DAY} to {LATEST_DAY}.")
    return day


def _key(connection: Connection, field: Field, value: Value) -> int:
    target = CATALOG.object(field.refers_to[0])
    table = METADATA.tables[target.table]
    if not isinstance(value, int) or connection.scalar(select(table.c.id).where(table.c.id == value)) is None:
        raise RequestError(
            f"There is no such {target.label.lower()} in the book.", f"Choose another {field.label.lower()}."
        )
    return value
