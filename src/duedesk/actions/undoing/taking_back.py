"""The opposite of taking a workbook back: its notes taken away, its promises withdrawn, its disputes resolved."""

from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, literal, select

from duedesk.actions.disputes import resolve
from duedesk.actions.dunning.promises import Part, promise, withdraw_promises
from duedesk.actions.following.feed import take_away
from duedesk.actions.taking_back import give_back
from duedesk.actions.undoing.naming import found
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned, Step
from duedesk.domain.disputes import WITHDRAWN
from duedesk.domain.errors import RequestError
from duedesk.store.tables.columns import Flag
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.dunning import payment_promise
from duedesk.store.tables.following import invoice_feed


def _give_back(asked: Asked) -> Planned:
    """Take back all that the action made, and promise again what it withdrew, where its day is to come."""
    connection, entry = asked.connection, asked.entry.id
    left = invoice_feed.c.is_deleted == literal(value=False, type_=Flag)
    notes = _keys(connection, select(invoice_feed.c.id).where(invoice_feed.c.journal_id == entry, left))
    made, open_ = payment_promise.c, payment_promise.c.withdrawn_on.is_(None)
    promises = _keys(connection, select(made.id).where(made.journal_id == entry, open_))
    standing = dispute.c.resolved_on.is_(None)
    disputes = _keys(connection, select(dispute.c.id).where(dispute.c.journal_id == entry, standing))
    asked.require_untouched({"InvoiceFeed": notes, "PaymentPromise": promises, "Dispute": disputes})
    steps: list[Step] = []
    if notes:
        steps.append(lambda workspace: take_away(workspace, *notes))
    if promises:
        steps.append(partial(withdraw_promises, keys=promises, reason=asked.reason))
    steps += [partial(resolve, key=key, resolution=WITHDRAWN, words=asked.reason) for key in disputes]
    rows = [found(connection, "PaymentPromise", key) for key in asked.entry.keys("withdrawn")]
    again = [row for row in rows if row.promise_date >= asked.today]
    steps += [
        partial(
            promise,
            parts=[Part(row.invoice_id, row.promised_amount)],
            day=row.promise_date,
            words=row.description or "",
            contact_key=row.contact_id,
        )
        for row in again
    ]
    if not steps:
        raise RequestError("Nothing of it is left.")
    sentence = f"Give back what was taken over: {_said(len(notes), len(promises), len(disputes), len(again))}"
    step = partial(give_back, summary=f"Given back: {asked.entry.summary}", steps=steps)
    return Planned(sentence, ("give_back",), (step,))


def _keys(connection: Connection, query: Select[Any]) -> list[int]:
    return [int(key) for key in connection.scalars(query)]


def _said(notes: int, promises: int, disputes: int, again: int) -> str:
    parts = (
        f"{_counted(notes, 'note')} taken away",
        f"{_counted(promises, 'promise')} withdrawn",
        f"{_counted(disputes, 'dispute')} resolved as withdrawn",
        f"{_counted(again, 'promise')} of before recorded again",
    )
    return ", ".join(part for count, part in zip((notes, promises, disputes, again), parts, strict=True) if count)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


OPPOSITES = {"take_back": Opposite(_give_back)}
