"""Proof of the history: its chain, its seals in the journal, and that records hold what it said last; it mends nothing.

What it proves goes beyond each entry's own seal, which anybody can make anew: the journal says how many entries each
action left and where the chain stood, an entry begins where the one before it on the same field ended, and it was
made by whom the journal says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from duedesk.domain.days import write_moment
from duedesk.domain.history import TRACKED
from duedesk.domain.objects import CATALOG
from duedesk.store.history import is_by_name, sealed, value_in_words
from duedesk.store.journal import FIRST_HASH
from duedesk.store.tables import METADATA
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry, history_seal

AT_A_TIME = 5_000
"""Rows in memory at once."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the history does not hold: what is there, and what should be."""

    place: str
    what: str
    stored: str
    proved: str


def broken_history(connection: Connection) -> Iterator[Break]:
    """Give every place where the history was changed, cut or added to by another road than an action."""
    yield from _broken_chain(connection)
    yield from _broken_seals(connection)
    yield from _other_doers(connection)
    yield from _gaps(connection)
    for name in TRACKED:
        yield from _other_values(connection, name)


def _broken_chain(connection: Connection) -> Iterator[Break]:
    previous = FIRST_HASH
    entries = select(history_entry).order_by(history_entry.c.id)
    for row in connection.execution_options(yield_per=AT_A_TIME).execute(entries).mappings():
        if row["previous_hash"] != previous:
            yield Break(_entry(row["id"]), "the entry before it", "another, or gone", "the one it was sealed with")
        if row["hash"] != sealed({**row, "created_date": write_moment(row["created_date"])}):
            yield Break(_entry(row["id"]), "its seal", "broken", "whole")
        previous = row["hash"]


def _broken_seals(connection: Connection) -> Iterator[Break]:
    """Hold what the journal says of the history against the history, action by action."""
    left = (
        select(
            history_entry.c.journal_id,
            func.count().label("found"),
            func.max(history_entry.c.id).label("last_id"),
        )
        .group_by(history_entry.c.journal_id)
        .subquery("left_behind")
    )
    last = history_entry.alias("last_entry")
    query = (
        select(
            journal_entry.c.id,
            journal_entry.c.action,
            journal_entry.c.history_hash,
            history_seal.c.entry_count,
            history_seal.c.hash.label("end"),
            func.coalesce(left.c.found, 0).label("found"),
            last.c.hash.label("last"),
        )
        .select_from(
            journal_entry.outerjoin(history_seal, history_seal.c.journal_id == journal_entry.c.id)
            .outerjoin(left, left.c.journal_id == journal_entry.c.id)
            .outerjoin(last, last.c.id == left.c.last_id)
        )
        .where(or_(journal_entry.c.history_hash.is_not(None), left.c.found.is_not(None)))
        .order_by(journal_entry.c.id)
    )
    end = FIRST_HASH
    for row in connection.execution_options(yield_per=AT_A_TIME).execute(query):
        place = f"Journal entry {row.id} ({row.action})"
        if row.end is None:
            yield Break(place, "the end of its history", "gone", "sealed")
            end = row.last or end
            continue
        if row.history_hash != end:
            yield Break(place, "the history before it", "another", "the one it was sealed with")
        if row.found != row.entry_count:
            yield Break(place, "what is left of its history", _entries(row.found), _entries(row.entry_count))
        elif row.end != (row.last or end):
            yield Break(place, "the end of its history", "another", "the one it was sealed with")
        end = row.end


def _other_doers(connection: Connection) -> Iterator[Break]:
    by, what = history_entry.c.created_by, history_entry.c.action
    differing = (
        select(history_entry.c.id, by, what, journal_entry.c.actor, journal_entry.c.action.label("journaled"))
        .join(journal_entry, journal_entry.c.id == history_entry.c.journal_id)
        .where(or_(by != journal_entry.c.actor, what != journal_entry.c.action))
        .order_by(history_entry.c.id)
    )
    for row in connection.execute(differing):
        stored, proved = f"{row.action} by {row.created_by}", f"{row.journaled} by {row.actor}"
        yield Break(_entry(row.id), "what was done by whom", stored, proved)


def _gaps(connection: Connection) -> Iterator[Break]:
    """Each entry begins where the one before it on the same field of the same record ended."""
    own = (history_entry.c.object_name, history_entry.c.record_key, history_entry.c.field)
    before = func.lag(history_entry.c.id).over(partition_by=own, order_by=history_entry.c.id)
    held = func.lag(history_entry.c.new_value).over(partition_by=own, order_by=history_entry.c.id)
    steps = (
        select(
            history_entry.c.id,
            history_entry.c.field,
            history_entry.c.old_value,
            before.label("before"),
            held.label("held"),
        )
        .where(or_(*map(_holds_itself, TRACKED)))
        .subquery("steps")
    )
    query = (
        select(steps)
        .where(steps.c.before.is_not(None), steps.c.old_value.is_distinct_from(steps.c.held))
        .order_by(steps.c.id)
    )
    for row in connection.execute(query):
        yield Break(_entry(row.id), f"the old {row.field}", row.old_value or "", row.held or "")


def _other_values(connection: Connection, object_name: str) -> Iterator[Break]:
    """What the history said last of a field is what the record holds; nothing where the record is gone."""
    described = CATALOG.object(object_name)
    table = METADATA.tables[described.table]
    newest = (
        select(func.max(history_entry.c.id))
        .where(_holds_itself(object_name))
        .group_by(history_entry.c.record_key, history_entry.c.field)
    )
    query = (
        select(history_entry.c.record_key, history_entry.c.field, history_entry.c.new_value, table)
        .select_from(history_entry.outerjoin(table, table.c.id == history_entry.c.record_key))
        .where(history_entry.c.id.in_(newest))
        .order_by(history_entry.c.record_key, history_entry.c.id)
    )
    for row in connection.execution_options(yield_per=AT_A_TIME).execute(query):
        record = dict(row._mapping)  # noqa: SLF001 - its public name
        field = described.field(row.field)
        held = value_in_words(field, record)
        if held != row.new_value:
            name = record[described.field(described.name_field).column] or f"with key {row.record_key}"
            yield Break(f"{described.label} {name}", field.name, held or "", row.new_value or "")


def _holds_itself(object_name: str) -> ColumnElement[bool]:
    """Give the condition that an entry is of a field whose value is no other record's name, which may change."""
    described = CATALOG.object(object_name)
    fields = [name for name in TRACKED[object_name] if not is_by_name(described.field(name))]
    return and_(history_entry.c.object_name == object_name, history_entry.c.field.in_(fields))


def _entry(key: int) -> str:
    return f"History entry {key}"


def _entries(count: int) -> str:
    return f"{count} entr{'y' if count == 1 else 'ies'}"
