"""The records of an object that changed within a span of time, each once, by its last change in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, String, cast, func, select, union_all

from duedesk.domain.catalog import ObjectType
from duedesk.domain.objects import CATALOG
from duedesk.store.tables import METADATA
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import record_change


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record: its Id (its key where it has none), its key, and when it last changed."""

    id: str
    key: int
    changed_at: datetime


def updated_records(
    connection: Connection, object_name: str, since: datetime, until: datetime
) -> tuple[ChangedRecord, ...]:
    """Give the records that were made or changed, and are there still."""
    described = CATALOG.object(object_name)
    table = METADATA.tables[described.table]
    noted = select(record_change.c.record_key, record_change.c.changed_at).where(
        record_change.c.object_name == described.name,
        record_change.c.change != "deleted",
        record_change.c.changed_at >= since,
        record_change.c.changed_at < until,
    )
    brought = (
        select(table.c.id, journal_entry.c.recorded_at)
        .join(journal_entry, journal_entry.c.id == table.c.journal_id)
        .where(journal_entry.c.recorded_at >= since, journal_entry.c.recorded_at < until)
    )
    every = union_all(noted, brought).subquery("changed")
    key, moment = every.c
    last = func.max(moment).label("changed_at")
    query = select(table.c.id, _id(described), last).join(every, key == table.c.id).group_by(table.c.id)
    if described.rows:
        column, _, value = described.rows.partition("=")
        query = query.where(table.c[column] == value)
    return tuple(ChangedRecord(row[1], row[0], row[2]) for row in connection.execute(query.order_by(last, table.c.id)))


def deleted_records(
    connection: Connection, object_name: str, since: datetime, until: datetime
) -> tuple[ChangedRecord, ...]:
    """Give the records that were deleted."""
    query = (
        select(record_change.c.external_id, record_change.c.record_key, record_change.c.changed_at)
        .where(
            record_change.c.object_name == CATALOG.object(object_name).name,
            record_change.c.change == "deleted",
            record_change.c.changed_at >= since,
            record_change.c.changed_at < until,
        )
        .order_by(record_change.c.changed_at, record_change.c.record_key)
    )
    return tuple(ChangedRecord(row[0] or str(row[1]), row[1], row[2]) for row in connection.execute(query))


def _id(described: ObjectType) -> ColumnElement[str]:
    table = METADATA.tables[described.table]
    key = cast(table.c.id, String)
    return func.coalesce(table.c.external_id, key) if "external_id" in table.c else key
