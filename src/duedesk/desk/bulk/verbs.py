"""The verbs that are said to many invoices, and how each is spoken of; whether a state allows one the domain knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from duedesk.domain import life_cycle
from duedesk.domain.life_cycle import Status
from duedesk.domain.life_cycle import Verb as Move


class BulkVerb(Enum):
    """What is done to many invoices."""

    POST = "post"
    CANCEL = "cancel"
    REOPEN = "reopen"
    DELETE = "delete"
    VOID = "void"
    WRITE_OFF = "write off"
    ASSIGN = "assign"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a verb is spoken of: in a menu, on a button, when it is done, and where nothing selected allows it."""

    menu: str
    do: str
    done: str
    none: str
    keys: tuple[str, ...] = ()
    move: Move | None = None
    """The move of an invoice's life it is; None where it is none."""
    follows_rule: bool = False


MANNERS: dict[BulkVerb, Manner] = {
    BulkVerb.POST: Manner("&Post…", "Post", "posted", "no draft is selected", ("P",), Move.POST, follows_rule=True),
    BulkVerb.CANCEL: Manner(
        "Cance&l…", "Cancel them", "canceled", "nothing that is not yet posted is selected", ("C",), Move.CANCEL
    ),
    BulkVerb.REOPEN: Manner(
        "&Reopen…", "Reopen", "reopened", "nothing that was stopped is selected", ("R",), Move.REOPEN
    ),
    BulkVerb.DELETE: Manner("&Delete drafts…", "Delete", "deleted", "no draft is selected", ("Del",), Move.DELETE),
    BulkVerb.VOID: Manner(
        "&Void…", "Void", "voided", "nothing that is posted is selected", ("V",), Move.VOID, follows_rule=True
    ),
    BulkVerb.WRITE_OFF: Manner("&Write off…", "Write off", "written off", "nothing that is open is selected", ("W",)),
    BulkVerb.ASSIGN: Manner(
        "Assign o&wner…", "Assign", "assigned", "no invoice is selected", ("O",), follows_rule=True
    ),
    BulkVerb.NOTE: Manner("Add &note…", "Add note", "noted", "no invoice is selected", ("N",)),
}


def refusal(verb: BulkVerb, status: str, *, is_open: bool) -> str:
    """Say why a verb cannot be said to an invoice in that state; nothing where it can."""
    move = MANNERS[verb].move
    if move is not None and not life_cycle.allows(move, status):
        return _what_it_is(status)
    if verb is BulkVerb.WRITE_OFF and not is_open:
        return "nothing is open" if status == Status.POSTED else _what_it_is(status)
    return ""


def barred(verb: BulkVerb, states: Iterable[tuple[str, bool]]) -> str:
    """Say why a verb cannot be said to any of the selected, by their states and whether they are open."""
    if any(not refusal(verb, status, is_open=is_open) for status, is_open in states):
        return ""
    return MANNERS[verb].none


def _what_it_is(status: str) -> str:
    words = {"Draft": "a draft still", "Error": "in error", "Draft In Progress": "being drafted"}
    return words.get(status, status.lower())
