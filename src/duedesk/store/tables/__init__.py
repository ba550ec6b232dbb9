"""The tables, one file a topic; `METADATA` holds them all."""

from duedesk.store.tables import (
    collecting,
    crediting,
    delivering,
    desk,
    disputes,
    following,
    instalments,
    ledger,
    letters,
    party,
    posting,
    rates,
    reports,
    sharing,
)
from duedesk.store.tables.columns import METADATA

__all__ = [
    "METADATA",
    "collecting",
    "crediting",
    "delivering",
    "desk",
    "disputes",
    "following",
    "instalments",
    "ledger",
    "letters",
    "party",
    "posting",
    "rates",
    "reports",
    "sharing",
]
