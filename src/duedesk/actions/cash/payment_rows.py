"""Rows of payments and refunds, checked and written inside an action; what may become of them was asked before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, insert, select, update

from duedesk.actions.deed import Deed
from duedesk.domain.applying import Side
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.domain.objects import CATALOG
from duedesk.domain.payment import EDITABLE, check_payment, checked_value
from duedesk.store.bulk import Keys
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.ledger import payment

_DESCRIBED = CATALOG.object("Payment")


def payment_key(act: Deed) -> int:
    """Give the key of a payment to be made, known before the journal names it."""
    return Keys(act.connection).take(payment, 1)[0]


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give all that a payment says of itself, by API name; RequestError where it cannot."""
    values = {name: checked_value(name, value) for name, value in given.items()}
    check_payment(values)
    return values


def checked_edit(row: Row[Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str | None]]:
    """Give what changes of a stored draft, and what it was in the form that editing takes back."""
    if row.status != "Draft":
        raise RequestError(
            f"Payment {row.payment_number or ''} is {row.status.lower()} and stays as it is.",
            "Cancel it and record it anew.",
        )
    stored = {name: getattr(row, _DESCRIBED.field(name).column) for name in EDITABLE}
    named = {_DESCRIBED.field(name).name: value for name, value in given.items()}
    changed = {name: checked_value(name, value) for name, value in named.items()}
    check_payment(stored | changed)
    return changed, {name: None if stored[name] is None else str(stored[name]) for name in changed}


def insert_payment(act: Deed, key: int, number: str, status: str, values: Mapping[str, Any]) -> None:
    """Write a new payment; the action is recorded already."""
    columns = {_DESCRIBED.field(name).column: value or None for name, value in values.items()}
    head = {"id": key, "payment_number": number, "status": status}
    made = {"date": act.now, "created_date": act.now, "journal_id": act.journal_id}
    act.connection.execute(insert(payment).values(**head, **made, **columns))
    act.made("Payment", key)


def change_payment(act: Deed, key: int, values: Mapping[str, Any]) -> None:
    """Give fields of a payment anew, by API name."""
    columns = {_DESCRIBED.field(name).column: value for name, value in values.items()}
    act.connection.execute(update(payment).where(payment.c.id == key).values(**columns))


def refund_key(act: Deed) -> int:
    """Give the key of a refund to be made."""
    return Keys(act.connection).take(refund, 1)[0]


def insert_refund(
    act: Deed, key: int, number: str, side: Side, payment_key: int, amount: Decimal, on: date, words: tuple[str, str]
) -> None:
    """Write a refund of a payment; `words` are its reference and comments."""
    reference, comments = map(tidy, words)
    act.connection.execute(
        insert(refund).values(
            id=key,
            refund_number=number,
            account_id=side.account_key,
            payment_id=payment_key,
            status="Processed",
            type="Referenced",
            processing_mode="External",
            currency_iso_code=side.currency,
            effective_date=on,
            date=act.now,
            amount=amount,
            gateway_ref_number=reference or None,
            comments=comments or None,
            created_date=act.now,
            journal_id=act.journal_id,
        )
    )
    act.made("Refund", key)


def payment_of_refund(act: Deed, key: int) -> int:
    """Give the payment that a refund gave back of; RequestError where the refund is gone."""
    found: int | None = act.connection.scalar(select(refund.c.payment_id).where(refund.c.id == key))
    if found is None:
        raise RequestError("That refund is no longer in the book.", "Refresh the record.")
    return found


def end_refund(act: Deed, key: int, on: date) -> None:
    """Write that a refund is canceled from a day on."""
    values = {"status": "Canceled", "cancellation_effective_date": on, "cancellation_date": act.now}
    act.connection.execute(update(refund).where(refund.c.id == key).values(**values))
