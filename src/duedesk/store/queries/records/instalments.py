"""The instalments of one invoice: when each is due and what is open of it; payments fill them in that order."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from duedesk.domain.money import ZERO
from duedesk.store.tables.instalments import payment_schedule_item


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """One instalment; `open` is what is still to be paid of it."""

    key: int
    number: str
    due: date
    amount: Decimal
    open: Decimal
    comments: str


def instalments_of(connection: Connection, invoice_key: int, balance: Decimal) -> tuple[InstalmentRow, ...]:
    """Give the instalments of an invoice of which so much is open, in the order they are due."""
    item = payment_schedule_item.c
    found = connection.execute(
        select(payment_schedule_item)
        .where(item.invoice_id == invoice_key)
        .order_by(item.target_payment_processing_date, item.position)
    )
    return tuple(
        InstalmentRow(
            key=row.id,
            number=row.payment_schedule_item_number or "",
            due=row.target_payment_processing_date,
            amount=row.requested_amount,
            open=min(row.requested_amount, max(ZERO, balance - row.later_amount)),
            comments=row.comments or "",
        )
        for row in found
    )
