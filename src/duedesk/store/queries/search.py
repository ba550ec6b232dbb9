"""Finds records by what people remember of them: a number, a name, a reference; it knows no query language.

The record whose number is the very text comes first; the others are found by any part of it, newest first, and no
more of them are looked for than are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, null, or_, select

from duedesk.domain.names import fold
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
        rows: dict[int, Found] = {}
        for condition in _conditions(name, sought):
            query = _QUERIES[name].where(condition).limit(limit)
            for row in connection.execute(query):
                rows.setdefault(row.id, _found(name, row))
        found += list(rows.values())[:limit]
    return tuple(found)


def _found(name: str, row: Sequence[Any]) -> Found:
    key, called, whose, reference, on, amount, currency, status = row
    return Found(name, key, called or "", whose or "", reference or "", on, amount, currency or "", status or "")


_INVOICES = (
    select(
        invoice.c.id,
        invoice.c.document_number,
        account.c.name,
        invoice.c.invoice_number,
        invoice.c.due_date,
        invoice.c.total_amount_with_tax,
        invoice.c.currency_iso_code,
        invoice.c.status,
    )
    .join_from(invoice, account)
    .order_by(invoice.c.id.desc())
)

_PAYMENTS = (
    select(
        payment.c.id,
        payment.c.payment_number,
        account.c.name,
        payment.c.gateway_ref_number,
        payment.c.effective_date,
        payment.c.amount,
        payment.c.currency_iso_code,
        payment.c.status,
    )
    .join_from(payment, account)
    .order_by(payment.c.id.desc())
)

_MEMOS = (
    select(
        credit_memo.c.id,
        credit_memo.c.document_number,
        account.c.name,
        credit_memo.c.credit_memo_number,
        credit_memo.c.effective_date,
        credit_memo.c.total_amount_with_tax,
        credit_memo.c.currency_iso_code,
        credit_memo.c.status,
    )
    .join_from(credit_memo, account)
    .order_by(credit_memo.c.id.desc())
)

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

_QUERIES: dict[str, Select[Any]] = {
    "Account": _ACCOUNTS,
    "Contact": _CONTACTS,
    "Invoice": _INVOICES,
    "Payment": _PAYMENTS,
    "CreditMemo": _MEMOS,
}

_NUMBERS = {
    "Invoice": (invoice.c.document_number, invoice.c.invoice_number),
    "Payment": (payment.c.payment_number, payment.c.gateway_ref_number),
    "CreditMemo": (credit_memo.c.document_number, credit_memo.c.credit_memo_number),
}


def _conditions(name: str, sought: str) -> tuple[ColumnElement[bool], ...]:
    """Give what finds the very record, by an index, and then what finds the others."""
    if name == "Account":
        number = account.c.account_number
        return (
            or_(number.in_((sought, sought.upper())), account.c.folded_name == fold(sought)),
            or_(
                account.c.folded_name.contains(fold(sought), autoescape=True),
                number.icontains(sought, autoescape=True),
            ),
        )
    if name == "Contact":
        columns = (contact.c.name, contact.c.email)
        very = or_(*(func.lower(column) == sought.lower() for column in columns))
        return very, or_(*(column.icontains(sought, autoescape=True) for column in columns))
    first, *_ = numbers = _NUMBERS[name]
    return (
        first.in_((sought, sought.upper())),
        or_(*(column.icontains(sought, autoescape=True) for column in numbers)),
    )
