"""The journal: one entry an action, each sealed with the hash of the one before; it is only ever added to.

An entry's seal also holds where the history stood when it was written, and `seal_history` says where the action left
it: whoever cuts either of the two short, or writes its end anew, leaves them at odds.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from duedesk.domain.days import write_moment
from duedesk.domain.world import World
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry, history_seal

FIRST_HASH = "0" * 64
_CHAIN_LOCK = 0x44554544
"""Two writers on a server must not continue the chains from the same entry."""


def record(
    connection: Connection,
    world: World,
    *,
    action: str,
    summary: str,
    details: Mapping[str, Any] | None = None,
    undoes: int | None = None,
    history_follows: bool = False,
) -> int:
    """Add an entry inside the action's own transaction and give its id; `undoes` is the entry it is the opposite of.

    `details` is what JSON holds: texts, whole numbers, lists and mappings of them. An action of which
    `history_follows` calls `seal_history` when it has written it; else that is done here.
    """
    wait_for_turn(connection)
    row: dict[str, Any] = {
        "recorded_at": world.now(),
        "actor": world.user,
        "action": action,
        "summary": summary,
        "details": json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
        "previous_hash": _newest(connection, journal_entry),
        "undoes_id": undoes,
        "history_hash": newest_history(connection),
    }
    row["hash"] = sealed(row)
    added = connection.execute(insert(journal_entry).values(row).returning(journal_entry.c.id))
    key = int(added.scalar_one())
    if not history_follows:
        seal_history(connection, key, 0, row["history_hash"])
    return key


def wait_for_turn(connection: Connection) -> None:
    """Wait until whoever continues the chains at the moment has ended; then it is this transaction's turn."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})")


def is_undone(connection: Connection, key: int) -> bool:
    """Tell whether an entry names this one as what it undoes."""
    return connection.scalar(select(journal_entry.c.id).where(journal_entry.c.undoes_id == key)) is not None


def newest_history(connection: Connection) -> str:
    """Give the hash of the newest entry of the history, from which the next one goes on."""
    return _newest(connection, history_entry)


def _newest(connection: Connection, chain: Table) -> str:
    """Give the hash of a chain's newest entry; on a server also where the writer may not see that entry."""
    newest = select(chain.c.hash).order_by(chain.c.id.desc()).limit(1)
    if connection.dialect.name == "postgresql":
        newest = select(func.duedesk_newest(chain.name))
    return connection.scalar(newest) or FIRST_HASH


def seal_history(connection: Connection, journal_id: int, entry_count: int, newest: str) -> None:
    """Say once how many entries of history an action left, and the hash of the newest one there is now."""
    connection.execute(insert(history_seal).values(journal_id=journal_id, entry_count=entry_count, hash=newest))


def seal(previous: str, *parts: str) -> str:
    """Give the SHA-256 that binds an entry's parts to the entry before it."""
    return hashlib.sha256(json.dumps([previous, *parts], ensure_ascii=False).encode()).hexdigest()


def newest_entry(connection: Connection) -> tuple[int, str] | None:
    """Give the newest entry and its seal, which holds all before it; None where the journal is empty."""
    newest = select(journal_entry.c.id, journal_entry.c.hash).order_by(journal_entry.c.id.desc()).limit(1)
    row = connection.execute(newest).first()
    return None if row is None else (row.id, row.hash)


def holds_seal(connection: Connection, hash_: str) -> bool:
    """Tell whether an entry with this seal is there: then nothing up to it was written anew or cut away."""
    return connection.scalar(select(journal_entry.c.id).where(journal_entry.c.hash == hash_)) is not None


def broken_entries(connection: Connection) -> Iterator[int]:
    """Give the ids of entries whose seal does not fit what they say or the entry before them."""
    previous = FIRST_HASH
    entries = select(journal_entry).order_by(journal_entry.c.id)
    for row in connection.execution_options(yield_per=5_000).execute(entries).mappings():
        if row["previous_hash"] != previous or row["hash"] != sealed(dict(row)):
            yield row["id"]
        previous = row["hash"]


def sealed(row: Mapping[str, Any]) -> str:
    """Give the seal of an entry."""
    parts = [write_moment(row["recorded_at"]), row["actor"], row["action"], row["summary"], row["details"]]
    if row["history_hash"] is not None:  # entries of earlier programs say nothing of the history
        parts += [row["history_hash"], str(row["undoes_id"] or "")]
    return seal(row["previous_hash"], *parts)
