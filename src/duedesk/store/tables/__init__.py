"""The tables, one file a topic; `METADATA` holds them all."""

from duedesk.store.tables import desk, ledger, party
from duedesk.store.tables.columns import METADATA

__all__ = ["METADATA", "desk", "ledger", "party"]
