"""Credit memos: drafted, posted, voided, canceled; where they go is asked of `applying`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row

from duedesk.actions.cash import applying, events, memos
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.standing import Held, account_name, hold
from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.series import take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain import credit_memo as rules
from duedesk.domain.applying import check_withdrawal
from duedesk.domain.changes import Changes, Made
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import RequestError


@dataclass(frozen=True, slots=True)
class MemoDraft:
    """A credit memo to be made: referenced where it names the invoice it credits, else it stands alone.

    Account and currency are those of that invoice unless told. It stays a draft unless `post` says otherwise.
    """

    lines: tuple[MemoLine, ...]
    account_key: int | None = None
    currency: str = ""
    source_invoice_key: int | None = None
    effective_date: date | None = None
    reason: str = ""
    description: str = ""
    post: bool = False
    invoices: tuple[ForInvoice, ...] = ()
    """Where it goes once posted."""


def create_memo(workspace: Workspace, draft: MemoDraft) -> Made:
    """Make a credit memo, a draft or posted at once and then applied where told; RequestError where it cannot be."""
    with deed(workspace, "post_memo" if draft.post else "create_memo") as act:
        named = [one.invoice_key for one in draft.invoices]
        source_key = draft.source_invoice_key
        invoices = hold(act, "Invoice", [*named, *([] if source_key is None else [source_key])])
        source = None if source_key is None else invoices[source_key]
        memo = _planned(act, draft, source)
        if source is not None:
            credited = memos.credited(act, source.key)
            rules.check_reference(source.side, memo.held.side, credited, memo.effective_date)
        if not draft.post and draft.invoices:
            raise RequestError("A draft credit memo is not applied.", "Post it first.")
        if draft.post:
            memo = memo.posted(take_number(act, "CreditMemo", act.day(memo.effective_date)))
        put = _fitted(memo.held, invoices, draft.invoices, memo.effective_date)
        keys = events.event_keys(act, len(put))
        whole = memo.held.side.money(memo.totals.whole)
        what = f"Credit memo {memo.number} of {whole} posted" if draft.post else f"Credit memo of {whole} drafted"
        touched = {"CreditMemo": [memo.key], "Invoice": sorted(invoices), "Application": keys}
        act.record(f"{what} for {memo.account}", touched)
        memos.write_memo(act, memo)
        events.write_events(act, put, keys)
    return Made(memo.key, act.changes)


def post_memo(workspace: Workspace, key: int, *, on: date | None = None, apply_to_source: bool = False) -> Changes:
    """Post a draft memo on a day (None: its own), and put it on the invoice it credits, as far as that is open."""
    with deed(workspace, "post_memo") as act:
        invoices = hold(act, "Invoice", memos.source_of(act, key))
        held, row = _held(act, key)
        if row.status != "Draft":
            waits = row.status == "Pending"
            raise RequestError(
                f"{held.side.title} {'waits for approval' if waits else f'is {row.status.lower()} already'}.",
                "Somebody else approves it." if waits else "",
            )
        day = act.day(on or row.effective_date)
        side = replace(held.side, since=day)
        source = next(iter(invoices.values()), None)
        if source is not None:
            rules.check_reference(source.side, side, memos.credited(act, source.key), day)
        if apply_to_source and source is None:
            raise RequestError("The credit memo refers to no invoice.", "Apply it to one by name.")
        number = take_number(act, "CreditMemo", day, row.number_series_id)
        posted = Held("CreditMemo", key, replace(side, status="Posted", number=number), row)
        wanted = [ForInvoice(source.key)] if apply_to_source and source is not None and source.side.left else []
        put = _fitted(posted, invoices, wanted, day)
        keys = events.event_keys(act, len(put))
        touched = {"CreditMemo": [key], "Invoice": sorted(invoices), "Application": keys}
        act.record(f"Credit memo {number} of {side.money(side.total)} posted for {side.account}", touched)
        memos.post_row(act, key, number=number, on=day)
        events.write_events(act, put, keys)
    return act.changes


def void_memo(workspace: Workspace, key: int, *, reason: str, on: date | None = None) -> Changes:
    """Void a posted memo with a reason: what it lies on is unapplied on that day, and it counts until then."""
    why = " ".join(reason.split())
    if not why:
        raise RequestError("Voiding a credit memo needs a reason.", "Say why.")
    with deed(workspace, "void_memo") as act:
        invoices = hold(act, "Invoice", applying.invoices_under(act, "CreditMemo", key))
        held, row = _held(act, key)
        if row.posted_at is None or row.status not in {"Posted", "Void In Progress"}:
            raise RequestError(
                f"{held.side.title} is {row.status.lower()}; only what is posted is voided.",
                "Cancel a draft instead." if row.status == "Draft" else "",
            )
        day = act.day(on)
        check_withdrawal(held.side, day, "voided")
        taken, puts = applying.withdraw(act, held, day)
        if any(put.row.invoice_id not in invoices for put in puts):
            raise RequestError(f"{held.side.title} was applied elsewhere meanwhile.", "Try again.")
        keys = events.event_keys(act, len(taken))
        touched = {"CreditMemo": [key], "Invoice": sorted(invoices), "Application": keys}
        act.record(f"{held.side.title} voided: {why}", touched)
        events.write_events(act, taken, keys)
        memos.void_row(act, key, reason=why, on=day)
    return act.changes


def cancel_memo(workspace: Workspace, key: int) -> Changes:
    """Cancel a memo that was never posted."""
    with deed(workspace, "cancel_memo") as act:
        held, row = _held(act, key)
        if row.status not in {"Draft", "Error"}:
            remedy = {"Posted": "Void it instead.", "Pending": "Reject the request for approval instead."}
            raise RequestError(
                f"{held.side.title} is {row.status.lower()} and is not canceled.", remedy.get(row.status, "")
            )
        act.record(f"Credit memo of {held.side.account} canceled", {"CreditMemo": [key]})
        memos.cancel_row(act, key)
    return act.changes


def _planned(act: Deed, draft: MemoDraft, source: Held | None) -> memos.NewMemo:
    on, why = draft.effective_date or act.today, (draft.reason, draft.description)
    if source is not None:
        lines = rules.checked_lines(draft.lines, draft.currency or source.side.currency)
        memo = memos.about_invoice(act, source, lines, on, why)
        account_key = draft.account_key or memo.account_key
        name = account_name(act, account_key)
        return replace(memo, account_key=account_key, account=name, currency=draft.currency or memo.currency)
    if draft.account_key is None:
        raise RequestError("A credit memo needs an account.", "Name it, or the invoice it credits.")
    return memos.NewMemo(
        key=memos.memo_key(act),
        account_key=draft.account_key,
        account=account_name(act, draft.account_key),
        currency=draft.currency,
        category="Standalone",
        source_action="Standalone",
        lines=rules.checked_lines(draft.lines, draft.currency),
        effective_date=on,
        reason=draft.reason.strip(),
        description=draft.description.strip(),
    )


def _fitted(memo: Held, invoices: dict[int, Held], wanted: Sequence[ForInvoice], on: date) -> list[events.Event]:
    parts = [applying.Part("CreditMemo", memo.key, one.invoice_key, one.amount) for one in wanted]
    return applying.fitted(invoices, {("CreditMemo", memo.key): memo}, parts, on, "")


def _held(act: Deed, key: int) -> tuple[Held, Row[Any]]:
    held = hold(act, "CreditMemo", [key])[key]
    if held.row is None:
        raise LookupError("the memo is not held")
    return held, held.row
