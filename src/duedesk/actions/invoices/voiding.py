"""Posted invoices are voided with a reason: they count until that day, and what lay on them is unapplied on it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select, update

from duedesk.actions.cash import applying, events, memos, standing
from duedesk.actions.cash.events import Event
from duedesk.actions.cash.standing import Held
from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain import discount, voiding
from duedesk.domain.applying import check_withdrawal
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Verb, check
from duedesk.domain.money import grouped
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import credit_memo, invoice


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
    with deed(workspace, "void") as act:
        day = on or act.today
        memo_keys = [credit.key for found in _credits(act.connection, wanted).values() for credit in found]
        invoices = standing.hold(act, "Invoice", [*wanted, *_under(act, memo_keys)])
        for key in wanted:
            _check(invoices[key], day, act.today)
        gone = _gone(act, {key: invoices[key] for key in wanted}, with_credit_memos)
        taken = _taken_off(act, wanted, gone, invoices, day)
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


def _check(held: Held, on: date, today: date) -> None:
    side = held.side
    check(Verb.VOID, side.status, side.title if side.number else f"Invoice #{held.key}")
    last_day = max((day for day, _ in side.steps), default=None)
    if side.since is None:
        raise LookupError("a posted invoice without a date")
    voiding.check_day(side.title, invoice_date=side.since, last_day=last_day, on=on, today=today)


def _gone(act: Deed, invoices: Mapping[int, Held], with_credit_memos: bool | None) -> list[int]:  # noqa: FBT001
    """Give the memos that are voided too."""
    gone: list[voiding.Credit] = []
    for key, credits_ in _credits(act.connection, list(invoices)).items():
        named = invoices[key].side.title
        gone += voiding.credits_to_void(named, credits_, with_credit_memos=with_credit_memos)
    return [credit.key for credit in gone]


def _credits(connection: Connection, keys: Sequence[int]) -> dict[int, list[voiding.Credit]]:
    """Give by invoice the posted memos that came from it."""
    came_from = chosen(connection, credit_memo.c.source_invoice_id, keys)
    found = connection.execute(
        select(credit_memo)
        .where(came_from, credit_memo.c.status.in_(("Posted", "Void In Progress")))
        .order_by(credit_memo.c.id)
    )
    credits_: dict[int, list[voiding.Credit]] = {}
    for row in found:
        amount = f"{grouped(row.total_amount_with_tax, row.currency_iso_code)} {row.currency_iso_code}"
        only_closed_it = row.category == "InvoiceWriteOff" or row.reason_code == discount.REASON
        credit = voiding.Credit(row.id, f"Credit memo {row.document_number} of {amount}", only_closed_it)
        credits_.setdefault(row.source_invoice_id, []).append(credit)
    return credits_


def _under(act: Deed, memo_keys: Sequence[int]) -> list[int]:
    """Give the invoices that memos lie on, to be locked with the others."""
    return [key for memo_key in memo_keys for key in applying.invoices_under(act, "CreditMemo", memo_key)]


def _taken_off(
    act: Deed, keys: Sequence[int], gone: Sequence[int], invoices: Mapping[int, Held], on: date
) -> list[Event]:
    """Lock what lies on the invoices, and give the events that take it off, and the voided memos off every invoice."""
    puts = [put for key in keys for put in standing.standing(act.connection, source=("Invoice", key))]
    sources = applying.hold_sources(act, [*(put.source for put in puts), *(("CreditMemo", key) for key in gone)])
    for key in gone:
        check_withdrawal(sources["CreditMemo", key].side, on, "voided")
        puts += standing.standing(act.connection, source=("CreditMemo", key))
    lying = {put.row.id: put for put in puts}
    if any(put.row.invoice_id not in invoices for put in lying.values()):
        raise RequestError("A credit memo was applied elsewhere meanwhile.", "Try again.")
    return [events.take_off(put, put.standing.left, on, _comment(put, keys)) for _, put in sorted(lying.items())]


def _comment(put: standing.Put, voided: Sequence[int]) -> str:
    return f"Invoice {put.row.invoice} voided" if put.row.invoice_id in voided else "Credit memo voided"
