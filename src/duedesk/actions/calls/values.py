"""Values as an update gives them, read by their field's kind, references found by Id, number or name; it sets none."""

from collections.abc import Mapping

from sqlalchemy import Connection

from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Value
from duedesk.domain.literals import read_value, unstorable
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.identity import find_record

Given = Mapping[str, Value]
"""Values by field name: text is read by the field's kind, a reference is named by Id, number, name or key."""


def read_edit(
    connection: Connection, described: ObjectType, called: str | int, given: Given
) -> tuple[int, dict[str, Value]]:
    """Give the key of a record, named by Id or number or by the key itself, and the values to set; RequestError."""
    key = called if isinstance(called, int) else find_record(connection, described.name, called)
    return key, read_given(connection, described, given)


def read_given(connection: Connection, described: ObjectType, given: Given) -> dict[str, Value]:
    """Give values by API name as the catalogue spells it, a reference as its record's key.

    RequestError names the field that cannot be set, or cannot be set so.
    """
    values: dict[str, Value] = {}
    for name, value in given.items():
        field = described.field(name)
        if not field.update:
            raise RequestError(
                f"{field.name} cannot be set.", f"`duedesk describe {described.name}` says which fields can."
            )
        if field.name in values:
            raise RequestError(f"{field.name} is given twice.")
        try:
            values[field.name] = _read(connection, field, value)
        except RequestError as error:
            said = error.message if field.name in error.message else f"{field.name}: {error.message}"
            raise RequestError(said, error.hint) from None
    return values


def _read(connection: Connection, field: Field, value: Value) -> Value:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        if not field.nillable:
            raise RequestError(f"{field.name} cannot be empty.")
        return None
    if field.kind is Kind.REFERENCE and CATALOG.has(field.refers_to[0]):
        return value if isinstance(value, int) else find_record(connection, field.refers_to[0], str(value))
    text = value if isinstance(value, str) else _written(value)
    if unstorable(text) is not None:
        raise RequestError(f"{field.name} holds a character that no text can hold.")
    if len(text) > field.max_length:
        raise RequestError(f"{field.name} has at most {field.max_length:,} characters, not {len(text):,}.")
    if field.name == "CurrencyIsoCode":
        text = text.upper()
        if not is_currency(text):
            raise RequestError(f"“{text}” is no currency.", "Write its code of three letters: USD.")
    return read_value(field, text)


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
