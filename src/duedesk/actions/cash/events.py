"""Rows of the ledger's events, numbered and written inside an action; whether they may be written was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from duedesk.actions.cash.standing import Held, Put
from duedesk.actions.deed import Deed
from duedesk.store.bulk import Keys
from duedesk.store.tables.ledger import application

_PREFIX = {"payment": "PLI", "credit": "CMI"}
OBJECTS = {"payment": "PaymentLineInvoice", "credit": "CreditMemoInvApplication"}


@dataclass(frozen=True, slots=True)
class Event:
    """An amount that goes on an invoice, or is taken off: then `takes_back` is the application it is part of."""

    kind: str
    invoice_key: int
    source_key: int
    account_key: int
    currency: str
    amount: Decimal
    on: date
    comments: str = ""
    takes_back: int | None = None


def put_on(source: Held, invoice: Held, amount: Decimal, on: date, comments: str = "") -> Event:
    """Give the event that applies an amount."""
    kind = "payment" if source.object == "Payment" else "credit"
    side = invoice.side
    return Event(kind, invoice.key, source.key, side.account_key, side.currency, amount, on, comments)


def take_off(put: Put, amount: Decimal, on: date, comments: str = "") -> Event:
    """Give the event that unapplies an amount of an application."""
    row, (_, source_key) = put.row, put.source
    return Event(
        row.kind, row.invoice_id, source_key, row.account_id, row.currency_iso_code, amount, on, comments, row.id
    )


def event_keys(act: Deed, count: int) -> list[int]:
    """Give the keys of so many events, known before the journal names them."""
    return list(Keys(act.connection).take(application, count)) if count else []


def write_events(act: Deed, events: Sequence[Event], keys: Sequence[int]) -> None:
    """Write events under the keys taken for them; the action is recorded already."""
    if not events:
        return
    act.connection.execute(
        insert(application), [_row(act, event, key) for event, key in zip(events, keys, strict=True)]
    )
    for event, key in zip(events, keys, strict=True):
        act.made(OBJECTS[event.kind], key)


def _row(act: Deed, event: Event, key: int) -> dict[str, Any]:
    is_back = event.takes_back is not None
    return {
        "id": key,
        "application_number": f"{_PREFIX[event.kind]}-{key:06}",
        "kind": event.kind,
        "type": "Unapplied" if is_back else "Applied",
        "invoice_id": event.invoice_key,
        "payment_id": event.source_key if event.kind == "payment" else None,
        "credit_memo_id": event.source_key if event.kind == "credit" else None,
        "account_id": event.account_key,
        "currency_iso_code": event.currency,
        "amount": event.amount,
        "impact_amount": event.amount if is_back else -event.amount,
        "effective_date": event.on,
        "recorded_at": act.now,
        "reverses_id": event.takes_back,
        "comments": event.comments or None,
        "journal_id": act.journal_id,
    }
