"""The discount for paying early, granted as a credit memo that refers to its invoice; what was paid is not changed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, func, select

from duedesk.actions.cash import events
from duedesk.actions.cash.events import Event, put_on
from duedesk.actions.cash.memos import NewMemo, about_invoice, single_line, write_memo
from duedesk.actions.cash.standing import Held, hold
from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.series import take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.discount import REASON, Offer, earned
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import application, credit_memo, payment


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount about to be granted: its credit memo, and the event that puts it on the invoice."""

    memo: NewMemo
    event: Event


@dataclass(frozen=True, slots=True)
class Granted:
    """A discount that was granted: its credit memo and its amount."""

    key: int
    amount: Decimal
    changes: Changes


def grant_discount(workspace: Workspace, invoice_key: int, *, on: date | None = None) -> Granted:
    """Grant the discount of an invoice that was paid in time: a posted credit memo takes what is left off it.

    RequestError where no discount is offered, nothing was paid in time, or more is open than was offered.
    """
    with deed(workspace, "grant_discount") as act:
        held = hold(act, "Invoice", [invoice_key])[invoice_key]
        one = _planned(act, held, on=act.day(on), paid_on=_paid_on(act.connection, invoice_key))
        keys = events.event_keys(act, 1)
        touched = {"Invoice": [invoice_key], "CreditMemo": [one.memo.key], "Application": keys}
        amount = held.side.money(one.event.amount)
        act.record(f"Discount of {amount} on {held.side.number} granted by {one.memo.number}", touched)
        write(act, [one])
        events.write_events(act, [one.event], keys)
    return Granted(one.memo.key, one.event.amount, act.changes)


def earned_by(act: Deed, invoices: Mapping[int, Held], put: Sequence[Event], *, paid_on: date) -> list[Discount]:
    """Give the discounts that a payment about to be made earns on the invoices it is put on; none where none is."""
    found = []
    for key in dict.fromkeys(event.invoice_key for event in put):
        held = invoices[key]
        if held.row is None or not held.row.discount_amount:
            continue
        side, day = held.side, paid_on
        for event in put:
            if event.invoice_key == key:
                side, day = side.used(event.amount, event.on), max(day, event.on)
        before = _paid_on(act.connection, key)
        latest = max(paid_on, before) if before else paid_on
        with suppress(RequestError):  # no payment is refused for want of a discount
            found.append(_planned(act, Held("Invoice", key, side, held.row), on=day, paid_on=latest))
    return found


def write(act: Deed, granted: Sequence[Discount]) -> None:
    """Write the memos of discounts; their events are written with the others."""
    for one in granted:
        write_memo(act, one.memo)


def _planned(act: Deed, held: Held, *, on: date, paid_on: date | None) -> Discount:
    """Give the memo that grants a locked invoice's discount, numbered and not yet written."""
    row = held.row
    if row is None:
        raise LookupError("the invoice is not held")
    granted = _granted(act.connection, held.key)
    offer = Offer(row.discount_date, row.discount_amount)
    amount = earned(held.side, offer, paid_on=paid_on, granted=granted, on=on)
    memo = about_invoice(act, held, single_line(REASON, amount), on, (REASON, ""))
    memo = memo.posted(take_number(act, "CreditMemo", on))
    return Discount(memo, put_on(memo.held, held, amount, on, REASON))


def _paid_on(connection: Connection, invoice_key: int) -> date | None:
    """Give the latest effective date of the payments that lie on an invoice."""
    net = func.sum(-application.c.impact_amount)
    on_it = (
        select(payment.c.effective_date.label("day"), net.label("net"))
        .join(payment, payment.c.id == application.c.payment_id)
        .where(application.c.invoice_id == invoice_key)
        .group_by(payment.c.id, payment.c.effective_date)
        .having(net != NOTHING)
        .subquery()
    )
    latest: date | None = connection.scalar(select(func.max(on_it.c.day)))
    return latest


def _granted(connection: Connection, invoice_key: int) -> Decimal:
    own = (
        credit_memo.c.source_invoice_id == invoice_key,
        credit_memo.c.reason_code == REASON,
        credit_memo.c.status == "Posted",
    )
    return connection.scalar(select(func.sum(credit_memo.c.total_amount_with_tax)).where(*own)) or ZERO
