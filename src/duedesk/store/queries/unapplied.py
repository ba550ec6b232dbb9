"""Payments and credit memos seen alike: what they bring, what of it is applied and left; nothing of invoices."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Table, and_, or_

from duedesk.store.queries.asof import Standpoint
from duedesk.store.tables.ledger import application, credit_memo, payment


@dataclass(frozen=True, slots=True)
class Source:
    """The columns of a payment or a credit memo by what they mean to the ledger."""

    kind: str
    """What people call it."""
    application_kind: str
    """What its applications are marked with."""
    table: Table
    reference: ColumnElement[int]
    """The application's column that points to it."""
    number: ColumnElement[str]
    account_id: ColumnElement[int]
    effective_date: ColumnElement[date]
    recorded: ColumnElement[datetime]
    withdrawn_on: ColumnElement[date]
    withdrawn_recorded: ColumnElement[datetime]
    total: ColumnElement[Decimal]
    applied: ColumnElement[Decimal]
    balance: ColumnElement[Decimal]

    def is_counted(self, standpoint: Standpoint) -> ColumnElement[bool]:
        """Give the condition that it stood in the ledger: come in, and not canceled or voided."""
        return and_(
            self.table.c.status != "Draft" if self.table is payment else credit_memo.c.posted_at.is_not(None),
            standpoint.happened(self.effective_date, self.recorded),
            or_(self.withdrawn_on.is_(None), standpoint.is_later(self.withdrawn_on, self.withdrawn_recorded)),
        )


PAYMENTS = Source(
    kind="Payment",
    application_kind="payment",
    table=payment,
    reference=application.c.payment_id,
    number=payment.c.payment_number,
    account_id=payment.c.account_id,
    effective_date=payment.c.effective_date,
    recorded=payment.c.created_date,
    withdrawn_on=payment.c.cancellation_effective_date,
    withdrawn_recorded=payment.c.cancellation_date,
    total=payment.c.amount,
    applied=payment.c.net_applied,
    balance=payment.c.balance,
)

CREDIT_MEMOS = Source(
    kind="Credit memo",
    application_kind="credit",
    table=credit_memo,
    reference=application.c.credit_memo_id,
    number=credit_memo.c.document_number,
    account_id=credit_memo.c.billing_account_id,
    effective_date=credit_memo.c.effective_date,
    recorded=credit_memo.c.posted_at,
    withdrawn_on=credit_memo.c.voided_date,
    withdrawn_recorded=credit_memo.c.voided_at,
    total=credit_memo.c.total_amount_with_tax,
    applied=credit_memo.c.net_credits_applied,
    balance=credit_memo.c.balance,
)

SOURCES = (PAYMENTS, CREDIT_MEMOS)
