"""The ledger rule: what is open follows from the posted total and the applications, on two dates; it stores nothing.

open(invoice, D, K) = posted total at D + sum(impact where effective_date <= D and recorded_at <= K)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from duedesk.domain.invoice import SettlementStatus, settlement_status
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Application:
    """One event that put an amount of a payment or credit memo on an invoice, or took it off again.

    `impact` is what it does to the balance: negative when applied, positive when unapplied.
    """

    kind: str
    impact: Decimal
    effective_date: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the applications make of an invoice: the figures that are stored on it and proved again from them."""

    balance: Decimal
    net_payments_applied: Decimal
    net_credits_applied: Decimal
    settlement_status: SettlementStatus
    full_settlement_date: date | None


@dataclass(frozen=True, slots=True)
class Posting:
    """The part of an invoice the ledger needs: what was posted, when, and when it was voided."""

    total: Decimal
    invoice_date: date | None
    posted_at: datetime | None
    voided_date: date | None = None
    voided_at: datetime | None = None

    def is_owed(self, as_of: date, known_on: datetime | None = None) -> bool:
        """Tell whether the invoice stood in the ledger at the end of `as_of`, as far as was known by `known_on`."""
        if self.posted_at is None or self.invoice_date is None or self.invoice_date > as_of:
            return False
        if known_on is not None and self.posted_at > known_on:
            return False
        if self.voided_date is None or self.voided_date > as_of:
            return True
        return known_on is not None and self.voided_at is not None and self.voided_at > known_on


def settle(
    posting: Posting,
    applications: Iterable[Application],
    *,
    as_of: date = date.max,
    known_on: datetime | None = None,
) -> Settlement:
    """Work out an invoice's settlement at the end of `as_of` from what was recorded by `known_on` (None: all of it)."""
    counted = sorted(
        (
            one
            for one in applications
            if one.effective_date <= as_of and (known_on is None or one.recorded_at <= known_on)
        ),
        key=attrgetter("effective_date"),
    )
    payments = -sum((one.impact for one in counted if one.kind == "payment"), ZERO)
    credits_ = -sum((one.impact for one in counted if one.kind == "credit"), ZERO)
    is_owed = posting.is_owed(as_of, known_on)
    balance = posting.total - payments - credits_ if is_owed else ZERO
    status = settlement_status(is_owed=is_owed, total=posting.total, balance=balance)
    settled_on = _settled_on(posting, counted) if status is SettlementStatus.SETTLED else None
    return Settlement(balance, payments, credits_, status, settled_on)


def _settled_on(posting: Posting, counted: Iterable[Application]) -> date | None:
    """Give the first day after which the end-of-day balance stayed nothing: the invoice date where it was prepaid."""
    running, settled_on = posting.total, posting.invoice_date
    for day, events in groupby(counted, key=attrgetter("effective_date")):
        was_open = running != 0
        running += sum((event.impact for event in events), ZERO)
        if was_open and running == 0 and posting.invoice_date is not None:
            settled_on = max(day, posting.invoice_date)
    return settled_on
