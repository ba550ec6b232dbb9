"""A workbook taken back: what finance typed into it becomes notes, promises and disputes, by the verbs for these.

It is compared with the book under the turn of the writer, so that the same workbook twice changes nothing. What one
verb refuses keeps none of the others back; what is taken over is one action, and is undone as one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from duedesk.actions.deed import Deed, deed
from duedesk.actions.disputes import dispute
from duedesk.actions.dunning.promises import Part, promise, withdraw_promises
from duedesk.actions.following.feed import add_note
from duedesk.actions.workbook_compared import compared
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.taking_back import (
    Difference,
    Fate,
    Typed,
    Wanted,
    What,
    counts,
    in_short,
    wanted_by_default,
)
from duedesk.store.journal import wait_for_turn


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken over, and what was left with the reason."""

    taken: tuple[Difference, ...]
    left: tuple[Difference, ...]
    changes: Changes


def take_back(workspace: Workspace, typed: Typed, *, wanted: Wanted = wanted_by_default) -> TakenBack:
    """Take over what was typed and is wanted, as one action; RequestError where nothing of it is left to take over.

    What a verb refuses is left out and says why.
    """
    refused: dict[tuple[str, int, What], str] = {}
    while True:
        try:
            return _take(workspace, typed, wanted, refused)
        except _Refused as error:
            refused |= error.why


class _Refused(Exception):  # noqa: N818 - it starts the work again without what it names
    """Some of it was refused by the verbs: all is taken back, and done again without these."""

    def __init__(self, why: dict[tuple[str, int, What], str]) -> None:
        super().__init__()
        self.why = why


def _take(workspace: Workspace, typed: Typed, wanted: Wanted, refused: dict[tuple[str, int, What], str]) -> TakenBack:
    with deed(workspace, "take_back") as act:
        wait_for_turn(act.connection)
        found = [
            replace(one, fate=Fate.REFUSED, remark=refused[one.place]) if one.place in refused else one
            for one in compared(act.connection, typed, act.today)
        ]
        taken = [one for one in found if wanted(one) and one.fate in {Fate.TAKE, Fate.MEANWHILE}]
        if not taken:
            raise RequestError(f"There is nothing to take over from {typed.file}.", _why_nothing(found))
        invoices = sorted({one.invoice_key for one in taken if one.invoice_key is not None})
        withdrawn = [key for one in taken for key in one.replaces]
        details = {"Invoice": invoices, "withdrawn": withdrawn}
        act.record(f"{in_short(taken)} taken over from {typed.file}", details)
        why = {one.place: said for one in taken if (said := _do(workspace, act, one, typed.file))}
        if why:
            raise _Refused(why)
    places = {one.place for one in taken}
    return TakenBack(tuple(taken), tuple(one for one in found if one.place not in places), act.changes)


def _do(workspace: Workspace, act: Deed, one: Difference, file: str) -> str:
    """Say the verb of a difference; give why it refuses, nothing where it does not."""
    within, key, row = replace(workspace, within=act), one.invoice_key, one.row
    if key is None:
        return one.remark
    try:
        if one.what is What.COMMENT:
            add_note(within, key, row.comment)
        elif one.what is What.DISPUTE:
            dispute(within, key, reason_code=row.reason, words=f"From {file}")
        elif row.day is not None:
            if one.replaces:
                withdraw_promises(within, one.replaces, reason=f"Promised otherwise in {file}")
            promise(within, [Part(key, row.amount)], day=row.day, words=f"From {file}")
    except RequestError as error:
        return str(error)
    return ""


def give_back(workspace: Workspace, summary: str, steps: Sequence[Callable[[Workspace], object]]) -> Changes:
    """Undo what was taken over from a workbook, step by step as one action."""
    with deed(workspace, "give_back") as act:
        act.record(summary)
        for step in steps:
            step(replace(workspace, within=act))
    return act.changes


def _why_nothing(found: Sequence[Difference]) -> str:
    told = counts(found)
    if told[Fate.MEANWHILE]:
        return "What is left contradicts what happened in the book meanwhile."
    if told[Fate.ALREADY] and not told[Fate.REFUSED]:
        return "All of it stands in the book."
    return next((one.remark for one in found if one.fate is Fate.REFUSED), "Nothing was typed into its marked columns.")
