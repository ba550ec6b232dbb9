"""That records were made, changed or deleted, by which action and when: what getUpdated and getDeleted answer from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from duedesk.domain.days import write_moment
from duedesk.store.bulk import StoredValue, insert_rows
from duedesk.store.tables.following import record_change

_COLUMNS = ("object_name", "record_key", "external_id", "change", "changed_at", "journal_id")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a record; its Id in another system goes with it, for it may be gone."""

    object_name: str
    key: int
    external_id: str | None
    change: Literal["created", "updated", "deleted"]


def note_changes(connection: Connection, changes: Sequence[Change], *, at: datetime, journal_id: int) -> None:
    """Write what became of the records of an action."""
    when = write_moment(at)
    rows: list[tuple[StoredValue, ...]] = [
        (one.object_name, one.key, one.external_id, one.change, when, journal_id) for one in changes
    ]
    # In bulk also where it is one: a row that is asked back must be seen, and not everybody sees every change.
    insert_rows(connection, record_change, _COLUMNS, rows)
