"""Write-offs: a claim given up by a credit memo of its own; above the limit another person has to agree first."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from duedesk.actions.cash import approvals, events, memos
from duedesk.actions.cash.standing import Held, hold
from duedesk.actions.cash.write_off_limits import read_limits
from duedesk.actions.deed import deed
from duedesk.actions.invoices.series import take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain import write_off as rules
from duedesk.domain.applying import Side, check_apply
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError


@dataclass(frozen=True, slots=True)
class WriteOff:
    """What became of a write-off: its credit memo, and the request for approval where it waits for one."""

    memo_key: int
    amount: Decimal
    request_key: int | None
    changes: Changes


def write_off(
    workspace: Workspace,
    invoice_key: int,
    *,
    reason_code: str,
    amount: Decimal | None = None,
    comments: str = "",
    on: date | None = None,
) -> WriteOff:
    """Write an open invoice off on a day, all that is open unless told; above the limit it waits for approval.

    What was written off of the invoice before counts against the limit, unless it was taken back.
    """
    reason = rules.check_reason(reason_code)
    request_key = None
    with deed(workspace, "write_off") as act:
        invoice = hold(act, "Invoice", [invoice_key])[invoice_key]
        day, currency = act.day(on), invoice.side.currency
        approvals.check_none_waits(act, invoice)
        wanted = rules.write_off_amount(invoice.side, amount, day)
        lines = memos.single_line("Write-off", wanted)
        memo = memos.about_invoice(act, invoice, lines, day, (reason, comments))
        memo = replace(memo, category=rules.CATEGORY, source_action=rules.SOURCE_ACTION)
        before, limit = memos.written_off(act, invoice_key), read_limits(act.connection).get(currency)
        if rules.needs_approval(wanted, limit, before=before):
            request_key = approvals.ask(act, memo, invoice)
        else:
            memo = memo.posted(take_number(act, "CreditMemo", day))
            keys = events.event_keys(act, 1)
            touched = {"CreditMemo": [memo.key], "Invoice": [invoice_key], "Application": keys}
            act.record(
                f"{invoice.side.money(wanted)} of {invoice.side.number} written off by {memo.number}: {reason}", touched
            )
            memos.write_memo(act, memo)
            events.write_events(act, [events.put_on(memo.held, invoice, wanted, day, reason)], keys)
    return WriteOff(memo.key, wanted, request_key, act.changes)


def approve(workspace: Workspace, request_key: int, *, on: date | None = None) -> Changes:
    """Approve what another person asked for: the memo is posted and applied on a day, if that much is still open."""
    with deed(workspace, "approve") as act:
        asked = approvals.request(act, request_key)
        invoice = hold(act, "Invoice", [asked.invoice_id])[asked.invoice_id]
        memo = hold(act, "CreditMemo", [asked.credit_memo_id])[asked.credit_memo_id]
        (row,) = act.hold("ApprovalRequest", [request_key])
        who = workspace.world.user
        rules.check_decision(row.status, requested_by=row.requested_by, decided_by=who, approves=True)
        day = act.day(on)
        side = replace(memo.side, status="Posted", since=day)
        _check_still_open(side, invoice.side, day)
        number = take_number(act, "CreditMemo", day)
        posted = Held("CreditMemo", memo.key, replace(side, number=number), memo.row)
        keys = events.event_keys(act, 1)
        touched = {
            "ApprovalRequest": [request_key],
            "CreditMemo": [memo.key],
            "Invoice": [invoice.key],
            "Application": keys,
        }
        act.record(
            f"Write-off of {side.money(side.total)} of {invoice.side.number} approved: {row.reason_code}", touched
        )
        memos.post_row(act, memo.key, number=number, on=day)
        events.write_events(act, [events.put_on(posted, invoice, side.total, day, row.reason_code or "")], keys)
        approvals.decide(act, request_key, "Approved", who, "")
    return act.changes


def reject(workspace: Workspace, request_key: int, *, comments: str = "") -> Changes:
    """Turn down what waits for approval: its memo is canceled, and the invoice stays as it is."""
    with deed(workspace, "reject") as act:
        asked = approvals.request(act, request_key)
        memo = hold(act, "CreditMemo", [asked.credit_memo_id])[asked.credit_memo_id]
        (row,) = act.hold("ApprovalRequest", [request_key])
        who = workspace.world.user
        rules.check_decision(row.status, requested_by=row.requested_by, decided_by=who, approves=False)
        touched = {"ApprovalRequest": [request_key], "CreditMemo": [memo.key], "Invoice": [row.invoice_id]}
        act.record(f"Write-off of {memo.side.money(row.amount)} rejected", touched)
        memos.cancel_row(act, memo.key)
        approvals.decide(act, request_key, "Rejected", who, comments)
    return act.changes


def _check_still_open(memo: Side, invoice: Side, on: date) -> None:
    try:
        check_apply(memo, invoice, memo.total, on)
    except RequestError as error:
        raise RequestError(f"It cannot be written off any more: {error.message}", "Reject it.") from error
