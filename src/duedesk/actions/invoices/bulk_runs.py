"""A verb said to every invoice that a filter finds, in chunks, each with its own outcome; what was stopped is resumed.

First the keys are written down, as they are found in one state of the book; then each chunk is one transaction, in the
journal under the verb's own name and undone as that. Where a chunk is refused each of it is tried by itself, so that
one at fault does not keep the others back.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import insert, update
from sqlalchemy.exc import InterfaceError, OperationalError, StatementError

from duedesk.actions.deed import deed
from duedesk.actions.invoices.bulk_verbs import BulkVerb, Said, bulk_verb, check_said, read_said, require_leave
from duedesk.actions.invoices.criteria import criteria
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.filters import Filter
from duedesk.store.bulk import Keys, insert_rows
from duedesk.store.queries import bulk_runs
from duedesk.store.queries.bulk_runs import BulkRun
from duedesk.store.queries.lists import listing
from duedesk.store.settlement import chosen
from duedesk.store.tables.following import bulk_run, bulk_run_item

Progress = Callable[[int, int], None]
"""Told how many invoices of how many are done."""

CHUNK = 250
"""Invoices in one transaction: others wait so long, and so much is done again after a kill."""

_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """How a run stands after it was started or gone on with; `changes` tells what it changed.

    `already` are those that stood as it was said when it was started: they are no part of the run.
    """

    run: BulkRun
    changes: Changes = field(default_factory=Changes)
    already: int = 0


def start_bulk_run(
    workspace: Workspace,
    verb: str,
    asked: Filter,
    said: Said,
    *,
    among: "array[int] | None" = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    chunk: int = CHUNK,
) -> BulkOutcome:
    """Say a verb to all that a filter finds and it fits, or those `among` them; RequestError where there are none.

    `cancelled` is asked between chunks: what is left then can be gone on with.
    """
    verb_ = bulk_verb(verb)
    check_said(workspace.world, verb_, said)
    keys = workspace.ask(listing.keys_among, verb_.changing(asked, said), among)
    already = 0
    if verb_.changes is not None:
        already = len(workspace.ask(listing.keys_among, verb_.fitting(asked), among)) - len(keys)
    if not keys and already:
        raise RequestError(f"Nothing to change: {already:,} found, all {verb_.done} so already.")
    if not keys:
        raise RequestError("The condition finds none that this can be said to.", "Change the condition.")
    with deed(workspace, "start_bulk_run") as act:
        require_leave(act.connection, act.world.user, verb_)
        (run_key,) = Keys(act.connection).take(bulk_run, 1)
        values = {"id": run_key, "user_name": act.world.user, "verb": verb, "said": said.written()}
        values |= {"criteria": criteria(asked, among), "status": "Started", "total": len(keys), "created_date": act.now}
        act.connection.execute(insert(bulk_run).values(**values))
        items = Keys(act.connection).take(bulk_run_item, len(keys))
        rows = ((item, run_key, key, "Pending") for item, key in zip(items, keys, strict=True))
        insert_rows(act.connection, bulk_run_item, ("id", "bulk_run_id", "invoice_key", "status"), rows)
    outcome = resume_bulk_run(workspace, run_key, progress=progress, cancelled=cancelled, chunk=chunk)
    summary = f"{outcome.changes.summary}, {already:,} so already" if already else outcome.changes.summary
    return replace(outcome, already=already, changes=replace(outcome.changes, summary=summary))


def resume_bulk_run(
    workspace: Workspace,
    run_key: int,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    chunk: int = CHUNK,
) -> BulkOutcome:
    """Go on with a run that was stopped or killed; RequestError where it is over."""
    run = workspace.ask(bulk_runs.bulk_run_of, run_key, workspace.world.user)
    if run.is_over:
        raise RequestError("That is over: nothing is left to do.", "Start it anew.")
    verb, said = bulk_verb(run.verb), read_said(run.said)
    made: list[Changes] = []
    size, finished = 1 if verb.one_by_one else chunk, run.done + run.refused
    items = workspace.ask(bulk_runs.pending, run_key, size)
    while items and not (cancelled is not None and cancelled()):
        made += _do(workspace, verb, said, items)
        finished += len(items)
        if progress is not None:
            progress(finished, run.total)
        items = workspace.ask(bulk_runs.pending, run_key, size)
    if not items:
        _close(workspace, run_key, "Completed")
    run = workspace.ask(bulk_runs.bulk_run_of, run_key, workspace.world.user)
    return BulkOutcome(run, _together(made, run, verb))


def stop_bulk_run(workspace: Workspace, run_key: int) -> None:
    """End a run for good: what was done stays done, what is left is left alone."""
    run = workspace.ask(bulk_runs.bulk_run_of, run_key, workspace.world.user)
    if run.is_over:
        raise RequestError("That is over already.")
    _close(workspace, run_key, "Canceled")


def _do(workspace: Workspace, verb: BulkVerb, said: Said, items: Sequence[tuple[int, int]]) -> list[Changes]:
    """Say the verb to one chunk: all of it, else each by itself; every one is marked in the same transaction."""
    try:
        with deed(workspace, "bulk_run") as act:
            verb.do(replace(workspace, within=act), said, [key for _, key in items])
            among = chosen(act.connection, bulk_run_item.c.id, [item for item, _ in items])
            act.connection.execute(update(bulk_run_item).where(among).values(status="Done"))
    except (OperationalError, InterfaceError):
        raise
    except (RequestError, Question, StatementError) as refused:
        if len(items) > 1:
            return [one for item in items for one in _do(workspace, verb, said, [item])]
        _refuse(workspace, items[0][0], refused)
        return []
    return [act.changes]


def _refuse(workspace: Workspace, item: int, refused: Exception) -> None:
    reason = str(refused)
    if isinstance(refused, StatementError):
        inner = refused.orig
        reason = (
            str(inner) if isinstance(inner, RequestError) else f"The book refuses it: {str(inner).splitlines()[0]}."
        )
    with deed(workspace, "bulk_run") as act:
        own = update(bulk_run_item).where(bulk_run_item.c.id == item)
        act.connection.execute(own.values(status="Refused", reason=reason[:_LONGEST_REASON]))


def _close(workspace: Workspace, run_key: int, status: str) -> None:
    with deed(workspace, "bulk_run") as act:
        left = update(bulk_run_item).where(bulk_run_item.c.bulk_run_id == run_key, bulk_run_item.c.status == "Pending")
        act.connection.execute(left.values(status="Left"))
        over = update(bulk_run).where(bulk_run.c.id == run_key)
        act.connection.execute(over.values(status=status, completion_time=act.now))


def _together(made: Sequence[Changes], run: BulkRun, verb: BulkVerb) -> Changes:
    objects = frozenset[str]().union(*(one.objects for one in made))
    last = next((one.journal_id for one in reversed(made) if one.journal_id is not None), None)
    refused = f", {run.refused:,} refused" if run.refused else ""
    left = f", {run.pending:,} left" if run.pending else ""
    return Changes(objects, last, f"{run.done:,} {verb.done}{refused}{left}")
