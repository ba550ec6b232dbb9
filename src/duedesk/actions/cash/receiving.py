"""Payments: received, edited while they are drafts, processed, canceled; where they go is asked of `applying`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from duedesk.actions.cash import discounting, events, payment_rows
from duedesk.actions.cash.applying import ForInvoice, Part, fitted, invoices_under, withdraw
from duedesk.actions.cash.standing import Held, account_name, hold
from duedesk.actions.deed import deed
from duedesk.actions.invoices.series import Want, lock_series, take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain.applying import Side, check_withdrawal
from duedesk.domain.changes import Changes, Made
from duedesk.domain.errors import RequestError


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A payment to be received: its day is today unless told; what is for no invoice stays unapplied cash."""

    account_key: int
    amount: Decimal
    currency: str
    effective_date: date | None = None
    status: Literal["Draft", "Processed"] = "Processed"
    reference: str = ""
    comments: str = ""
    type: str = "Sale"
    processing_mode: str = "External"
    invoices: tuple[ForInvoice, ...] = ()
    applied_on: date | None = None
    """The day it is put on the invoices; its own day unless told, and not before they are."""
    take_discount: bool = False
    """Grant the early payment discount of the invoices it pays in time."""


def receive_payment(workspace: Workspace, draft: PaymentDraft) -> Made:
    """Record money received, and put it on invoices at once where told; RequestError where a part does not fit."""
    with deed(workspace, "receive_payment") as act:
        invoices = hold(act, "Invoice", [one.invoice_key for one in draft.invoices])
        values = payment_rows.checked(_said(draft, act.today))
        name, day = account_name(act, draft.account_key), values["EffectiveDate"]
        on = draft.applied_on or max([day, *(held.side.since or day for held in invoices.values())])
        if draft.status == "Processed":
            act.day(max(day, on))
        lock_series(act, [Want("Payment", day)] + [Want("CreditMemo", on)] * draft.take_discount)
        key, number = payment_rows.payment_key(act), take_number(act, "Payment", day)
        side = Side(
            "Payment", number, draft.status, draft.account_key, name, values["CurrencyIsoCode"], draft.amount, day
        )
        parts = [Part("Payment", key, one.invoice_key, one.amount) for one in draft.invoices]
        put = fitted(invoices, {("Payment", key): Held("Payment", key, side)}, parts, on, "")
        granted = discounting.earned_by(act, invoices, put, paid_on=day) if draft.take_discount else []
        put += [one.event for one in granted]
        keys = events.event_keys(act, len(put))
        verb = "received" if draft.status == "Processed" else "drafted"
        act.record(
            f"Payment {number} of {side.money(draft.amount)} from {name} {verb}",
            {
                "Payment": [key],
                "Invoice": sorted(invoices),
                "Application": keys,
                "CreditMemo": [one.memo.key for one in granted],
            },
        )
        payment_rows.insert_payment(act, key, number, draft.status, values)
        discounting.write(act, granted)
        events.write_events(act, put, keys)
    return Made(key, act.changes)


def edit_payment(workspace: Workspace, key: int, values: Mapping[str, Any]) -> Changes:
    """Give fields of a draft payment anew, by API name; RequestError where it is processed already."""
    with deed(workspace, "edit_payment") as act:
        (row,) = act.hold("Payment", [key])
        changed, before = payment_rows.checked_edit(row, values)
        if "AccountId" in changed:
            account_name(act, changed["AccountId"])
        act.record(f"Payment {row.payment_number} edited", {"Payment": [key], "before": {str(key): before}})
        payment_rows.change_payment(act, key, changed)
    return act.changes


def process_payment(workspace: Workspace, key: int) -> Changes:
    """Turn a draft into money received; from then on it counts and can be applied."""
    with deed(workspace, "process_payment") as act:
        (row,) = act.hold("Payment", [key])
        if row.status != "Draft":
            raise RequestError(f"Payment {row.payment_number or ''} is {row.status.lower()} already.")
        act.day(row.effective_date)
        act.record(f"Payment {row.payment_number} processed", {"Payment": [key]})
        payment_rows.change_payment(act, key, {"Status": "Processed", "ProcessedAt": act.now})
    return act.changes


def cancel_payment(workspace: Workspace, key: int, *, on: date | None = None) -> Changes:
    """Cancel a payment on a day, as a bounced cheque: what it lies on is unapplied then; a draft just goes.

    RequestError while refunds of it stand, or where it was used after that day.
    """
    with deed(workspace, "cancel_payment") as act:
        invoices = hold(act, "Invoice", invoices_under(act, "Payment", key))
        held = hold(act, "Payment", [key])[key]
        side, day = held.side, act.day(on)
        _check_cancel(held, day)
        taken, puts = withdraw(act, held, day)
        if any(put.row.invoice_id not in invoices for put in puts):
            raise RequestError(f"{side.title} was applied elsewhere meanwhile.", "Try again.")
        keys = events.event_keys(act, len(taken))
        touched = {"Payment": [key], "Invoice": sorted(invoices), "Application": keys}
        act.record(f"{side.title} canceled", touched)
        events.write_events(act, taken, keys)
        # A draft never counted: there is no day from which it counts no more.
        until = {} if side.status == "Draft" else {"CancellationEffectiveDate": day}
        payment_rows.change_payment(act, key, {"Status": "Canceled", "CancellationDate": act.now, **until})
    return act.changes


def _check_cancel(held: Held, on: date) -> None:
    side = held.side
    if side.status == "Canceled":
        raise RequestError(f"{side.title} is canceled already.")
    if side.status == "Draft":
        return
    if held.row is not None and held.row.net_refund_applied:
        raise RequestError(
            f"{side.money(held.row.net_refund_applied)} of {side.name} was given back.", "Cancel the refund first."
        )
    check_withdrawal(side, on, "canceled")


def _said(draft: PaymentDraft, today: date) -> dict[str, Any]:
    return {
        "AccountId": draft.account_key,
        "Amount": draft.amount,
        "CurrencyIsoCode": draft.currency,
        "EffectiveDate": draft.effective_date or today,
        "GatewayRefNumber": draft.reference,
        "Comments": draft.comments,
        "Type": draft.type,
        "ProcessingMode": draft.processing_mode,
    }
