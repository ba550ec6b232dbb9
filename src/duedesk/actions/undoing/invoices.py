"""The opposites of what is done to invoices: drafts made and deleted, edited, posted, canceled and reopened."""

from collections.abc import Mapping
from typing import Any

from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.deleting import delete_drafts, require_drafts, restore_drafts
from duedesk.actions.invoices.editing import edit_draft, submit
from duedesk.actions.invoices.lines import put_lines_back
from duedesk.actions.invoices.terms import put_term_back
from duedesk.actions.invoices.voiding import void
from duedesk.actions.undoing.naming import called
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Status
from duedesk.domain.objects import CATALOG


def _delete(asked: Asked) -> Planned:
    keys = _untouched(asked)
    require_drafts(asked.connection, keys)
    sentence = f"Delete {called(asked.connection, 'Invoice', keys)}"
    return Planned(sentence, ("delete_drafts",), (lambda workspace: delete_drafts(workspace, keys),))


def _restore(asked: Asked) -> Planned:
    kept = asked.entry.before
    what = "deleted draft" if len(kept) == 1 else f"{len(kept):,} deleted drafts"
    return Planned(f"Put the {what} back", ("create_draft",), (lambda workspace: restore_drafts(workspace, kept),))


def _edit_back(asked: Asked) -> Planned:
    named, before = called(asked.connection, "Invoice", _untouched(asked)), asked.entry.before
    invoice = CATALOG.object("Invoice")
    labels = dict.fromkeys(invoice.field(name).label for values in before.values() for name in values)

    def edit(workspace: Workspace) -> None:
        for key, values in before.items():
            edit_draft(workspace, int(key), values)

    return Planned(f"Set {_listed(list(labels))} of {named} back to what it was", ("edit_draft",), (edit,))


def _lines_back(asked: Asked) -> Planned:
    named, before = called(asked.connection, "Invoice", _untouched(asked)), asked.entry.before
    count = sum(len(was["lines"]) for was in before.values())
    had = f"the {count} line{'' if count == 1 else 's'} it had" if count else "no lines, as it had none"
    sentence = f"Give {named} {had}"
    return Planned(sentence, ("set_lines",), (lambda workspace: put_lines_back(workspace, before),))


def _void(asked: Asked) -> Planned:
    """Undo a posting: its number stays used, and what was converted to a credit memo is voided with it."""
    keys, memos = asked.entry.keys("Invoice"), asked.entry.keys("CreditMemo")
    asked.require_untouched({"Invoice": keys, "CreditMemo": memos})
    too = f", and {called(asked.connection, 'CreditMemo', memos)}" if memos else ""
    sentence = f"Void {called(asked.connection, 'Invoice', keys)}{too}, {asked.dated}"
    kept = "; the number stays used" if len(keys) == 1 else "; the numbers stay used"

    def void_all(workspace: Workspace) -> None:
        void(workspace, keys, reason=asked.reason, with_credit_memos=True)

    return Planned(f"{sentence}{kept}", ("void",), (void_all,))


def _reopen(asked: Asked) -> Planned:
    keys = _untouched(asked)
    sentence = f"Reopen {called(asked.connection, 'Invoice', keys)} as a draft"
    return Planned(sentence, ("reopen",), (lambda workspace: reopen(workspace, keys),))


def _close(asked: Asked) -> Planned:
    """Undo a reopening: what was canceled is canceled again, what waited to be posted waits again."""
    keys = _untouched(asked)
    named, states = called(asked.connection, "Invoice", keys), {_status(was) for was in asked.entry.before.values()}
    if states == {Status.CANCELED}:
        return Planned(f"Cancel {named} again", ("cancel",), (lambda workspace: cancel(workspace, keys),))
    if states == {Status.PENDING}:
        sentence = f"Hand {named} over to be posted again"
        return Planned(sentence, ("submit",), (lambda workspace: submit(workspace, keys),))
    raise RequestError(
        f"It was {' or '.join(sorted(states))} before, where no verb leads back to.", "Post or cancel it."
    )


def _term_back(asked: Asked) -> Planned:
    before = asked.entry.before
    if {str(key) for key in asked.entry.keys("PaymentTerm")} - before.keys():
        raise RequestError("A payment term that was made stays.", "Set it inactive instead.")
    named = called(asked.connection, "PaymentTerm", [int(key) for key in before])
    sentence = f"Set {named} back to what it was"
    return Planned(sentence, ("save_term",), (lambda workspace: put_term_back(workspace, before),))


def _untouched(asked: Asked) -> list[int]:
    keys = asked.entry.keys("Invoice")
    asked.require_untouched({"Invoice": keys})
    return keys


def _status(was: Mapping[str, Any]) -> str:
    return str(was.get("Status", ""))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


OPPOSITES = {
    "create_draft": Opposite(_delete),
    "delete_drafts": Opposite(_restore, holds=()),
    "edit_draft": Opposite(_edit_back),
    "set_lines": Opposite(_lines_back),
    "submit": Opposite(_reopen),
    "post": Opposite(_void),
    "cancel": Opposite(_reopen),
    "reopen": Opposite(_close),
    "save_term": Opposite(_term_back, holds=()),
}
