"""What a verb will do to all that a list finds, and what became of it: the filter is passed, never its records."""

from array import array
from dataclasses import dataclass
from decimal import Decimal

from duedesk.actions.invoices.bulk_runs import BulkOutcome, resume_bulk_run, start_bulk_run
from duedesk.actions.invoices.bulk_verbs import BULK_VERBS, Said
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.bulk.acting import DEEDS, REASONS, deed_of
from duedesk.desk.bulk.doing import Asked, Outcome, Told, do
from duedesk.desk.bulk.outlook import AllOutlook
from duedesk.desk.bulk.verbs import BulkVerb, refusal
from duedesk.domain.filters import Compare, Filter, Not, Operator
from duedesk.domain.life_cycle import Status
from duedesk.store.queries import listing
from duedesk.store.queries.bulk_runs import BulkRun, bulk_runs, refused
from duedesk.store.queries.list_figures import figures

__all__ = ["DEEDS", "REASONS", "Asked", "Left", "go_on", "left_over", "look_at_all", "said_to"]

MOST_TOLD = 1_000
"""Refused invoices that are told of one by one."""


@dataclass(frozen=True, slots=True)
class Left:
    """A run that was stopped: what it is, and how many are left."""

    run: BulkRun
    verb: BulkVerb


def look_at_all(workspace: Workspace, verb: BulkVerb, asked: Filter, among: "array[int] | None" = None) -> AllOutlook:
    """Count those of a list that a verb fits, add them up by currency, and count the others by what bars them.

    `among` holds the keys of those that are selected; None stands for all.
    """
    fits = BULK_VERBS[verb.value].fits
    narrowed = asked if fits is None else asked.narrowed(fits)
    totals = workspace.ask(figures, narrowed, among)
    count = sum(one.count for one in totals)
    found = workspace.ask(listing.count, asked) if among is None else len(among)
    left_out: list[tuple[str, int]] = []
    if fits is not None and found > count:
        others = asked.narrowed(Not(fits))
        for status in Status:
            of_status = others.narrowed(Compare("Status", Operator.EQ, status.value))
            number = sum(one.count for one in workspace.ask(figures, of_status, among))
            if number:
                left_out.append((refusal(verb, status.value, is_open=False), number))
    amounts = tuple((one.currency, _figure(verb, one.total, one.balance)) for one in totals)
    return AllOutlook(verb, asked, count, amounts, tuple(left_out), among=among)


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


def _figure(verb: BulkVerb, total: Decimal, balance: Decimal) -> Decimal:
    return balance if verb is BulkVerb.WRITE_OFF else total
