"""Posted invoices are voided with a reason: they count until that day, and what lay on them is unapplied on it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import update

from duedesk.actions.cash import events, memos, standing
from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.releasing import credits_of, invoices_under, taken_off
from duedesk.actions.workspace import Workspace
from duedesk.domain import voiding
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Verb, check
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice


def void(
    workspace: Workspace,
    keys: Sequence[int],
    *,
    reason: str,
    on: date | None = None,
    with_credit_memos: bool | None = None,
) -> Changes:
    """Void posted invoices as of a day (None: today), all of them or none.

    What was applied is unapplied on that day and is free again; what was written off is voided with them. Question
    where another credit memo came from one: `with_credit_memos` says whether it is voided too or kept.
    """
    why = voiding.checked_reason(reason)
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise RequestError("There is nothing to void.", "Choose posted invoices.")
    with deed(workspace, "void") as act:
        day = on or act.today
        memo_keys = [credit.key for found in credits_of(act.connection, wanted).values() for credit in found]
        invoices = standing.hold(act, "Invoice", [*wanted, *invoices_under(act, memo_keys)])
        for key in wanted:
            _check(invoices[key], day, act.today)
        gone = _gone(act, {key: invoices[key] for key in wanted}, with_credit_memos)
        taken = taken_off(act, wanted, gone, invoices, day)
        event_keys = events.event_keys(act, len(taken))
        touched = {"Invoice": wanted, "CreditMemo": list(gone), "Application": event_keys}
        named = invoices[wanted[0]].side.title if len(wanted) == 1 else f"{len(wanted):,} invoices"
        act.record(f"{named} voided: {why}", touched)
        events.write_events(act, taken, event_keys)
        for key in gone:
            memos.void_row(act, key, reason=why, on=day)
        values = {"status": "Voided", "voided_date": day, "voided_at": act.now, "void_reason": why}
        act.connection.execute(update(invoice).where(chosen(act.connection, invoice.c.id, wanted)).values(**values))
    return act.changes


def _check(held: standing.Held, on: date, today: date) -> None:
    side = held.side
    check(Verb.VOID, side.status, side.title if side.number else f"Invoice #{held.key}")
    last_day = max((day for day, _ in side.steps), default=None)
    if side.since is None:
        raise LookupError("a posted invoice without a date")
    voiding.check_day(side.title, invoice_date=side.since, last_day=last_day, on=on, today=today)


def _gone(act: Deed, invoices: Mapping[int, standing.Held], with_credit_memos: bool | None) -> list[int]:  # noqa: FBT001
    """Give the memos that are voided too."""
    gone: list[voiding.Credit] = []
    for key, credits_ in credits_of(act.connection, list(invoices)).items():
        named = invoices[key].side.title
        gone += voiding.credits_to_void(named, credits_, with_credit_memos=with_credit_memos)
    return [credit.key for credit in gone]
