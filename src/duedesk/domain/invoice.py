"""Rules about one invoice; it knows no other invoice and no letter."""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

OWED_STATUSES = ("Posted", "Void In Progress")
"""The states in which an invoice is owed; one that is voided was owed until its void date."""


class SettlementStatus(StrEnum):
    """How far an invoice is paid."""

    NOT_APPLICABLE = "Not Applicable"
    NOT_SETTLED = "Not Settled"
    PARTIALLY_SETTLED = "Partially Settled"
    SETTLED = "Settled"


def days_overdue(due_date: date, as_of: date) -> int:
    """Give whole days from the due date to the as-of date; negative while it is not due."""
    return (as_of - due_date).days


def derive_due_date(invoice_date: date, term_days: int | None) -> date:
    """Give the due date of an invoice that came without one: invoice date plus terms, else the invoice date."""
    return invoice_date + timedelta(days=term_days or 0)


def settlement_status(*, is_owed: bool, total: Decimal, balance: Decimal) -> SettlementStatus:
    """Give how far an invoice with this total and balance is paid."""
    if not is_owed:
        return SettlementStatus.NOT_APPLICABLE
    if balance == 0:
        return SettlementStatus.SETTLED
    return SettlementStatus.NOT_SETTLED if balance == total else SettlementStatus.PARTIALLY_SETTLED
