"""What moved the balance of one invoice: its posting, what was applied and unapplied, its void.

`rest` tells of an application what is left of it now, whatever day is looked at: that much can be taken off again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, func, select, type_coerce

from duedesk.domain.ledger import Posting
from duedesk.domain.money import ZERO
from duedesk.store.queries.asof import Standpoint
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.ledger import application, credit_memo, payment


@dataclass(frozen=True, slots=True)
class Movement:
    """A posting, an application or a void, with the balance it left behind; `amount` is its effect on the balance.

    `source` is the object an application came from, Payment or CreditMemo, and `source_key` its record.
    """

    on: date
    what: str
    number: str
    amount: Decimal
    balance: Decimal
    comments: str
    recorded_at: datetime | None
    key: int | None = None
    """The application's."""
    source: str = ""
    source_key: int | None = None
    rest: Decimal = ZERO
    journal_id: int | None = None
    """The entry of the action that recorded an application."""


_CREDITS = {"InvoiceWriteOff": "Write-off"}


def movements_of(connection: Connection, stored: Row[Any], standpoint: Standpoint) -> tuple[Movement, ...]:
    """Give what moved the balance of an invoice's row, by effective date, then as it was recorded."""
    if stored.posted_at is None:
        return ()
    total, number = stored.total_amount_with_tax, stored.document_number or ""
    steps = [Movement(stored.invoice_date, "Posted", number, total, ZERO, "", stored.posted_at)]
    steps += _applications(connection, stored.id, standpoint)
    posting = Posting(total, stored.invoice_date, stored.posted_at, stored.voided_date, stored.voided_at)
    if stored.voided_date is not None and not posting.is_owed(standpoint.as_of, standpoint.known_on):
        open_then = sum((step.amount for step in steps), ZERO)
        reason = stored.void_reason or ""
        steps.append(Movement(stored.voided_date, "Voided", "", -open_then, ZERO, reason, stored.voided_at))
    movements, balance = [], ZERO
    for step in sorted(steps, key=lambda step: (step.on, step.recorded_at)):
        balance += step.amount
        movements.append(replace(step, balance=balance))
    return tuple(movements)


def _applications(connection: Connection, invoice_key: int, standpoint: Standpoint) -> Iterator[Movement]:
    taken_back = application.alias()
    gone = select(func.coalesce(func.sum(taken_back.c.amount), NOTHING)).where(
        taken_back.c.reverses_id == application.c.id
    )
    found = connection.execute(
        select(
            application,
            payment.c.payment_number,
            payment.c.gateway_ref_number,
            credit_memo.c.document_number,
            credit_memo.c.category,
            type_coerce(gone.scalar_subquery(), Amount).label("gone"),
        )
        .select_from(application.outerjoin(payment).outerjoin(credit_memo))
        .where(application.c.invoice_id == invoice_key, standpoint.counted)
    )
    for row in found:
        kind = "Payment" if row.kind == "payment" else _CREDITS.get(row.category, "Credit memo")
        is_applied = row.type == "Applied"
        yield Movement(
            row.effective_date,
            kind if is_applied else f"{kind} unapplied",
            row.payment_number or row.document_number or row.gateway_ref_number or "",
            row.impact_amount,
            ZERO,
            row.comments or "",
            row.recorded_at,
            key=row.id,
            source="Payment" if row.kind == "payment" else "CreditMemo",
            source_key=row.payment_id or row.credit_memo_id,
            rest=row.amount - row.gone if is_applied else ZERO,
            journal_id=row.journal_id,
        )
