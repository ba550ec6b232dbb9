"""The time line of a record: what its rows tell of themselves and what its history kept, as one and nothing twice.

A record that came in from elsewhere has no history before that day: its time line is its postings and applications.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.domain.objects import CATALOG
from duedesk.store.queries.asof import Standpoint
from duedesk.store.settlement import chosen
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry

_A_DAY = timedelta(days=1)
"""How far the user's day may be ahead of or behind the one in UTC."""

_DATED_BY = ("VoidedDate", "CancellationEffectiveDate")
"""Fields that say from when on a change counts."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that holds another value since; empty where it held or holds nothing."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a record; `on` is the day from which it counts.

    `action` is the action that did it, in words, and `journal_id` its entry in the journal; `status` is the status
    the record took by it, empty where it took none or that is not known.
    """

    at: datetime
    on: date | None
    who: str
    what: str
    journal_id: int | None = None
    action: str = ""
    changes: tuple[FieldChange, ...] = ()
    status: str = ""


def brought_in(connection: Connection, stored: Row[Any], on: date | None = None) -> Happening:
    """Say by which action a record came into the book."""
    entry = connection.execute(select(journal_entry).where(journal_entry.c.id == stored.journal_id)).first()
    if entry is None:
        return Happening(stored.created_date, on, "", "Brought in")
    return Happening(stored.created_date, on, entry.actor, entry.summary, entry.id, in_words(entry.action))


def time_line(
    connection: Connection, object_name: str, stored: Row[Any], told: Iterable[Happening], standpoint: Standpoint
) -> tuple[Happening, ...]:
    """Join what was told of a record, which stands there by the standpoint's day, with its history; newest last.

    What an action did that is told of is one happening with what it changed beside it. An edit, which no row tells
    of, is shown where it was recorded by that day.
    """
    kept = list(_kept(connection, object_name, stored, standpoint))
    rest: list[Happening] = []
    told_by: dict[int, list[Happening]] = {}
    for one in told:
        match = next((entry for entry in kept if _is_told(entry, one)), None)
        if match is None or match.journal_id is None:
            rest.append(one)
        else:
            told_by.setdefault(match.journal_id, []).append(one)
    actors = _actors(connection, {one.journal_id for one in rest if one.journal_id is not None and not one.who})
    lines = [replace(one, who=one.who or actors.get(one.journal_id or 0, "")) for one in rest]
    for entry in kept:
        parts = told_by.get(entry.journal_id or 0, [])
        if parts:
            what = "; ".join(dict.fromkeys(part.what for part in parts))
            day = next((part.on for part in parts if part.on is not None), entry.on)
            lines.append(replace(entry, what=what, on=day))
        elif entry.at.date() <= standpoint.as_of + _A_DAY:
            lines.append(entry)
    return tuple(sorted(lines, key=lambda one: one.at))


def in_words(action: str) -> str:
    """Give the name of an action as people read it: `post_memo` as `Post memo`."""
    return action.replace("_", " ").capitalize()


def _is_told(entry: Happening, told: Happening) -> bool:
    if told.status and any(change.field == "Status" and change.new == told.status for change in entry.changes):
        return True
    return told.journal_id is not None and told.journal_id == entry.journal_id


def _kept(connection: Connection, object_name: str, stored: Row[Any], standpoint: Standpoint) -> Iterator[Happening]:
    """Give one happening for each action in the history of a record."""
    described = CATALOG.object(object_name)
    query = (
        select(history_entry, journal_entry.c.summary, journal_entry.c.undoes_id)
        .join(journal_entry, journal_entry.c.id == history_entry.c.journal_id)
        .where(history_entry.c.record_key == stored.id, history_entry.c.object_name == object_name)
        .order_by(history_entry.c.id)
    )
    if stored.journal_id is not None:  # a draft that was deleted may have had the key before
        query = query.where(history_entry.c.journal_id >= stored.journal_id)
    if standpoint.known_on is not None:
        query = query.where(history_entry.c.created_date <= standpoint.known_on)
    found: dict[int, Happening] = {}
    for row in connection.execute(query):
        label = described.field(row.field).label
        change = FieldChange(row.field, label, row.old_value or "", row.new_value or "")
        action = in_words(row.action) + (", to undo" if row.undoes_id is not None else "")
        begun = found.get(row.journal_id) or Happening(
            row.created_date, None, row.created_by, row.summary, row.journal_id, action
        )
        day = date.fromisoformat(change.new) if change.field in _DATED_BY and change.new else begun.on
        found[row.journal_id] = replace(begun, on=day, changes=(*begun.changes, change))
    yield from found.values()


def _actors(connection: Connection, entries: set[int]) -> dict[int, str]:
    if not entries:
        return {}
    asked = select(journal_entry.c.id, journal_entry.c.actor)
    found = connection.execute(asked.where(chosen(connection, journal_entry.c.id, entries)))
    return {row.id: row.actor for row in found}
