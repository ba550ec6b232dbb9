"""Payments and credit memos seen alike: what they bring, what of it is applied, given back and left.

It says nothing of invoices, and adds nothing up.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Table, and_, func, literal_column, or_, select, type_coerce

from duedesk.store.queries.asof import Standpoint
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
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
    refunded: ColumnElement[Decimal]
    """What was given back of it; nothing of a credit memo."""
    balance: ColumnElement[Decimal]

    @property
    def came_in(self) -> ColumnElement[bool]:
        """Give the condition that it ever was in the ledger: a draft was not, nor one that was canceled as a draft."""
        if self.table is not payment:
            return credit_memo.c.posted_at.is_not(None)
        return or_(payment.c.status == "Processed", self.withdrawn_on.is_not(None))

    def is_counted(self, standpoint: Standpoint) -> ColumnElement[bool]:
        """Give the condition that it stood in the ledger: come in, and not canceled or voided."""
        return and_(
            self.came_in,
            standpoint.happened(self.effective_date, self.recorded),
            or_(self.withdrawn_on.is_(None), standpoint.is_later(self.withdrawn_on, self.withdrawn_recorded)),
        )

    def left(self, standpoint: Standpoint) -> ColumnElement[Decimal]:
        """Give what was not applied and not given back, of one that stood in the ledger, as it stood.

        What it left on invoices that the reader does not see is gone as well.
        """
        events = select(func.coalesce(func.sum(application.c.impact_amount), NOTHING)).where(
            self.reference == self.table.c.id, standpoint.counted
        )
        rest = self.total + events.correlate(self.table).scalar_subquery()
        hidden = select(func.coalesce(func.sum(hidden_application.c.impact_amount), NOTHING)).where(
            hidden_application.c[self.reference.name] == self.table.c.id,
            standpoint.happened(hidden_application.c.effective_date, hidden_application.c.recorded_at),
        )
        rest = rest + hidden.correlate(self.table).scalar_subquery()
        if self.table is payment:
            given_back = select(func.coalesce(func.sum(refund.c.amount), NOTHING)).where(
                refund.c.payment_id == payment.c.id, is_given_back(standpoint)
            )
            rest = rest - given_back.correlate(payment).scalar_subquery()
        return type_coerce(rest, Amount)


def is_given_back(standpoint: Standpoint) -> ColumnElement[bool]:
    """Give the condition that a refund stood in the ledger: given, and not canceled."""
    canceled_on = refund.c.cancellation_effective_date
    return and_(
        standpoint.happened(refund.c.effective_date, refund.c.created_date),
        or_(canceled_on.is_(None), standpoint.is_later(canceled_on, refund.c.cancellation_date)),
    )


PAYMENTS = Source(
    kind="Payment",
    application_kind="payment",
    table=payment,
    reference=application.c.payment_id,
    number=payment.c.payment_number,
    account_id=payment.c.account_id,
    effective_date=payment.c.effective_date,
    recorded=func.coalesce(payment.c.processed_at, payment.c.created_date),
    withdrawn_on=payment.c.cancellation_effective_date,
    withdrawn_recorded=payment.c.cancellation_date,
    total=payment.c.amount,
    applied=payment.c.net_applied,
    refunded=payment.c.net_refund_applied,
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
    refunded=literal_column("0", Amount()),
    balance=credit_memo.c.balance,
)

SOURCES = (PAYMENTS, CREDIT_MEMOS)
