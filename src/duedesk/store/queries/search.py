"""Finds records by what people remember of them: a number, a name, a reference; it knows no query language.

The record whose number is the very text comes first, then those whose begin with it, then those that hold it
anywhere, newest first; no more of them are looked for than are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, null, select

from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists.free_text import Way, matches, newest_matching
from duedesk.store.tables import METADATA
from duedesk.store.tables.ledger import credit_memo, invoice, payment
from duedesk.store.tables.party import account, contact

OBJECTS = ("Account", "Invoice", "Payment", "CreditMemo")
"""What is searched where nothing is named, in the order in which it is shown; contacts can be named too."""


@dataclass(frozen=True, slots=True)
class Found:
    """One record: what it is known by, whose it is, and the figure that matters (what is open, or its amount)."""

    object: str
    key: int
    name: str
    account: str = ""
    reference: str = ""
    on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    status: str = ""


def search(connection: Connection, text: str, *, objects: Sequence[str] = OBJECTS, limit: int = 8) -> tuple[Found, ...]:
    """Find at most `limit` records of each object whose number, name or reference holds the text."""
    sought = text.strip()
    if not sought:
        return ()
    found: list[Found] = []
    for name in objects:
        if name in _BY_NAME:
            found += _by_name(connection, name, sought, limit)
        else:
            found += _newest(connection, name, sought, limit)
    return tuple(found)


def _newest(connection: Connection, name: str, sought: str, limit: int) -> list[Found]:
    rows = METADATA.tables[CATALOG.object(name).table]
    keys = dict.fromkeys(connection.scalars(select(rows.c.id).where(rows.c.external_id == sought)))
    for way in Way:
        if len(keys) < limit:
            keys |= dict.fromkeys(newest_matching(connection, name, sought, way, limit))
    wanted = list(keys)[:limit]
    read = {row.id: _found(name, row) for row in connection.execute(_QUERIES[name].where(rows.c.id.in_(wanted)))}
    return [read[key] for key in wanted]


def _by_name(connection: Connection, name: str, sought: str, limit: int) -> list[Found]:
    rows, found = METADATA.tables[CATALOG.object(name).table], dict[int, Found]()
    for condition in (rows.c.external_id == sought, *(matches(rows, name, sought, way) for way in Way)):
        if len(found) < limit:
            for row in connection.execute(_QUERIES[name].where(condition).limit(limit)):
                found.setdefault(row.id, _found(name, row))
    return list(found.values())[:limit]


def _found(name: str, row: Sequence[Any]) -> Found:
    key, called, whose, reference, on, amount, currency, status = row
    return Found(name, key, called or "", whose or "", reference or "", on, amount, currency or "", status or "")


_INVOICES = select(
    invoice.c.id,
    invoice.c.document_number,
    account.c.name,
    invoice.c.invoice_number,
    invoice.c.due_date,
    invoice.c.total_amount_with_tax,
    invoice.c.currency_iso_code,
    invoice.c.status,
).join_from(invoice, account)

_PAYMENTS = select(
    payment.c.id,
    payment.c.payment_number,
    account.c.name,
    payment.c.gateway_ref_number,
    payment.c.effective_date,
    payment.c.amount,
    payment.c.currency_iso_code,
    payment.c.status,
).join_from(payment, account)

_MEMOS = select(
    credit_memo.c.id,
    credit_memo.c.document_number,
    account.c.name,
    credit_memo.c.credit_memo_number,
    credit_memo.c.effective_date,
    credit_memo.c.total_amount_with_tax,
    credit_memo.c.currency_iso_code,
    credit_memo.c.status,
).join_from(credit_memo, account)

_ACCOUNTS = select(
    account.c.id,
    account.c.name,
    account.c.billing_country,
    account.c.account_number,
    null().label("day"),
    null().label("amount"),
    account.c.currency_iso_code,
    null().label("status"),
).order_by(account.c.folded_name, account.c.id)

_CONTACTS = (
    select(
        contact.c.id,
        contact.c.name,
        account.c.name,
        contact.c.email,
        null().label("day"),
        null().label("amount"),
        null().label("currency"),
        null().label("status"),
    )
    .select_from(contact.outerjoin(account, account.c.id == contact.c.account_id))
    .order_by(contact.c.name, contact.c.id)
)

_BY_NAME = ("Account", "Contact")
"""What is shown by name; of the others the newest come first."""

_QUERIES: dict[str, Select[Any]] = {
    "Account": _ACCOUNTS,
    "Contact": _CONTACTS,
    "Invoice": _INVOICES,
    "Payment": _PAYMENTS,
    "CreditMemo": _MEMOS,
}
