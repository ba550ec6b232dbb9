"""Credit memos and write-offs of a period with their reasons, and what was voided of them; it adds nothing up."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, FromClause, Row, ScalarSelect, func, select

from duedesk.domain.money import ZERO
from duedesk.domain.reports.ledger import CREDIT_MEMO, POSTED, VOIDED, WRITE_OFF, CreditEvent
from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.asof_records import records_as_of
from duedesk.store.queries.reports.scope import ReportScope, in_blocks
from duedesk.store.tables.crediting import approval_request
from duedesk.store.tables.ledger import application, invoice
from duedesk.store.tables.party import account, owner


def credit_events(connection: Connection, scope: ReportScope) -> Iterator[CreditEvent]:
    """Give what was credited and written off in the period, and what was voided of that, by day."""
    names = ("credited", "written_off", "reversed")
    event = scope.span.events(connection, scope.accounts, *names).cte("event").prefix_with("MATERIALIZED")
    of_these = select(event.c.key).where(event.c.object == "CreditMemo")
    memo = records_as_of(connection, "CreditMemo", scope.standpoint, only=of_these)
    asked = (
        select(
            event.c.on_day,
            event.c.amount.label("moved"),
            memo,
            account.c.name.label("account"),
            account.c.account_number,
            owner.c.name.label("owner"),
            func.coalesce(invoice.c.document_number, _put_on(memo)).label("invoice"),
            approval_request.c.decided_by,
            approval_request.c.status.label("decision"),
        )
        .select_from(
            event.join(memo, memo.c.id == event.c.key)
            .join(account, account.c.id == event.c.account_id)
            .outerjoin(owner, owner.c.id == account.c.owner_id)
            .outerjoin(invoice, invoice.c.id == memo.c.source_invoice_id)
            .outerjoin(approval_request, approval_request.c.credit_memo_id == memo.c.id)
        )
        .where(event.c.object == "CreditMemo")
        .order_by(event.c.on_day, event.c.recorded, memo.c.id, event.c.amount)
    )
    for row in in_blocks(connection, asked):
        yield _event(row)


def _put_on(memo: FromClause) -> ScalarSelect[str | None]:
    """Give the number of the invoice that a memo was put on first; of none where the reader does not see it."""
    there = invoice.alias("put_on")
    found = select(there.c.document_number).join(application, application.c.invoice_id == there.c.id)
    return found.where(application.c.credit_memo_id == memo.c.id).order_by(application.c.id).limit(1).scalar_subquery()


def _event(row: Row[Any]) -> CreditEvent:
    is_posted = row.moved < 0
    sign = 1 if is_posted else -1
    stands = is_posted and row.status != VOIDED
    return CreditEvent(
        what=POSTED if is_posted else VOIDED,
        kind=WRITE_OFF if row.category == CATEGORY else CREDIT_MEMO,
        on=row.on_day,
        key=row.id,
        number=row.document_number or "",
        reason=row.reason_code or "",
        account=row.account,
        account_number=row.account_number or "",
        owner=row.owner or "",
        invoice=row.invoice or "",
        currency=row.currency_iso_code,
        net=row.total_amount * sign,
        tax=row.total_tax_amount * sign,
        amount=-row.moved,
        applied=row.net_credits_applied if stands else ZERO,
        unapplied=row.balance if stands else ZERO,
        approved_by=(row.decided_by or "") if row.decision == "Approved" else "",
        description=row.description or "",
    )


def voided_credits(connection: Connection, scope: ReportScope) -> dict[str, Decimal]:
    """Give by currency what credit memos other than write-offs were voided in the period: part of what was reversed."""
    event = scope.span.events(connection, scope.accounts, "reversed").subquery("event")
    asked = select(event.c.currency, event.c.amount).where(event.c.object == "CreditMemo")
    found: dict[str, Decimal] = {}
    for row in in_blocks(connection, asked):
        found[row.currency] = found.get(row.currency, ZERO) + row.amount
    return found
