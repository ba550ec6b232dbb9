"""Which action does a bulk verb, called behind the window; the rules are the actions' own."""

from collections.abc import Callable, Sequence

from duedesk.actions.access.sharing import assign_owner
from duedesk.actions.cash.writing_off import write_off
from duedesk.actions.following.feed import add_notes
from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.drafting import delete_drafts
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.voiding import void
from duedesk.actions.workspace import Workspace
from duedesk.desk.bulk.doing import Asked, Deed
from duedesk.desk.bulk.verbs import MANNERS, BulkVerb
from duedesk.domain.changes import Changes
from duedesk.domain.write_off import REASONS

__all__ = ["DEEDS", "REASONS", "deed_of"]


def deed_of(workspace: Workspace, asked: Asked) -> Deed:
    """Give what does the verb to some of the invoices."""
    verb = asked.outlook.verb

    def deed(keys: Sequence[int]) -> tuple[Changes, str]:
        if verb is BulkVerb.WRITE_OFF:
            return _written_off(workspace, asked, keys[0])
        return DEEDS[verb](workspace, asked, keys), MANNERS[verb].done.capitalize()

    return deed


def _post(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:
    return post(workspace, keys, on=asked.on, convert_negative_lines=asked.converts)


def _cancel(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:
    return cancel(workspace, keys, reason=asked.reason)


def _reopen(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:  # noqa: ARG001 - one signature
    return reopen(workspace, keys)


def _delete(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:  # noqa: ARG001 - one signature
    return delete_drafts(workspace, keys)


def _note(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:
    return add_notes(workspace, keys, asked.comments)


def _write_off(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:
    return _written_off(workspace, asked, keys[0])[0]


def _written_off(workspace: Workspace, asked: Asked, key: int) -> tuple[Changes, str]:
    outcome = write_off(workspace, key, reason_code=asked.reason, comments=asked.comments, on=asked.on)
    text = "Written off" if outcome.request_key is None else "Waits for another person's approval"
    return outcome.changes, text


def _void(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:
    return void(workspace, keys, reason=asked.reason, on=asked.on, with_credit_memos=asked.with_credit_memos)


def _assign(workspace: Workspace, asked: Asked, keys: Sequence[int]) -> Changes:
    return assign_owner(workspace, keys, owner=asked.owner)


DEEDS: dict[BulkVerb, Callable[[Workspace, Asked, Sequence[int]], Changes]] = {
    BulkVerb.POST: _post,
    BulkVerb.CANCEL: _cancel,
    BulkVerb.REOPEN: _reopen,
    BulkVerb.DELETE: _delete,
    BulkVerb.VOID: _void,
    BulkVerb.ASSIGN: _assign,
    BulkVerb.WRITE_OFF: _write_off,
    BulkVerb.NOTE: _note,
}
"""What each verb does to these invoices in one transaction; writing off takes one invoice at a time."""
