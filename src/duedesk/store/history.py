"""The history of records: what a tracked field held before and after an action, each entry sealed with the one before.

It compares rows and writes what differs; which fields are tracked is said in `domain.history`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.days import write_moment
from duedesk.domain.history import TRACKED, written
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store.journal import FIRST_HASH, seal
from duedesk.store.settlement import chosen
from duedesk.store.tables import METADATA
from duedesk.store.tables.following import history_entry

Snapshot = Mapping[int, Mapping[str, Any]]
"""By record key, every column of the record."""


@dataclass(frozen=True, slots=True)
class Deed:
    """The action that made the changes: its name and its entry in the journal."""

    action: str
    journal_id: int


@dataclass(frozen=True, slots=True)
class _Difference:
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


def write_differences(
    connection: Connection, world: World, deed: Deed, object_name: str, before: Snapshot, after: Snapshot
) -> frozenset[int]:
    """Write what tracked fields held before and hold after, and give the keys of the records that differ at all.

    A record that is in `after` alone is new: what it holds is written against nothing.
    """
    differences = list(_differences(connection, object_name, before, after))
    _write(connection, world, deed, differences)
    return frozenset(key for key, row in after.items() if row != before.get(key))


def broken_history(connection: Connection) -> Iterator[int]:
    """Give the ids of entries whose seal does not fit what they say or the entry before them."""
    previous = FIRST_HASH
    entries = select(history_entry).order_by(history_entry.c.id)
    for row in connection.execution_options(yield_per=5_000).execute(entries).mappings():
        if row["previous_hash"] != previous or row["hash"] != _sealed(previous, dict(row)):
            yield row["id"]
        previous = row["hash"]


def _differences(connection: Connection, object_name: str, before: Snapshot, after: Snapshot) -> Iterator[_Difference]:
    described = CATALOG.object(object_name)
    fields = [described.field(name) for name in TRACKED.get(object_name, ())]
    nothing: Mapping[str, Any] = {}
    for key in sorted(after):
        old, new = before.get(key, nothing), after[key]
        for field in fields:
            if old.get(field.column) == new[field.column]:
                continue
            values = [_text(connection, field, row) for row in (old, new)]
            if values[0] != values[1]:
                yield _Difference(object_name, key, field, *values)


def _text(connection: Connection, field: Field, row: Mapping[str, Any]) -> str | None:
    """Give a value in words: a reference by the name of its record at that moment."""
    value = row.get(field.column)
    if value is None or field.kind is not Kind.REFERENCE or not isinstance(value, int):
        return written(field, value, str(row.get("currency_iso_code", "")))
    target = CATALOG.object(field.refers_to[0])
    table = METADATA.tables[target.table]
    name = connection.scalar(select(table.c[target.field(target.name_field).column]).where(table.c.id == value))
    return str(value) if name is None else str(name)


def _write(connection: Connection, world: World, deed: Deed, differences: list[_Difference]) -> None:
    if not differences:
        return
    newest = select(history_entry.c.hash).order_by(history_entry.c.id.desc()).limit(1)
    previous = connection.scalar(newest) or FIRST_HASH  # the journal's lock keeps others from continuing the chain
    rows = []
    for one in differences:
        row: dict[str, Any] = {
            "object_name": one.object_name,
            "record_key": one.key,
            "field": one.field.name,
            "data_type": one.field.kind.value,
            "old_value": one.old,
            "new_value": one.new,
            "created_by": world.user,
            "created_date": world.now(),
            "action": deed.action,
            "journal_id": deed.journal_id,
            "previous_hash": previous,
        }
        previous = row["hash"] = _sealed(previous, row)
        rows.append(row)
    connection.execute(insert(history_entry), rows)


def _sealed(previous: str, row: Mapping[str, Any]) -> str:
    return seal(
        previous,
        row["object_name"],
        str(row["record_key"]),
        row["field"],
        row["data_type"],
        "" if row["old_value"] is None else f"={row['old_value']}",
        "" if row["new_value"] is None else f"={row['new_value']}",
        row["created_by"],
        write_moment(row["created_date"]),
        row["action"],
        str(row["journal_id"]),
    )
