"""A person's actions in the journal: which was last, which was undone, what happened to its records since.

An entry that undoes an action is itself undone by doing the action again, and that in turn can be undone.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.store.settlement import chosen
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import record_change

_LOOKED_BACK = 500
"""A person's entries that are looked at: further back nobody undoes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the journal, with what its action left to be undone by."""

    id: int
    at: datetime
    actor: str
    action: str
    summary: str
    details: Mapping[str, Any]
    undoes: int | None

    def keys(self, object_name: str) -> list[int]:
        """Give the records of an object that the action made or changed."""
        return [int(key) for key in self.details.get(object_name, ())]

    @property
    def before(self) -> Mapping[str, Any]:
        """Give what was there before, as the action kept it."""
        kept = self.details.get("before")
        return kept if isinstance(kept, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Stacks:
    """What can be undone and what can be done again, the next one last."""

    done: Sequence[Entry]
    undone: Sequence[Entry]


def stacks(connection: Connection, user: str) -> Stacks:
    """Give a person's actions as they lie: what was undone is gone from the one and on top of the other.

    A new action makes what was undone before final.
    """
    query = select(journal_entry).where(journal_entry.c.actor == user).order_by(journal_entry.c.id.desc())
    rows = connection.execute(query.limit(_LOOKED_BACK)).all()
    done: list[Entry] = []
    undone: list[Entry] = []
    for row in reversed(rows):
        entry = _entry(row)
        if entry.undoes is None:
            done.append(entry)
            undone.clear()
        elif any(one.id == entry.undoes for one in done):
            done = [one for one in done if one.id != entry.undoes]
            undone.append(entry)
        elif any(one.id == entry.undoes for one in undone):
            undone = [one for one in undone if one.id != entry.undoes]
            done.append(entry)
    return Stacks(done, undone)


def since(connection: Connection, entry: Entry, records: Mapping[str, Collection[int]]) -> Entry | None:
    """Give the first action after an entry that changed one of the records and was not undone; None where none did."""
    for object_name, keys in records.items():
        found = next(_later(connection, entry, object_name, keys), None)
        if found is not None:
            return found
    return None


def entry_with(connection: Connection, key: int) -> Entry:
    """Give an entry of the journal."""
    return _entry(connection.execute(select(journal_entry).where(journal_entry.c.id == key)).one())


def _later(connection: Connection, entry: Entry, object_name: str, keys: Collection[int]) -> Iterator[Entry]:
    if not keys:
        return
    undoing = journal_entry.alias("undoing")
    touching = select(record_change.c.journal_id).where(
        record_change.c.object_name == object_name,
        chosen(connection, record_change.c.record_key, keys),
        record_change.c.journal_id > entry.id,
    )
    query = (
        select(journal_entry)
        .where(
            journal_entry.c.id.in_(touching),
            ~select(undoing.c.id).where(undoing.c.undoes_id == journal_entry.c.id).exists(),
        )
        .order_by(journal_entry.c.id)
    )
    for row in connection.execute(query):
        if not _is_opposite(connection, row, entry):
            yield _entry(row)


def _is_opposite(connection: Connection, row: Row[Any], entry: Entry) -> bool:
    """Tell whether an entry only takes back what came after `entry` as well."""
    undone = row.undoes_id
    steps = 0
    while undone is not None and undone > entry.id:
        undone = connection.scalar(select(journal_entry.c.undoes_id).where(journal_entry.c.id == undone))
        steps += 1
    return undone is None and steps % 2 == 1


def _entry(row: Row[Any]) -> Entry:
    said = json.loads(row.details)
    details = said if isinstance(said, dict) else {}
    return Entry(row.id, row.recorded_at, row.actor, row.action, row.summary, details, row.undoes_id)
