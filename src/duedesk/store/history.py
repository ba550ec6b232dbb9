"""The history of records: what a tracked field held before and after an action, each entry sealed with the one before.

It compares rows and writes what differs; which fields are tracked is said in `domain.history`. That nothing of it was
changed, cut out or put in is proved in `proof.history`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.days import write_moment
from duedesk.domain.history import TRACKED, written
from duedesk.domain.objects import CATALOG
from duedesk.store.bulk import Keys, StoredValue, insert_rows
from duedesk.store.journal import newest_history, seal, seal_history
from duedesk.store.settlement import chosen
from duedesk.store.tables import METADATA
from duedesk.store.tables.following import history_entry

Snapshot = Mapping[int, Mapping[str, Any]]
"""By record key, every column of the record."""

_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Deed:
    """The action that made the changes: who did it and when, its name and its entry in the journal."""

    user: str
    at: datetime
    action: str
    journal_id: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A tracked field of one record that holds another value than before, both in words."""

    object_name: str
    key: int
    field: Field
    old: str | None
    new: str | None


def snapshot(connection: Connection, object_name: str, keys: Collection[int]) -> Snapshot:
    """Give the records of these keys as they are now."""
    table = METADATA.tables[CATALOG.object(object_name).table]
    found = connection.execute(select(table).where(chosen(connection, table.c.id, keys)))
    return {row["id"]: dict(row) for row in found.mappings()}


def differences(connection: Connection, object_name: str, before: Snapshot, after: Snapshot) -> tuple[Difference, ...]:
    """Give what tracked fields held before and hold after, record by record in the order of their keys.

    A record that is in `after` alone is new, one that is in `before` alone is gone: its other side holds nothing.
    """
    described = CATALOG.object(object_name)
    fields = [described.field(name) for name in TRACKED.get(object_name, ())]
    changed = [
        (key, field, old, new)
        for key in sorted({*before, *after})
        for old, new in [(before.get(key, _NOTHING), after.get(key, _NOTHING))]
        for field in fields
        if old.get(field.column) != new.get(field.column) or _is_written_otherwise(field, old, new)
    ]
    names = _names(connection, ((field, row.get(field.column)) for _, field, *rows in changed for row in rows))
    found = []
    for key, field, old, new in changed:
        values = [_text(field, row, names) for row in (old, new)]
        if values[0] != values[1]:
            found.append(Difference(object_name, key, field, *values))
    return tuple(found)


def keep(connection: Connection, deed: Deed, changed: Iterable[Difference]) -> None:
    """Write the history of an action, all of it at once and once only, and seal it; also where nothing changed.

    The journal's lock, taken when the action was recorded, keeps others from continuing the chain meanwhile.
    """
    newest = newest_history(connection)
    made = list(changed)
    rows: list[tuple[StoredValue, ...]] = []
    for key, one in zip(Keys(connection).take(history_entry, len(made)) if made else (), made, strict=True):
        values: dict[str, StoredValue] = {
            "object_name": one.object_name,
            "record_key": one.key,
            "field": one.field.name,
            "data_type": one.field.kind.value,
            "old_value": one.old,
            "new_value": one.new,
            "created_by": deed.user,
            "created_date": write_moment(deed.at),
            "action": deed.action,
            "journal_id": deed.journal_id,
            "previous_hash": newest,
        }
        newest = sealed(values)
        rows.append((key, *values.values(), newest))
    insert_rows(connection, history_entry, _COLUMNS, rows)
    seal_history(connection, deed.journal_id, len(made), newest)


_COLUMNS = (
    "id",
    "object_name",
    "record_key",
    "field",
    "data_type",
    "old_value",
    "new_value",
    "created_by",
    "created_date",
    "action",
    "journal_id",
    "previous_hash",
    "hash",
)


def sealed(row: Mapping[str, Any]) -> str:
    """Give the seal of an entry of which `created_date` is written as text."""
    return seal(
        row["previous_hash"],
        row["object_name"],
        str(row["record_key"]),
        row["field"],
        row["data_type"],
        "" if row["old_value"] is None else f"={row['old_value']}",
        "" if row["new_value"] is None else f"={row['new_value']}",
        row["created_by"],
        row["created_date"],
        row["action"],
        str(row["journal_id"]),
    )


def value_in_words(field: Field, row: Mapping[str, Any]) -> str | None:
    """Give what a field of a record holds as the history writes it; a reference not by a name but by its key."""
    return written(field, row.get(field.column), str(row.get("currency_iso_code") or ""))


def is_by_name(field: Field) -> bool:
    """Tell whether the history names a field's value after another record, which may since be called otherwise."""
    return field.kind is Kind.REFERENCE and CATALOG.has(field.refers_to[0])


def _is_written_otherwise(field: Field, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether an amount may be written with other digits, because it is in another currency now."""
    return field.kind is Kind.CURRENCY and old.get("currency_iso_code") != new.get("currency_iso_code")


def _text(field: Field, row: Mapping[str, Any], names: Mapping[tuple[str, int], str]) -> str | None:
    value = row.get(field.column)
    if isinstance(value, int) and is_by_name(field):
        return names.get((field.refers_to[0], value), str(value))
    return value_in_words(field, row)


def _names(connection: Connection, values: Iterator[tuple[Field, Any]]) -> dict[tuple[str, int], str]:
    """Give the names of all records referred to, one question an object."""
    wanted: dict[str, set[int]] = {}
    for field, value in values:
        if isinstance(value, int) and is_by_name(field):
            wanted.setdefault(field.refers_to[0], set()).add(value)
    names = {}
    for object_name, keys in wanted.items():
        target = CATALOG.object(object_name)
        table = METADATA.tables[target.table]
        name = table.c[target.field(target.name_field).column]
        for row in connection.execute(select(table.c.id, name).where(chosen(connection, table.c.id, keys))):
            if row[1] is not None:
                names[object_name, row[0]] = str(row[1])
    return names
