"""What can be applied and what is asked to be, as values; they are put together in `apply`."""

from dataclasses import dataclass
from datetime import date

from duedesk.domain.pairing import Pair
from duedesk.store.queries.records.account_items import OpenInvoice, SourceItem

SourceKey = tuple[str, int]
"""Payment or CreditMemo, and its key."""


@dataclass(frozen=True, slots=True)
class ApplyOffer:
    """What an account has left and owes in one currency; `source` or `invoice` is what the reader came from."""

    account: str
    currency: str
    sources: tuple[SourceItem, ...]
    invoices: tuple[OpenInvoice, ...]
    source: SourceKey | None = None
    invoice: int | None = None


@dataclass(frozen=True, slots=True)
class ApplyAsked:
    """Apply these parts on a day."""

    pairs: tuple[Pair[SourceKey, int], ...]
    on: date
