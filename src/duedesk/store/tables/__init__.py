"""The tables, one file a topic; `METADATA` holds them all."""

from duedesk.store.tables import (
    crediting,
    desk,
    disputes,
    dunning,
    following,
    instalments,
    interest,
    ledger,
    party,
    posting,
    rates,
    sharing,
)
from duedesk.store.tables.columns import METADATA

__all__ = [
    "METADATA",
    "crediting",
    "desk",
    "disputes",
    "dunning",
    "following",
    "instalments",
    "interest",
    "ledger",
    "party",
    "posting",
    "rates",
    "sharing",
]
