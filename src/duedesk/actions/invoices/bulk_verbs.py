"""The verbs that can be said to all invoices that a filter finds: which states each fits, and what does it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from duedesk.actions.access.sharing import assign_owner
from duedesk.actions.cash.writing_off import write_off
from duedesk.actions.following.feed import add_notes, note_text
from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.deleting import delete_drafts
from duedesk.actions.invoices.voiding import void
from duedesk.actions.permission import permit
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import OPEN, All, Compare, Condition, Filter, Operator, in_group
from duedesk.domain.life_cycle import Status, allows
from duedesk.domain.life_cycle import Verb as Move
from duedesk.domain.world import World


@dataclass(frozen=True, slots=True)
class Said:
    """What a verb is told beside which invoices: the day, a reason, who they are given to."""

    on: date | None = None
    reason: str = ""
    comments: str = ""
    owner: int | None = None
    with_credit_memos: bool | None = None

    def written(self) -> str:
        """Write it down, to go on with it later."""
        day = None if self.on is None else self.on.isoformat()
        return json.dumps(asdict(replace(self, on=None)) | {"on": day}, sort_keys=True)


def read_said(text: str) -> Said:
    """Read what was written down."""
    held: dict[str, Any] = json.loads(text)
    return Said(**held | {"on": date.fromisoformat(held["on"]) if held["on"] else None})


@dataclass(frozen=True, slots=True)
class BulkVerb:
    """A verb: the action it is, what it is called when it is done, and which invoices it fits."""

    action: str
    done: str
    fits: Condition | None
    do: Callable[[Workspace, Said, Sequence[int]], object]
    one_by_one: bool = False
    needs_reason: bool = False
    needs_words: bool = False
    changes: Callable[[Said], Condition] | None = None
    """Which of those that it fits do not stand as it is said already; None where every one is changed."""

    def fitting(self, asked: Filter) -> Filter:
        """Give what finds the invoices of a filter that it can be said to."""
        return asked if self.fits is None else asked.narrowed(self.fits)

    def changing(self, asked: Filter, said: Said) -> Filter:
        """Give what finds those of them that it changes."""
        fitting = self.fitting(asked)
        return fitting if self.changes is None else fitting.narrowed(self.changes(said))


def _movable(move: Move) -> Condition:
    return Compare("Status", Operator.IN, tuple(status.value for status in Status if allows(move, status)))


def _write_off(workspace: Workspace, said: Said, keys: Sequence[int]) -> object:
    return write_off(workspace, keys[0], reason_code=said.reason, comments=said.comments, on=said.on)


BULK_VERBS: Mapping[str, BulkVerb] = {
    "cancel": BulkVerb(
        "cancel",
        "canceled",
        _movable(Move.CANCEL),
        lambda workspace, said, keys: cancel(workspace, keys, reason=said.reason),
    ),
    "reopen": BulkVerb("reopen", "reopened", _movable(Move.REOPEN), lambda workspace, _, keys: reopen(workspace, keys)),
    "delete": BulkVerb(
        "delete_drafts",
        "deleted",
        _movable(Move.DELETE),
        lambda workspace, _, keys: delete_drafts(workspace, keys),
    ),
    "void": BulkVerb(
        "void",
        "voided",
        _movable(Move.VOID),
        lambda workspace, said, keys: void(
            workspace, keys, reason=said.reason, on=said.on, with_credit_memos=said.with_credit_memos
        ),
        needs_reason=True,
    ),
    "write off": BulkVerb(
        "write_off",
        "written off",
        All((OPEN, Compare("Status", Operator.EQ, Status.POSTED.value))),
        _write_off,
        one_by_one=True,
        needs_reason=True,
    ),
    "assign": BulkVerb(
        "assign_owner",
        "assigned",
        None,
        lambda workspace, said, keys: assign_owner(workspace, keys, owner=said.owner),
        changes=lambda said: replace(in_group("OwnerId", said.owner), operator=Operator.NE),
    ),
    "note": BulkVerb(
        "add_note",
        "noted",
        None,
        lambda workspace, said, keys: add_notes(workspace, keys, said.comments),
        needs_words=True,
    ),
}
"""By the name that the terminal takes; posting all that match is a batch run's matter."""


def bulk_verb(name: str) -> BulkVerb:
    """Find a verb by its name; RequestError where there is none."""
    if name not in BULK_VERBS:
        hint = "`duedesk batch-run start` posts." if name == "post" else f"There are {', '.join(BULK_VERBS)}."
        raise RequestError(f"“{name}” cannot be said to all that match.", hint)
    return BULK_VERBS[name]


def check_said(world: World, verb: BulkVerb, said: Said) -> None:
    """RequestError where what is told would be refused of each in turn: no reason, no words, a day that is to come."""
    if verb.needs_reason and not said.reason.strip():
        raise RequestError("Say why.", "A reason is kept with each of them.")
    if verb.needs_words and not note_text(said.comments):
        raise RequestError("The note says nothing.", "Write what each of them is to keep.")
    world.day(said.on)


def require_leave(connection: Connection, user: str, verb: BulkVerb) -> None:
    """RequestError where a verb is not a person's to say: it would be refused of each in turn."""
    permit(connection, user, verb.action)
