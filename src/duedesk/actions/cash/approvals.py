"""Requests for approval: asked, found and decided inside an action; who may decide is a rule of `domain.write_off`."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, insert, select, update

from duedesk.actions.cash.memos import NewMemo, write_memo
from duedesk.actions.cash.standing import Held
from duedesk.actions.deed import Deed
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.store.bulk import Keys
from duedesk.store.tables.crediting import approval_request


def ask(act: Deed, memo: NewMemo, invoice: Held) -> int:
    """Record the action, write a pending memo and the request that another person decides on; give its key."""
    key = Keys(act.connection).take(approval_request, 1)[0]
    amount = memo.totals.whole
    touched = {"CreditMemo": [memo.key], "Invoice": [invoice.key], "ApprovalRequest": [key]}
    what = f"Write-off of {invoice.side.money(amount)} of {invoice.side.number}"
    act.record(f"{what} waits for approval: {memo.reason}", touched)
    write_memo(act, replace(memo, status="Pending"))
    act.connection.execute(
        insert(approval_request).values(
            id=key,
            kind="Write-off",
            credit_memo_id=memo.key,
            invoice_id=invoice.key,
            currency_iso_code=memo.currency,
            amount=amount,
            reason_code=memo.reason,
            status="Pending",
            requested_by=act.world.user,
            requested_at=act.now,
            journal_id=act.journal_id,
        )
    )
    return act.made("ApprovalRequest", key)


def check_none_waits(act: Deed, invoice: Held) -> None:
    """Refuse to ask twice for one invoice: RequestError."""
    own = (approval_request.c.invoice_id == invoice.key, approval_request.c.status == "Pending")
    waiting = act.connection.execute(select(approval_request).where(*own)).first()
    if waiting is not None:
        raise RequestError(
            f"A write-off of {invoice.side.money(waiting.amount)} of {invoice.side.name} waits for approval already.",
            f"Approve or reject request {waiting.id} first.",
        )


def request(act: Deed, key: int) -> Row[Any]:
    """Find a request; RequestError where there is none."""
    found = act.connection.execute(select(approval_request).where(approval_request.c.id == key)).one_or_none()
    if found is None:
        raise RequestError(f"There is no request {key} for approval.", "Refresh the list.")
    return found


def decide(act: Deed, key: int, status: str, who: str, comments: str) -> None:
    """Write what was decided, by whom and when; it is never decided again."""
    values = {"status": status, "decided_by": who, "decided_at": act.now, "comments": tidy(comments) or None}
    act.connection.execute(update(approval_request).where(approval_request.c.id == key).values(**values))
