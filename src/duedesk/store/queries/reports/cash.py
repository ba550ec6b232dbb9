"""Cash of a period: what was received, canceled and given back, and what of it was applied where.

Beside them stands what the ledger had unapplied before and after, so that opening + received - canceled - given back
- applied = closing can be proved; it proves nothing itself.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    and_,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from duedesk.domain.invoice import days_overdue
from duedesk.domain.money import ZERO
from duedesk.domain.reports.ledger import (
    CANCELED,
    RECEIVED,
    REFUND_CANCELED,
    REFUNDED,
    AppliedCash,
    CashEvent,
    CashOfCurrency,
)
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.asof_records import records_as_of
from duedesk.store.queries.reports.scope import ReportScope, in_blocks
from duedesk.store.queries.unapplied import PAYMENTS, is_given_back
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, invoice, payment
from duedesk.store.tables.party import account, owner

_CALLED = {
    "Payment received": RECEIVED,
    "Payment canceled": CANCELED,
    "Refunded": REFUNDED,
    "Refund canceled": REFUND_CANCELED,
}


def cash_events(connection: Connection, scope: ReportScope) -> Iterator[CashEvent]:
    """Give what came in and went out in the period, by day."""
    names = ("paid", "refunded", "reversed")
    event = scope.span.events(connection, scope.accounts, *names).cte("event").prefix_with("MATERIALIZED")
    of_these = select(event.c.key).where(event.c.object == "Payment")
    document = records_as_of(connection, "Payment", scope.standpoint, only=of_these)
    asked = (
        select(
            event.c.what,
            event.c.on_day,
            event.c.number,
            event.c.amount.label("moved"),
            document,
            account.c.name.label("account"),
            account.c.account_number,
            owner.c.name.label("owner"),
        )
        .select_from(
            event.join(document, document.c.id == event.c.key)
            .join(account, account.c.id == event.c.account_id)
            .outerjoin(owner, owner.c.id == account.c.owner_id)
        )
        .where(event.c.object == "Payment")
        .order_by(event.c.on_day, event.c.recorded, event.c.key, event.c.what)
    )
    for row in in_blocks(connection, asked):
        yield _event(row)


def _event(row: Row[Any]) -> CashEvent:
    what = _CALLED[row.what]
    is_received, is_canceled = what == RECEIVED, row.status == "Canceled"
    stands = is_received and not is_canceled
    return CashEvent(
        what=what,
        on=row.on_day,
        payment_key=row.id,
        payment=row.payment_number or "",
        refund=(row.number or "") if what in {REFUNDED, REFUND_CANCELED} else "",
        account=row.account,
        account_number=row.account_number or "",
        owner=row.owner or "",
        currency=row.currency_iso_code,
        amount=-row.moved,
        applied=row.net_applied if is_received else ZERO,
        refunded=row.net_refund_applied if is_received else ZERO,
        canceled=_rest(row) if is_received and is_canceled else ZERO,
        unapplied=_rest(row) if stands else ZERO,
        reference=row.gateway_ref_number or "",
        comments=row.comments or "",
    )


def _rest(row: Row[Any]) -> Decimal:
    rest: Decimal = row.amount - row.net_applied - row.net_refund_applied
    return rest


def applied_cash(connection: Connection, scope: ReportScope) -> Iterator[AppliedCash]:
    """Give what of payments was put on invoices in the period, and taken off again, by day."""
    put = _put_on(connection, scope).subquery("put")
    asked = (
        select(
            put,
            payment.c.payment_number,
            payment.c.effective_date.label("received_on"),
            account.c.name.label("account"),
            account.c.account_number,
            invoice.c.document_number,
            invoice.c.due_date,
        )
        .select_from(
            put.join(payment, payment.c.id == put.c.payment_id)
            .join(account, account.c.id == put.c.account_id)
            .outerjoin(invoice, invoice.c.id == put.c.invoice_id)
        )
        .order_by(put.c.on_day, put.c.recorded, put.c.key)
    )
    for row in in_blocks(connection, asked):
        yield AppliedCash(
            on=row.on_day,
            what="Applied" if row.amount > 0 else "Unapplied",
            payment=row.payment_number or "",
            received_on=row.received_on,
            account=row.account,
            account_number=row.account_number or "",
            invoice=row.document_number or "",
            due_date=row.due_date,
            days_late=None if row.due_date is None else days_overdue(row.due_date, row.on_day),
            currency=row.currency,
            amount=row.amount,
            comments=row.comments or "",
        )


def _put_on(connection: Connection, scope: ReportScope) -> CompoundSelect[Any]:
    """Give the applications of payments, and those on invoices that the reader does not see, without the invoice."""
    found = []
    for events in (application, hidden_application):
        one, is_shown = events.c, events is application
        columns: list[ColumnElement[Any]] = [
            one.effective_date.label("on_day"),
            one.recorded_at.label("recorded"),
            (one.id if is_shown else null()).label("key"),
            one.payment_id,
            one.account_id,
            (one.invoice_id if is_shown else null()).label("invoice_id"),
            one.currency_iso_code.label("currency"),
            (-one.impact_amount).label("amount"),
            (one.comments if is_shown else literal("")).label("comments"),
        ]
        within = scope.within(one.effective_date, one.recorded_at)
        narrows = scope.narrows(connection, one.account_id, one.currency_iso_code)
        found.append(select(*columns).where(one.payment_id.is_not(None), within, *narrows))
    return union_all(*found)


def unapplied_cash(connection: Connection, scope: ReportScope) -> tuple[CashOfCurrency, ...]:
    """Give by currency what payments left unapplied at the end of the day before the period, and at its end."""
    opening, closing = (_unapplied(connection, scope, day) for day in (scope.before, scope.standpoint))
    return tuple(
        CashOfCurrency(currency, opening.get(currency, ZERO), closing.get(currency, ZERO))
        for currency in sorted(opening.keys() | closing.keys())
    )


def _unapplied(connection: Connection, scope: ReportScope, standpoint: Standpoint) -> dict[str, Decimal]:
    """Add up what was received less what of it was applied, here or where the reader does not see it, or given back."""
    shown, away = application.c, hidden_application.c

    def summed(
        amount: ColumnElement[Decimal], whose: ColumnElement[int], currency: ColumnElement[str], *where: Any
    ) -> Select[Any]:
        total = type_coerce(func.sum(amount), Amount).label("total")
        columns: list[ColumnElement[Any]] = [currency.label("currency"), total]
        return select(*columns).where(and_(*where), *scope.narrows(connection, whose, currency)).group_by(currency)

    hidden = (away.payment_id.is_not(None), standpoint.happened(away.effective_date, away.recorded_at))
    parts = (
        summed(payment.c.amount, payment.c.account_id, payment.c.currency_iso_code, PAYMENTS.is_counted(standpoint)),
        summed(
            shown.impact_amount,
            shown.account_id,
            shown.currency_iso_code,
            shown.payment_id.is_not(None),
            standpoint.counted,
        ),
        summed(away.impact_amount, away.account_id, away.currency_iso_code, *hidden),
        summed(-refund.c.amount, refund.c.account_id, refund.c.currency_iso_code, is_given_back(standpoint)),
    )
    found: dict[str, Decimal] = {}
    for part in parts:
        for currency, amount in connection.execute(part):
            found[currency] = found.get(currency, ZERO) + amount
    return found
