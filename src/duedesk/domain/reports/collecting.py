"""Rows of the reports of collecting: letters, disputes and promises as they stood; they are read elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

ISSUED, CANCELLED = "Issued", "Cancelled"
NOT_SENT = "Not sent"
OPEN, KEPT, BROKEN, WITHDRAWN = "Open", "Kept", "Broken", "Withdrawn"
RESOLVED = "Resolved"


@dataclass(frozen=True, slots=True)
class LoggedLetter:
    """A letter as it stood at the end of the period; `unapplied` is negative, as everywhere.

    principal + fee + interest + unapplied = total. `fee_invoice` and `interest_invoice` are what they were posted as.
    """

    key: int
    number: str
    letter_date: date
    account: str
    account_number: str
    owner: str
    policy: str
    level: int
    level_name: str
    currency: str
    items: int
    principal: Decimal
    fee: Decimal
    interest: Decimal
    unapplied: Decimal
    total: Decimal
    deadline: date | None
    status: str
    cancelled_on: date | None
    cancellation_reason: str
    fee_invoice: str
    interest_invoice: str
    channel: str
    address: str
    delivery: str
    sent_at: datetime | None
    trouble: str
    issued_by: str


@dataclass(frozen=True, slots=True)
class LoggedItem:
    """An invoice in a letter as it stood then; one that was only listed, being not due yet, has no level after."""

    letter: str
    letter_date: date
    status: str
    account: str
    invoice: str
    due_date: date
    days_overdue: int
    currency: str
    balance: Decimal
    contested: Decimal
    promised: Decimal
    asked: Decimal
    level_before: int
    level_after: int | None


@dataclass(frozen=True, slots=True)
class LettersOfCurrency:
    """How many letters the book holds of a period in a currency and a status, and what they asked for."""

    currency: str
    status: str
    count: int
    fee: Decimal
    interest: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ReportedPromise:
    """A promise as it stood at the end of the report's day.

    `paid` is what was paid of it by then, `paid_in_time` by its own day. Kept is what is wholly paid, late or not.
    """

    key: int
    name: str
    invoice: str
    account: str
    account_number: str
    owner: str
    contact: str
    currency: str
    amount: Decimal
    paid: Decimal
    paid_in_time: Decimal
    day: date
    received: date
    state: str
    withdrawn_on: date | None
    words: str
    recorded_by: str

    @property
    def is_in_time(self) -> bool:
        """Tell whether all of it was paid by its day."""
        return self.paid_in_time >= self.amount


@dataclass(frozen=True, slots=True)
class ReportedDispute:
    """A dispute as it stood at the end of the report's day: `contested` is what of the open balance it holds back."""

    key: int
    name: str
    invoice: str
    account: str
    account_number: str
    owner: str
    currency: str
    amount: Decimal
    balance: Decimal
    contested: Decimal
    reason: str
    words: str
    received: date
    recorded_by: str
    resolved_on: date | None
    resolution: str
    resolution_words: str

    @property
    def state(self) -> str:
        """Say whether it stands."""
        return OPEN if self.resolved_on is None else RESOLVED
