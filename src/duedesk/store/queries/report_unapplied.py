"""Cash and credits that were on no invoice at the end of a day, one by one; it adds nothing up and ages nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, null, or_, select

from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.asof import is_present
from duedesk.store.queries.report_scope import ReportScope, in_blocks
from duedesk.store.queries.unapplied import PAYMENTS, SOURCES, Source
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.ledger import credit_memo, payment
from duedesk.store.tables.party import account, owner


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


def unapplied_items(connection: Connection, scope: ReportScope) -> Iterator[UnappliedItem]:
    """Give payments, then credit memos, by account and day."""
    present = is_present(connection, scope.standpoint)
    for source in SOURCES:
        for row in in_blocks(connection, _asked(connection, scope, source, present=present)):
            is_write_off = row.category == CATEGORY
            yield UnappliedItem(
                kind="Write-off" if is_write_off else source.kind,
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
