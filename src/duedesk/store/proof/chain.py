"""Proofs of what was written down: the chains of the journal and of the history, and what the history says."""

from collections.abc import Iterator

from sqlalchemy import Connection

from duedesk.store.journal import broken_entries
from duedesk.store.proof.findings import Finding
from duedesk.store.proof.history import broken_history
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry


def _journal(connection: Connection) -> Iterator[Finding]:
    for key in broken_entries(connection):
        yield Finding(f"Journal entry {key}", "its seal", "broken", "whole")


def _history(connection: Connection) -> Iterator[Finding]:
    for one in broken_history(connection):
        yield Finding(one.place, one.what, one.stored, one.proved)


CHAIN_PROOFS = (
    ("the journal's chain", journal_entry, _journal),
    ("the history's chain and what it says", history_entry, _history),
)
"""Each with its name and the table whose records it goes over."""
