"""The life of an invoice: its states, the moves between them and the verb of each; it stores and moves nothing."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from duedesk.domain.errors import RequestError


class Status(StrEnum):
    """The state of an invoice."""

    DRAFT = "Draft"
    DRAFT_IN_PROGRESS = "Draft In Progress"
    PENDING = "Pending"
    POSTING_IN_PROGRESS = "Posting In Progress"
    POSTED = "Posted"
    VOID_IN_PROGRESS = "Void In Progress"
    VOIDED = "Voided"
    CANCELED = "Canceled"
    ERROR = "Error"


class Verb(StrEnum):
    """What is done to an invoice as a whole; the first two leave its state alone."""

    EDIT = "edit"
    DELETE = "delete"
    SUBMIT = "submit"
    POST = "post"
    FAIL = "fail"
    VOID = "void"
    CANCEL = "cancel"
    REOPEN = "reopen"


_DONE = {
    Verb.EDIT: "edited",
    Verb.DELETE: "deleted",
    Verb.SUBMIT: "submitted",
    Verb.POST: "posted",
    Verb.FAIL: "set to error",
    Verb.VOID: "voided",
    Verb.CANCEL: "canceled",
    Verb.REOPEN: "reopened",
}

MOVES: dict[tuple[Status, Status], Verb] = {
    (Status.DRAFT_IN_PROGRESS, Status.DRAFT): Verb.REOPEN,
    (Status.DRAFT_IN_PROGRESS, Status.CANCELED): Verb.CANCEL,
    (Status.DRAFT, Status.PENDING): Verb.SUBMIT,
    (Status.DRAFT, Status.POSTING_IN_PROGRESS): Verb.POST,
    (Status.DRAFT, Status.POSTED): Verb.POST,
    (Status.DRAFT, Status.ERROR): Verb.FAIL,
    (Status.DRAFT, Status.CANCELED): Verb.CANCEL,
    (Status.PENDING, Status.DRAFT): Verb.REOPEN,
    (Status.PENDING, Status.POSTING_IN_PROGRESS): Verb.POST,
    (Status.PENDING, Status.POSTED): Verb.POST,
    (Status.PENDING, Status.ERROR): Verb.FAIL,
    (Status.PENDING, Status.CANCELED): Verb.CANCEL,
    (Status.POSTING_IN_PROGRESS, Status.POSTED): Verb.POST,
    (Status.POSTING_IN_PROGRESS, Status.ERROR): Verb.FAIL,
    (Status.POSTING_IN_PROGRESS, Status.DRAFT): Verb.REOPEN,
    (Status.ERROR, Status.DRAFT): Verb.REOPEN,
    (Status.ERROR, Status.CANCELED): Verb.CANCEL,
    (Status.POSTED, Status.VOID_IN_PROGRESS): Verb.VOID,
    (Status.POSTED, Status.VOIDED): Verb.VOID,
    (Status.VOID_IN_PROGRESS, Status.VOIDED): Verb.VOID,
    (Status.VOID_IN_PROGRESS, Status.POSTED): Verb.REOPEN,
    (Status.CANCELED, Status.DRAFT): Verb.REOPEN,
}
"""Every move that is allowed, with its verb; there is no other. From Voided nothing leads away.

Duedesk posts and voids in one transaction, so that the two states "In Progress" are only ever brought in from a system
that works in steps; `post`, `void` and `reopen` lead out of them.
"""

_KEPT = frozenset({Status.DRAFT, Status.DRAFT_IN_PROGRESS})
_LASTING = {Verb.POST: Status.POSTED, Verb.VOID: Status.VOIDED}
"""Where a verb leads that could also lead into a state that passes."""

_NOTHING_TO_DO = {
    (Verb.REOPEN, Status.DRAFT): "It can be edited as it is.",
    (Verb.CANCEL, Status.POSTED): "Void it instead.",
    (Verb.CANCEL, Status.VOID_IN_PROGRESS): "Void it instead.",
    (Verb.CANCEL, Status.POSTING_IN_PROGRESS): "Reopen it first.",
    (Verb.REOPEN, Status.POSTED): "Void it, or give a credit memo.",
    (Verb.POST, Status.POSTED): "Nothing is left to do.",
    (Verb.POST, Status.VOID_IN_PROGRESS): "Reopen it: that ends the voiding.",
    (Verb.CANCEL, Status.CANCELED): "Nothing is left to do.",
    (Verb.SUBMIT, Status.PENDING): "Nothing is left to do.",
    (Verb.VOID, Status.CANCELED): "It was never posted, so nothing is owed.",
}
_INSTEAD = {
    Status.POSTED: "Void it, or give a credit memo.",
    Status.VOID_IN_PROGRESS: "Void it, or reopen it first.",
    Status.VOIDED: "Make a new invoice.",
}


def called(number: str | None, key: int, status: str = Status.POSTED) -> str:
    """Give what an invoice is called in a sentence: by its number, or by its record key where it has none."""
    if number:
        return f"Invoice {number}"
    return f"Draft #{key}" if status == Status.DRAFT else f"Invoice #{key}"


def counted(rows: Sequence[Any], what: str = "drafts") -> str:
    """Give what rows of invoices are called in a sentence: the one by its name, several by how many they are.

    RequestError where there are none.
    """
    if not rows:
        raise RequestError("There is nothing to do.", "Choose invoices.")
    first = called(rows[0].document_number, rows[0].id, rows[0].status)
    return first if len(rows) == 1 else f"{len(rows):,} {what}"


def allows(verb: Verb, status: str) -> bool:
    """Tell whether a verb can be said to an invoice in that state."""
    known = Status(status)
    if verb in {Verb.EDIT, Verb.DELETE}:
        return known in _KEPT
    return any(begin is known and its_verb is verb for (begin, _), its_verb in MOVES.items())


def target(verb: Verb, status: str, named: str = "The invoice") -> Status:
    """Give the state a verb leads to; RequestError where it cannot be said to an invoice in that state."""
    check(verb, status, named)
    known = Status(status)
    if verb in _LASTING:
        return _LASTING[verb]
    return next((end for (begin, end), its_verb in MOVES.items() if begin is known and its_verb is verb), known)


def check(verb: Verb, status: str, named: str = "The invoice") -> None:
    """Refuse a verb that the state does not allow: what the invoice is, why not, and what to do instead."""
    if allows(verb, status):
        return
    known = Status(status)
    raise RequestError(f"{named} is {_in_words(known)} and cannot be {_DONE[verb]}.", _remedy(verb, known))


def _remedy(verb: Verb, status: Status) -> str:
    if (verb, status) in _NOTHING_TO_DO:
        return _NOTHING_TO_DO[verb, status]
    if verb is Verb.VOID and status is not Status.VOIDED:
        return "It is not posted: cancel it instead." if allows(Verb.CANCEL, status) else "Reopen it first."
    return _INSTEAD.get(status, "Reopen it first.")


def _in_words(status: Status) -> str:
    words = {
        Status.DRAFT: "a draft",
        Status.DRAFT_IN_PROGRESS: "still being drafted",
        Status.PENDING: "waiting to be posted",
        Status.POSTING_IN_PROGRESS: "being posted",
        Status.VOID_IN_PROGRESS: "being voided",
        Status.ERROR: "in error",
    }
    return words.get(status, status.lower())
