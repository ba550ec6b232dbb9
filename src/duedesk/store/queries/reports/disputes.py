"""Disputes and promises of a period as they stood at its end: what is contested, what was promised, kept and broken.

What a promise is paid by, and in which order, is said in `domain.promises`; nothing is added up here.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select, true

from duedesk.domain.money import ZERO
from duedesk.domain.reports.collecting import BROKEN, KEPT, OPEN, WITHDRAWN, ReportedDispute, ReportedPromise
from duedesk.store.queries.disputes import disputes_between
from duedesk.store.queries.dunning.kept_back import paid_since
from duedesk.store.queries.reports.scope import ReportScope
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.dunning import payment_promise
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account, contact, owner


def reported_disputes(connection: Connection, scope: ReportScope) -> Iterator[ReportedDispute]:
    """Give the disputes that stood on any day of the period, by the day they were received."""
    of_these = select(invoice.c.id).where(
        *scope.narrows(connection, invoice.c.billing_account_id, invoice.c.currency_iso_code)
    )
    whose = true() if scope.accounts is None and scope.currency is None else dispute.c.invoice_id.in_(of_these)
    for row in disputes_between(connection, scope.first_day, scope.standpoint, whose):
        yield ReportedDispute(
            key=row.key,
            name=row.name,
            invoice=row.invoice,
            account=row.account,
            account_number=row.account_number,
            owner=row.owner,
            currency=row.currency,
            amount=row.amount,
            balance=row.open_amount,
            contested=row.contested,
            reason=row.reason,
            words=row.words,
            received=row.received_date,
            recorded_by=row.recorded_by,
            resolved_on=row.resolved_on,
            resolution=row.resolution,
            resolution_words=row.resolution_words,
        )


def reported_promises(connection: Connection, scope: ReportScope) -> tuple[ReportedPromise, ...]:
    """Give the promises that were for a day of the period, or given in it, or are for a day to come, by their day."""
    one = payment_promise.c
    since = scope.before.as_of
    asked = (
        select(
            payment_promise,
            invoice.c.document_number,
            account.c.name.label("account"),
            account.c.account_number,
            owner.c.name.label("owner"),
            contact.c.name.label("contact"),
            paid_since(scope.as_of, scope.known_on).label("paid"),
            paid_since(one.promise_date, scope.known_on).label("paid_by_day"),
        )
        .select_from(
            payment_promise.join(invoice, invoice.c.id == one.invoice_id)
            .join(account, account.c.id == invoice.c.billing_account_id)
            .outerjoin(owner, owner.c.id == invoice.c.owner_id)
            .outerjoin(contact, contact.c.id == one.contact_id)
        )
        .where(
            scope.standpoint.happened(one.received_date, one.recorded_at),
            *scope.narrows(connection, invoice.c.billing_account_id, invoice.c.currency_iso_code),
        )
        .order_by(one.promise_date, one.id)
    )
    rows = connection.execute(asked).all()
    # An invoice's payments keep its promises in the order of their days: earlier ones are counted, and then left out.
    paid, in_time = _shares(rows, "paid"), _shares(rows, "paid_by_day")
    return tuple(
        _promise(row, scope, *parts)
        for row, *parts in zip(rows, paid, in_time, strict=True)
        if row.promise_date > since or row.received_date > since
    )


def _shares(rows: Sequence[Row[Any]], name: str) -> list[Decimal]:
    """Give what of each promise is paid: no more than was paid since it was given, nor than earlier ones leave."""
    left: dict[int, Decimal] = {}
    for row in rows:
        left[row.invoice_id] = max(left.get(row.invoice_id, ZERO), getattr(row, name))
    shares = []
    for row in rows:
        share = max(ZERO, min(row.promised_amount, getattr(row, name), left[row.invoice_id]))
        left[row.invoice_id] -= share
        shares.append(share)
    return shares


def _promise(row: Row[Any], scope: ReportScope, paid: Decimal, paid_in_time: Decimal) -> ReportedPromise:
    is_withdrawn = row.withdrawn_on is not None and row.withdrawn_on <= scope.as_of
    if is_withdrawn and scope.known_on is not None:
        is_withdrawn = row.withdrawn_at <= scope.known_on
    state = OPEN if scope.as_of <= row.promise_date else BROKEN
    if is_withdrawn:
        state = WITHDRAWN
    elif paid >= row.promised_amount:
        state = KEPT
    return ReportedPromise(
        key=row.id,
        name=row.name,
        invoice=row.document_number or "",
        account=row.account,
        account_number=row.account_number or "",
        owner=row.owner or "",
        contact=row.contact or "",
        currency=row.currency_iso_code,
        amount=row.promised_amount,
        paid=paid,
        paid_in_time=min(paid, paid_in_time),
        day=row.promise_date,
        received=row.received_date,
        state=state,
        withdrawn_on=row.withdrawn_on if is_withdrawn else None,
        words=row.description or "",
        recorded_by=row.recorded_by,
    )
