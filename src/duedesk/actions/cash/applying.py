"""Apply payments and credit memos to invoices part by part, and take them off again; it makes neither."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from duedesk.actions.cash import events, standing
from duedesk.actions.cash.events import Event, put_on, take_off
from duedesk.actions.cash.standing import Held, Put, hold
from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.applying import Side, check_apply, check_unapply, fitting
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped
from duedesk.domain.names import tidy

Source = Literal["Payment", "CreditMemo"]


@dataclass(frozen=True, slots=True)
class Part:
    """An amount of a payment or credit memo for one invoice; None means as much as both sides have."""

    source: Source
    source_key: int
    invoice_key: int
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ForInvoice:
    """What of a payment or memo about to be made goes on an invoice at once; None means as much as fits."""

    invoice_key: int
    amount: Decimal | None = None


def apply(workspace: Workspace, parts: Sequence[Part], *, on: date | None = None, comments: str = "") -> Changes:
    """Apply parts on a day (None: today), all of them or none; RequestError names what stands in the way."""
    if not parts:
        raise RequestError("There is nothing to apply.", "Name an invoice and what pays it.")
    with deed(workspace, "apply") as act:
        day = act.day(on)
        invoices = hold(act, "Invoice", [part.invoice_key for part in parts])
        sources = hold_sources(act, [(part.source, part.source_key) for part in parts])
        put = fitted(invoices, sources, parts, day, tidy(comments))
        keys = events.event_keys(act, len(put))
        act.record(_said("Applied", put, invoices), {"Application": keys, **_touched(invoices, sources)})
        events.write_events(act, put, keys)
    return act.changes


def unapply(
    workspace: Workspace,
    application_keys: Sequence[int],
    *,
    on: date | None = None,
    comments: str = "",
    amounts: Mapping[int, Decimal] | None = None,
) -> Changes:
    """Take applications off their invoices on a day: what is left of each, or of those named the amount given."""
    if not application_keys:
        raise RequestError("There is nothing to unapply.", "Name an application.")
    with deed(workspace, "unapply") as act:
        day = act.day(on)
        wanted = standing.standing(act.connection, keys=application_keys)
        invoices = hold(act, "Invoice", [put.row.invoice_id for put in wanted])
        sources = hold_sources(act, [put.source for put in wanted])
        wanted = standing.standing(act.connection, keys=application_keys)  # as they are under the locks
        taken = []
        for put in wanted:
            amount = (amounts or {}).get(put.row.id, put.standing.left)
            check_unapply(put.standing, amount, day)
            taken.append(take_off(put, amount, day, tidy(comments)))
        keys = events.event_keys(act, len(taken))
        act.record(_said("Unapplied", taken, invoices), {"Application": keys, **_touched(invoices, sources)})
        events.write_events(act, taken, keys)
    return act.changes


def hold_sources(act: Deed, named: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Held]:
    """Lock payments, then credit memos, and give them by object and key."""
    found = {}
    for object_name in ("Payment", "CreditMemo"):
        keys = [key for name, key in named if name == object_name]
        found.update({(object_name, key): held for key, held in hold(act, object_name, keys).items()})
    return found


def fitted(
    invoices: Mapping[int, Held],
    sources: Mapping[tuple[str, int], Held],
    parts: Sequence[Part],
    on: date,
    comments: str,
) -> list[Event]:
    """Weigh parts one after the other and give their events; RequestError where one does not fit."""
    sides: dict[tuple[str, int], Side] = {("Invoice", key): held.side for key, held in invoices.items()}
    sides.update({named: held.side for named, held in sources.items()})
    found = []
    for part in parts:
        of_invoice, of_source = ("Invoice", part.invoice_key), (part.source, part.source_key)
        amount = part.amount
        if amount is None:
            amount = fitting(sides[of_source], sides[of_invoice], on)
            if amount <= 0:  # the rule says which of the two has nothing
                amount = Decimal(1)
        check_apply(sides[of_source], sides[of_invoice], amount, on)
        for side in (of_invoice, of_source):
            sides[side] = sides[side].used(amount, on)
        found.append(put_on(sources[of_source], invoices[part.invoice_key], amount, on, comments))
    return found


def withdraw(act: Deed, held: Held, on: date) -> tuple[list[Event], list[Put]]:
    """Give the events that take a locked source off every invoice it lies on, which are locked already.

    RequestError where somebody applied it elsewhere since the invoices were locked.
    """
    puts = standing.standing(act.connection, source=(held.object, held.key))
    return [take_off(put, put.standing.left, on) for put in puts], puts


def invoices_under(act: Deed, object_name: str, key: int) -> list[int]:
    """Give the invoices that a source lies on, to lock them before the source itself."""
    return [put.row.invoice_id for put in standing.standing(act.connection, source=(object_name, key))]


def _touched(invoices: Mapping[int, Held], sources: Mapping[tuple[str, int], Held]) -> dict[str, list[int]]:
    touched = {"Invoice": sorted(invoices)}
    for object_name, key in sorted(sources):
        touched.setdefault(object_name, []).append(key)
    return touched


def _said(verb: str, written: Sequence[Event], invoices: Mapping[int, Held]) -> str:
    """Say in a line what was applied: `Applied 60.00 EUR to I-1 and 40.00 EUR to I-2`."""
    word = "to" if verb == "Applied" else "from"

    def each() -> Iterator[str]:
        for event in written:
            number = invoices[event.invoice_key].side.number
            yield f"{grouped(event.amount, event.currency)} {event.currency} {word} {number}"

    if len(written) > _MOST_NAMED:
        return f"{verb} {len(written)} parts {word} {len(invoices)} invoices"
    return f"{verb} {' and '.join(each())}"


_MOST_NAMED = 3
