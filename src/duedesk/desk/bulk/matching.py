"""Says a verb to many invoices, tells what became of it, and goes on with what was stopped; it decides on no rule."""

from dataclasses import dataclass

from duedesk.actions.invoices.bulk_runs import BulkOutcome, resume_bulk_run, start_bulk_run
from duedesk.actions.invoices.bulk_verbs import Said
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.bulk.acting import DEEDS, REASONS, deed_of
from duedesk.desk.bulk.doing import Asked, Outcome, Told, do
from duedesk.desk.bulk.outlook import AllOutlook
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.store.queries.bulk_runs import BulkRun, bulk_runs, refused

__all__ = ["DEEDS", "REASONS", "Asked", "Left", "go_on", "left_over", "said_to"]

MOST_TOLD = 1_000
"""Refused invoices that are told of one by one."""


@dataclass(frozen=True, slots=True)
class Left:
    """A run that was stopped: what it is, and how many are left."""

    run: BulkRun
    verb: BulkVerb


def do_all(workspace: Workspace, asked: Asked, progress: Progress) -> Outcome:
    """Say a verb to all that a list finds and it fits."""
    if not isinstance(asked.outlook, AllOutlook):
        raise TypeError("that is said to invoices one by one")
    said = Said(asked.on, asked.reason, asked.comments, asked.owner, asked.with_credit_memos)
    done = start_bulk_run(
        workspace,
        asked.outlook.verb.value,
        asked.outlook.asked,
        said,
        among=asked.outlook.among,
        progress=progress.report,
        cancelled=progress.is_cancelled,
    )
    return _told(workspace, asked.outlook.verb, done)


def said_to(workspace: Workspace, asked: Asked, progress: Progress) -> Outcome:
    """Say a verb as it was asked for: to invoices that were picked, or to all that match."""
    if isinstance(asked.outlook, AllOutlook):
        return do_all(workspace, asked, progress)
    return do(workspace, asked, deed_of(workspace, asked), progress)


def left_over(workspace: Workspace) -> Left | None:
    """Give the run that was stopped last; None where none was."""
    for run in workspace.ask(bulk_runs, workspace.world.user, unfinished=True):
        return Left(run, BulkVerb(run.verb))
    return None


def go_on(workspace: Workspace, left: Left, progress: Progress) -> Outcome:
    """Go on with a run that was stopped."""
    done = resume_bulk_run(workspace, left.run.key, progress=progress.report, cancelled=progress.is_cancelled)
    return _told(workspace, left.verb, done)


def _told(workspace: Workspace, verb: BulkVerb, done: BulkOutcome) -> Outcome:
    told = tuple(
        Told(one.invoice_key, one.number, one.account, done=False, text=one.reason)
        for one in workspace.ask(refused, done.run.key, MOST_TOLD)
    )
    run = done.run
    return Outcome(verb, told, done.changes, all_done=run.done, all_refused=run.refused, left=run.pending)
