"""Letters that were issued are cancelled: the levels before come back, and fees and interest go with their letter.

A letter that has left the house by mail can be cancelled too: what came back says so, for somebody has read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.dunning.charging_back import hold_charged, paid_on, take_charges_back
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.voiding import checked_reason
from duedesk.store.dunning_levels import restate_levels
from duedesk.store.queries.letters.issued import delivered
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import letter_delivery
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_run


@dataclass(frozen=True, slots=True)
class CancelledLetters:
    """What became of the letters: their numbers, and in sentences what else somebody has to know."""

    numbers: tuple[str, ...]
    voided: tuple[str, ...]
    """The invoices over fees and interest that were voided."""
    remarks: tuple[str, ...]
    changes: Changes


def cancel_letter(workspace: Workspace, key: int, reason: str) -> CancelledLetters:
    """Cancel one letter; RequestError where it is cancelled already, or no reason is given."""
    return cancel_letters(workspace, [key], reason)


def cancel_letters(workspace: Workspace, keys: Sequence[int], reason: str) -> CancelledLetters:
    """Cancel letters, all of them or none: their items find the level before again, what they charged is voided.

    Money that was paid on a fee is the customer's again, unapplied on the account.
    """
    why, wanted = checked_reason(reason), sorted(set(keys))
    if not wanted:
        raise RequestError("There is nothing to cancel.", "Choose letters that were issued.")
    with deed(workspace, "cancel_letter") as act:
        act.see("DunningLetter", wanted)
        items = _items(act, wanted)
        charged = hold_charged(act, wanted, items)
        waiting = _hold_waiting(act, wanted)
        rows = act.hold("DunningLetter", wanted)
        for row in rows:
            if row.status == "Cancelled":
                raise RequestError(f"Letter {row.number} was cancelled on {in_words(row.cancelled_on)} already.")
        remarks = (*paid_on(charged), *_mailed(act, rows))
        numbers = tuple(row.number for row in rows)
        said = f"Letter {numbers[0]}" if len(numbers) == 1 else f"{len(numbers):,} letters"
        mailed = f" ({remarks[-1]})" if len(numbers) == 1 and remarks else ""
        act.record(
            f"{said} cancelled: {why}{mailed}",
            {"DunningLetter": wanted, "Invoice": sorted({*items, *(one.key for one in charged)})},
        )
        _write(workspace, act, wanted, [one.key for one in charged], why)
        stays = {"status": "Withdrawn", "last_error": "The letter was cancelled.", "next_try_at": None}
        mine = chosen(act.connection, letter_delivery.c.id, waiting)
        act.connection.execute(update(letter_delivery).where(mine).values(**stays))
        restate_levels(act.connection, items)
    return CancelledLetters(numbers, tuple(one.side.number for one in charged), remarks, act.changes)


def _hold_waiting(act: Deed, keys: Sequence[int]) -> list[int]:
    """Lock the deliveries of letters that wait, before the letters as everywhere, and give their keys."""
    one = letter_delivery.c
    waits = select(one.id).where(chosen(act.connection, one.dunning_letter_id, keys), one.status == "Waiting")
    waiting = sorted(act.connection.scalars(waits))
    return [row.id for row in act.hold("LetterDelivery", waiting) if row.status == "Waiting"]


def _items(act: Deed, keys: Sequence[int]) -> list[int]:
    one = dunning_letter_item.c
    found = select(one.invoice_id).where(chosen(act.connection, one.dunning_letter_id, keys)).distinct()
    return sorted(act.connection.scalars(found))


def _write(workspace: Workspace, act: Deed, keys: Sequence[int], charged: Sequence[int], why: str) -> None:
    take_charges_back(workspace, act, keys, charged, why)
    fate = {
        "status": "Cancelled",
        "cancelled_on": act.today,
        "cancelled_at": act.now,
        "cancelled_by": act.world.user,
        "cancellation_reason": why,
    }
    letter, item = dunning_letter.c, dunning_letter_item.c
    mine = chosen(act.connection, item.dunning_letter_id, keys)
    act.hold("DunningLetterItem", act.connection.scalars(select(item.id).where(mine)).all())
    act.connection.execute(update(dunning_letter).where(chosen(act.connection, letter.id, keys)).values(**fate))
    act.connection.execute(update(dunning_letter_item).where(mine).values(is_cancelled=True))
    of_runs = select(letter.dunning_run_id).where(chosen(act.connection, letter.id, keys)).distinct()
    _close_runs(act, sorted(one for one in act.connection.scalars(of_runs) if one is not None))


def _close_runs(act: Deed, keys: Sequence[int]) -> None:
    """Say of runs that they are cancelled where no letter of them stands.

    On a server the server says it: the run may be another's, and some of its letters out of sight.
    """
    letter, run = dunning_letter.c, dunning_run.c
    own = select(run.id).where(run.id.in_(keys)).with_for_update()  # on a server that of another clerk is not
    act.hold("DunningRun", sorted(act.connection.scalars(own)))
    if act.connection.dialect.name == "postgresql":
        act.connection.execute(select(func.duedesk_close_runs(list(keys))))
        return
    stands = select(letter.id).where(letter.dunning_run_id == run.id, letter.status == "Issued")
    over = update(dunning_run).where(run.id.in_(keys), ~stands.correlate(dunning_run).exists())
    act.connection.execute(over.values(status="Cancelled"))


def _mailed(act: Deed, rows: Sequence[Row[tuple[object, ...]]]) -> list[str]:
    gone = delivered(act.connection, [row.id for row in rows])
    return [
        f"letter {row.number} has left by mail{f' to {gone[row.id]}' if gone[row.id] else ''}: tell the customer"
        for row in rows
        if row.id in gone
    ]
