"""Promises to pay: what a customer promises on invoices for a day, and withdraws; the ledger stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, insert, select, update

from duedesk.actions.cash.standing import hold
from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain import promises as rules
from duedesk.domain.applying import check_amount, check_posted
from duedesk.domain.changes import Changes
from duedesk.domain.days import in_words
from duedesk.domain.disputes import check_words
from duedesk.domain.money import ZERO, grouped
from duedesk.store.bulk import Keys
from duedesk.store.queries.dunning.kept_back import promises as promises_of
from duedesk.store.tables.dunning import payment_promise as table


@dataclass(frozen=True, slots=True)
class Part:
    """What is promised on one invoice: an amount, or None for all that is open and not promised before."""

    invoice_key: int
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that was recorded, one record an invoice."""

    keys: tuple[int, ...]
    names: tuple[str, ...]
    amounts: tuple[Decimal, ...]
    changes: Changes


def promise(
    workspace: Workspace,
    parts: Sequence[Part],
    *,
    day: date,
    words: str = "",
    contact_key: int | None = None,
    on: date | None = None,
) -> Promised:
    """Record that a customer promises to pay by a day, one invoice or several as one action; all of it or nothing."""
    said = check_words(words)
    rules.check_invoices([part.invoice_key for part in parts])
    with deed(workspace, "promise") as act:
        received = act.day(on)
        rules.check_promise_day(day, received)
        amounts, sides = _amounts(act, parts, received)
        keys = tuple(Keys(act.connection).take(table, len(parts)))
        names = tuple(_next_name(act, part.invoice_key, sides[place][0]) for place, part in enumerate(parts))
        entry = act.record(
            f"{_sum(amounts, sides)} promised for {in_words(day)} on {_named(sides)}",
            {"PaymentPromise": list(keys), "Invoice": [part.invoice_key for part in parts]},
        )
        for key, name, part, amount, (_, currency) in zip(keys, names, parts, amounts, sides, strict=True):
            values = {
                "id": key,
                "name": name,
                "invoice_id": part.invoice_key,
                "currency_iso_code": currency,
                "promised_amount": amount,
                "promise_date": day,
                "received_date": received,
                "contact_id": contact_key,
                "description": said or None,
                "recorded_at": act.now,
                "recorded_by": workspace.world.user,
                "journal_id": entry,
            }
            act.connection.execute(insert(table).values(**values))
            act.made("PaymentPromise", key)
    return Promised(keys, names, tuple(amounts), act.changes)


def withdraw_promises(
    workspace: Workspace, keys: Sequence[int], *, reason: str = "", on: date | None = None
) -> Changes:
    """Say that promises hold no more from a day on: taken back, or recorded by mistake."""
    said = check_words(reason)
    with deed(workspace, "withdraw_promise") as act:
        seen = act.see("PaymentPromise", keys)
        act.hold("Invoice", [row.invoice_id for row in seen])
        rows, day = act.hold("PaymentPromise", keys), act.day(on)
        for row in rows:
            rules.check_withdrawing(row.name, row.withdrawn_on)
        named = f"Promise {rows[0].name}" if len(rows) == 1 else f"{len(rows)} promises"
        invoices = [row.invoice_id for row in rows]
        act.record(f"{named} withdrawn", {"PaymentPromise": list(keys), "Invoice": invoices})
        values = {
            "withdrawn_on": day,
            "withdrawn_at": act.now,
            "withdrawn_by": workspace.world.user,
            "withdrawal_reason": said or None,
        }
        act.connection.execute(update(table).where(table.c.id.in_(list(keys))).values(**values))
    return act.changes


def _amounts(act: Deed, parts: Sequence[Part], received: date) -> tuple[list[Decimal], list[tuple[str, str]]]:
    """Give what is promised of each invoice, and its number and currency; RequestError where so much is not open."""
    keys = [part.invoice_key for part in parts]
    held, before = hold(act, "Invoice", keys), promises_of(act.connection, received, keys)
    amounts, sides = [], []
    for part in parts:
        side = held[part.invoice_key].side
        check_posted(side, "promised")
        promised, _ = rules.still_promised(before.get(part.invoice_key, ()), received, 0)
        room = side.room(received).amount
        if part.amount is not None:
            check_amount(part.amount, side.currency, whole=(room - promised, room))
        amounts.append(rules.promised_amount(part.amount, room, promised, side.currency, side.name))
        sides.append((side.number, side.currency))
    return amounts, sides


def _next_name(act: Deed, invoice_key: int, number: str) -> str:
    """Call the first promise of an invoice `I-7/P1`."""
    before = act.connection.scalar(select(func.count()).where(table.c.invoice_id == invoice_key)) or 0
    return f"{number}/P{before + 1}"


def _sum(amounts: Sequence[Decimal], sides: Sequence[tuple[str, str]]) -> str:
    totals: dict[str, Decimal] = {}
    for amount, (_, currency) in zip(amounts, sides, strict=True):
        totals[currency] = totals.get(currency, ZERO) + amount
    return " and ".join(f"{grouped(total, currency)} {currency}" for currency, total in totals.items())


def _named(sides: Sequence[tuple[str, str]]) -> str:
    return sides[0][0] if len(sides) == 1 else f"{len(sides)} invoices"
