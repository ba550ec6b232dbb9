"""The journal: one entry an action, each sealed with the hash of the one before; it is only ever added to."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from duedesk.domain.days import write_moment
from duedesk.domain.world import World
from duedesk.store.tables.desk import journal_entry

FIRST_HASH = "0" * 64
_CHAIN_LOCK = 0x44554544
"""Two writers on a server must not continue the chain from the same entry."""


def record(
    connection: Connection,
    world: World,
    *,
    action: str,
    summary: str,
    details: Mapping[str, Any] | None = None,
    undoes: int | None = None,
) -> int:
    """Add an entry inside the action's own transaction and give its id; `undoes` is the entry it is the opposite of.

    `details` is what JSON holds: texts, whole numbers, lists and mappings of them.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})")
    previous = connection.scalar(select(journal_entry.c.hash).order_by(journal_entry.c.id.desc()).limit(1))
    previous = previous or FIRST_HASH
    now = world.now()
    written = json.dumps(details or {}, ensure_ascii=False, sort_keys=True)
    sealed = seal(previous, write_moment(now), world.user, action, summary, written)
    added = connection.execute(
        insert(journal_entry)
        .values(
            recorded_at=now,
            actor=world.user,
            action=action,
            summary=summary,
            details=written,
            previous_hash=previous,
            hash=sealed,
            undoes_id=undoes,
        )
        .returning(journal_entry.c.id)
    )
    return int(added.scalar_one())


def seal(previous: str, *parts: str) -> str:
    """Give the SHA-256 that binds an entry's parts to the entry before it."""
    return hashlib.sha256(json.dumps([previous, *parts], ensure_ascii=False).encode()).hexdigest()


def broken_entries(connection: Connection) -> Iterator[int]:
    """Give the ids of entries whose seal does not fit what they say or the entry before them."""
    previous = FIRST_HASH
    for row in connection.execute(select(journal_entry).order_by(journal_entry.c.id)):
        parts = (write_moment(row.recorded_at), row.actor, row.action, row.summary, row.details)
        if row.previous_hash != previous or row.hash != seal(row.previous_hash, *parts):
            yield row.id
        previous = row.hash
