"""Which record a number means: an invoice, a payment or a credit memo; near misses are for `search`."""

from typing import Literal

from sqlalchemy import Connection, select

from duedesk.domain.errors import RequestError
from duedesk.store.tables.ledger import credit_memo, invoice, payment

Called = Literal["Invoice", "Payment", "CreditMemo"]

_BY: dict[Called, tuple[str, ...]] = {
    "Invoice": ("document_number", "external_id", "invoice_number"),
    "Payment": ("payment_number", "external_id"),
    "CreditMemo": ("document_number", "external_id", "credit_memo_number"),
}
_LONGEST_KEY = 19
_TABLES = {"Invoice": invoice, "Payment": payment, "CreditMemo": credit_memo}
_WORDS = {"Invoice": "invoice", "Payment": "payment", "CreditMemo": "credit memo"}


def draft_key(called: str) -> int | None:
    """Give the key that `#KEY` names, as drafts are called that have no number yet; None where it names none."""
    digits = called.removeprefix("#")
    is_key = called.startswith("#") and digits.isascii() and digits.isdigit() and len(digits) < _LONGEST_KEY
    return int(digits) if is_key else None


def record_called(connection: Connection, called: str, *, among: tuple[Called, ...] = tuple(_BY)) -> tuple[Called, int]:
    """Find a record by its number, its Id or #KEY of a draft, invoices first; RequestError where there is none."""
    wanted = called.strip()
    key_alone = draft_key(wanted)
    for name in among:
        table = _TABLES[name]
        if key_alone is not None and connection.scalar(
            select(table.c.id).where(table.c.id == key_alone, table.c[_BY[name][0]].is_(None))
        ):
            return name, key_alone
        for column in _BY[name]:
            key = connection.scalar(select(table.c.id).where(table.c[column] == wanted).limit(1))
            if key is not None:
                return name, int(key)
    *several, last = [_WORDS[name] for name in among]
    words = f"{', '.join(several)} or {last}" if several else last
    raise RequestError(f"There is no {words} “{called}”.", "Numbers are told apart by case and leading zeros.")
