"""Cash and credits that were on no invoice at the end of a day, one by one; it adds nothing up and ages nothing."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, null, or_, select

from duedesk.domain.reports.ledger import CREDIT_MEMO, PAYMENT, WRITE_OFF, UnappliedItem
from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.asof import is_present
from duedesk.store.queries.reports.scope import ReportScope, in_blocks
from duedesk.store.queries.unapplied import PAYMENTS, SOURCES, Source
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.ledger import credit_memo, payment
from duedesk.store.tables.party import account, owner


def unapplied_items(connection: Connection, scope: ReportScope) -> Iterator[UnappliedItem]:
    """Give payments, then credit memos, by account and day."""
    present = is_present(connection, scope.standpoint)
    for source in SOURCES:
        for row in in_blocks(connection, _asked(connection, scope, source, present=present)):
            is_write_off = row.category == CATEGORY
            yield UnappliedItem(
                kind=WRITE_OFF if is_write_off else PAYMENT if source is PAYMENTS else CREDIT_MEMO,
                key=row.id,
                number=row.number or "",
                account_key=row.account_id,
                account=row.account,
                account_number=row.account_number or "",
                owner=row.owner or "",
                on=row.on_day,
                days=(scope.as_of - row.on_day).days,
                currency=row.currency_iso_code,
                amount=row.total,
                unapplied=row.rest,
                reason=row.reason or "",
                reference=row.reference or "",
                comments=row.comments or "",
            )


def _asked(connection: Connection, scope: ReportScope, source: Source, *, present: bool) -> Select[Any]:
    columns = source.table.c
    rest = source.balance if present else source.left(scope.standpoint)
    of_payment = source is PAYMENTS
    found = select(
        columns.id,
        source.number.label("number"),
        columns.currency_iso_code,
        source.effective_date.label("on_day"),
        source.total.label("total"),
        rest.label("rest"),
        source.account_id.label("account_id"),
        (null() if of_payment else credit_memo.c.category).label("category"),
        (null() if of_payment else credit_memo.c.reason_code).label("reason"),
        (payment.c.gateway_ref_number if of_payment else credit_memo.c.reference_entity_id).label("reference"),
        (payment.c.comments if of_payment else credit_memo.c.description).label("comments"),
    ).where(
        source.is_counted(scope.standpoint),
        _maybe_left(scope, source, present=present),
        *scope.narrows(connection, source.account_id, columns.currency_iso_code),
    )
    loose = found.cte("loose").prefix_with("MATERIALIZED")
    return (
        select(loose, account.c.name.label("account"), account.c.account_number, owner.c.name.label("owner"))
        .select_from(
            loose.join(account, account.c.id == loose.c.account_id).outerjoin(owner, owner.c.id == account.c.owner_id)
        )
        .where(loose.c.rest != NOTHING)
        .order_by(account.c.folded_name, account.c.id, loose.c.on_day, loose.c.id)
    )


def _maybe_left(scope: ReportScope, source: Source, *, present: bool) -> ColumnElement[bool]:
    """Give the condition that something may have been left: something is now, or became of it since."""
    columns = source.table.c
    left_now = source.balance != NOTHING
    if present:
        return left_now
    standpoint = scope.standpoint
    if standpoint.known_on is not None:
        return or_(left_now, columns.id.is_not(None))
    since = [columns.last_applied_date > scope.as_of, source.withdrawn_on > scope.as_of]
    if source is PAYMENTS:
        days = (refund.c.effective_date, refund.c.cancellation_effective_date)
        since += [columns.id.in_(select(refund.c.payment_id).where(day > scope.as_of)) for day in days]
    return or_(left_now, *since)
