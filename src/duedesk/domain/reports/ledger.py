"""Rows of the reports of the ledger: invoices, cash and credits as they stood; they are read elsewhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

RECEIVED, CANCELED, REFUNDED, REFUND_CANCELED = "Received", "Canceled", "Refunded", "Refund canceled"
PAYMENT, CREDIT_MEMO, WRITE_OFF = "Payment", "Credit memo", "Write-off"
POSTED, VOIDED = "Posted", "Voided"


@dataclass(frozen=True, slots=True)
class RegisteredInvoice:
    """An invoice as it stood at the end of the report's day."""

    key: int
    number: str
    account: str
    account_number: str
    owner: str
    invoice_date: date
    due_date: date
    days_overdue: int | None
    """Nothing of what is settled or voided."""
    terms: str
    currency: str
    net: Decimal
    tax: Decimal
    total: Decimal
    payments: Decimal
    credits: Decimal
    voided: Decimal
    balance: Decimal
    status: str
    settlement: str
    settled_on: date | None
    voided_on: date | None


@dataclass(frozen=True, slots=True)
class CashEvent:
    """Money that came in or went out; `amount` is what it does to the cash: what was canceled or refunded is negative.

    Of what was received, the rest tells how it stood at the end of the period:
    amount = applied + refunded + unapplied + canceled. Of all else they are nothing.
    """

    what: str
    on: date
    payment_key: int
    payment: str
    refund: str
    account: str
    account_number: str
    owner: str
    currency: str
    amount: Decimal
    applied: Decimal
    refunded: Decimal
    canceled: Decimal
    unapplied: Decimal
    reference: str
    comments: str


@dataclass(frozen=True, slots=True)
class AppliedCash:
    """Cash put on an invoice, or taken off again: negative. An invoice that the reader does not see has no number."""

    on: date
    what: str
    payment: str
    received_on: date
    account: str
    account_number: str
    invoice: str
    due_date: date | None
    days_late: int | None
    currency: str
    amount: Decimal
    comments: str


@dataclass(frozen=True, slots=True)
class CashOfCurrency:
    """What the ledger had unapplied of payments before and after a period, in one currency."""

    currency: str
    opening: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class UnappliedItem:
    """A payment or credit memo: what it brought, and what of it is neither applied nor given back."""

    kind: str
    key: int
    number: str
    account_key: int
    account: str
    account_number: str
    owner: str
    on: date
    days: int
    """Since the day it counts from."""
    currency: str
    amount: Decimal
    unapplied: Decimal
    reason: str
    reference: str
    comments: str

    @property
    def used(self) -> Decimal:
        """Give what was applied of it or given back."""
        return self.amount - self.unapplied


@dataclass(frozen=True, slots=True)
class CreditEvent:
    """A claim that was given up, or taken up again: `amount` is what was credited, negative where it was voided.

    `applied` and `unapplied` tell how one that was posted stood at the end of the period; one voided by then has
    neither.
    """

    what: str
    kind: str
    on: date
    key: int
    number: str
    reason: str
    account: str
    account_number: str
    owner: str
    invoice: str
    currency: str
    net: Decimal
    tax: Decimal
    amount: Decimal
    applied: Decimal
    unapplied: Decimal
    approved_by: str
    description: str
