"""Money given back: what of a payment is not applied, and the refund canceled again; credit memos are not paid out."""

from datetime import date
from decimal import Decimal

from duedesk.actions.cash import payment_rows
from duedesk.actions.cash.standing import hold
from duedesk.actions.deed import deed
from duedesk.actions.invoices.series import take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain.applying import check_refund, check_refund_canceled
from duedesk.domain.changes import Changes, Made
from duedesk.domain.errors import RequestError


def refund(
    workspace: Workspace,
    payment_key: int,
    *,
    amount: Decimal | None = None,
    on: date | None = None,
    reference: str = "",
    comments: str = "",
) -> Made:
    """Give unapplied money back on a day, all that is left unless told; RequestError where less is left."""
    with deed(workspace, "refund") as act:
        side, day = hold(act, "Payment", [payment_key])[payment_key].side, act.day(on)
        wanted = side.room(day).amount if amount is None else amount
        if amount is None and wanted <= 0:
            raise RequestError(f"Nothing is unapplied of {side.name}.", "Unapply it first.")
        check_refund(side, wanted, day)
        key, number = payment_rows.refund_key(act), take_number(act, "Refund", day)
        touched = {"Refund": [key], "Payment": [payment_key]}
        act.record(f"Refund {number} of {side.money(wanted)} out of {side.name}", touched)
        payment_rows.insert_refund(act, key, number, side, payment_key, wanted, day, (reference, comments))
    return Made(key, act.changes)


def cancel_refund(workspace: Workspace, key: int, *, on: date | None = None) -> Changes:
    """Take a refund back on a day: the money is unapplied cash again from then on."""
    with deed(workspace, "cancel_refund") as act:
        payment_key = payment_rows.payment_of_refund(act, key)
        hold(act, "Payment", [payment_key])
        (row,) = act.hold("Refund", [key])
        day, number = act.day(on), row.refund_number or ""
        check_refund_canceled(number, row.status, row.effective_date, day)
        act.record(f"Refund {number} canceled", {"Refund": [key], "Payment": [payment_key]})
        payment_rows.end_refund(act, key, day)
    return act.changes
