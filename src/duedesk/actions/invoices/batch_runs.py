"""Batch runs: every draft that a filter finds is posted, in chunks, each invoice with its own outcome.

First a transaction writes the run and its items; then each chunk is one. A run that was killed is resumed: what its
items say was done is not done again.
"""

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from duedesk.actions.deed import deed
from duedesk.actions.invoices.batch_chunks import CHUNK, post_chunk
from duedesk.actions.invoices.criteria import criteria
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.store.bulk import Keys, insert_rows
from duedesk.store.queries.batch_runs import BatchRun, batch_run
from duedesk.store.queries.lists import listing
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.posting import invoice_batch_run, invoice_batch_run_item

Progress = Callable[[int, int], None]
"""Told how many invoices of how many are done."""

READY = Compare("Status", Operator.IN, ("Draft", "Pending"))
LONGEST_COMMENTS = 1000
_OBJECTS = frozenset({"Invoice", "InvoiceBatchRun", "CreditMemo", "PaymentSchedule"})


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """How a run stands after it was started or gone on with."""

    run: BatchRun
    changes: Changes

    @property
    def run_key(self) -> int:
        """Give the key of the run."""
        return self.run.key


def start_batch_run(
    workspace: Workspace,
    asked: Filter,
    *,
    among: "array[int] | None" = None,
    on: date | None = None,
    comments: str = "",
    convert_negative_lines: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    chunk: int = CHUNK,
) -> BatchOutcome:
    """Post every draft that a filter finds, or those `among` them, as of a day (None: today), in the filter's order.

    RequestError where it finds none. `cancelled` is asked between chunks; what is left then stays a draft.
    """
    if len(comments) > LONGEST_COMMENTS:
        raise RequestError(f"The comments are longer than {LONGEST_COMMENTS:,} characters.")
    keys = workspace.ask(listing.keys_among, asked.narrowed(READY), among)
    if not keys:
        raise RequestError("There is no draft to post.", "Change the condition.")
    with deed(workspace, "start_batch_run") as act:
        day = on or act.today
        if day > act.today:
            raise RequestError(f"Nothing is posted on {day}: that day is to come.", "Start it then.")
        (run_key,) = Keys(act.connection).take(invoice_batch_run, 1)
        number = f"BR-{run_key:05d}"
        said = {"on": day.isoformat(), "convert_negative_lines": convert_negative_lines}
        act.record(f"Batch run {number} of {len(keys):,} drafts started", {"InvoiceBatchRun": [run_key], **said})
        values = {"id": run_key, "invoice_batch_run_number": number, "status": "Started", "journal_id": act.journal_id}
        values |= {"criteria": criteria(asked, among), "comments": comments.strip() or None}
        values |= {"start_time": act.now, "created_date": act.now, "total_draft_invoices": len(keys)}
        act.connection.execute(insert(invoice_batch_run).values(**values))
        act.made("InvoiceBatchRun", run_key)
        item_keys = Keys(act.connection).take(invoice_batch_run_item, len(keys))
        insert_rows(
            act.connection,
            invoice_batch_run_item,
            ("id", "invoice_batch_run_id", "invoice_id", "status", "journal_id"),
            ((item, run_key, key, "Pending", act.journal_id) for item, key in zip(item_keys, keys, strict=True)),
        )
    return resume_batch_run(workspace, run_key, progress=progress, cancelled=cancelled, chunk=chunk)


def resume_batch_run(
    workspace: Workspace,
    run_key: int,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    chunk: int = CHUNK,
) -> BatchOutcome:
    """Go on with a run that was killed or left, as of the day it was started for; RequestError where it is over."""
    run = workspace.ask(batch_run, run_key)
    if run.is_over:
        raise RequestError(f"Batch run {run.number} is {run.status.lower()} and goes on no more.", "Start another.")
    day, convert = workspace.ask(_said_of, run_key)
    changed: list[Changes] = []
    while True:
        if cancelled is not None and cancelled():
            changed.append(stop_batch_run(workspace, run_key))
        else:
            changed.append(post_chunk(workspace, run_key, on=day, convert_negative_lines=convert, size=chunk))
        run = workspace.ask(batch_run, run_key)
        if progress is not None:
            progress(run.found - run.pending, run.found)
        if run.is_over:
            return BatchOutcome(run, _together(changed, run))


def stop_batch_run(workspace: Workspace, run_key: int) -> Changes:
    """Stop a run for good: what it posted stays posted, what is left stays a draft."""
    with deed(workspace, "stop_batch_run") as act:
        (run,) = act.hold("InvoiceBatchRun", [run_key])
        if run.status not in {"Pending", "Started"}:
            raise RequestError(f"Batch run {run.invoice_batch_run_number} is over already.")
        act.record(f"Batch run {run.invoice_batch_run_number} stopped", {"InvoiceBatchRun": [run_key]})
        item = invoice_batch_run_item.c
        left = update(invoice_batch_run_item).where(item.invoice_batch_run_id == run_key, item.status == "Pending")
        act.connection.execute(left.values(status="Skipped", reason="The run was stopped.", completion_time=act.now))
        stopped = update(invoice_batch_run).where(invoice_batch_run.c.id == run_key)
        act.connection.execute(stopped.values(status="Canceled", completion_time=act.now))
    return act.changes


def _said_of(connection: Connection, run_key: int) -> tuple[date | None, bool]:
    """Give the day a run posts on, and whether it converts negative lines, as it was started."""
    started = (
        select(journal_entry.c.details)
        .join(invoice_batch_run, invoice_batch_run.c.journal_id == journal_entry.c.id)
        .where(invoice_batch_run.c.id == run_key)
    )
    said = json.loads(connection.scalar(started) or "{}")
    return date.fromisoformat(said["on"]) if "on" in said else None, bool(said.get("convert_negative_lines"))


def _together(changed: Sequence[Changes], run: BatchRun) -> Changes:
    summary = f"Batch run {run.number}: {run.posted:,} posted, {run.failed:,} failed, {run.skipped:,} skipped"
    objects = frozenset().union(*(one.objects for one in changed)) or _OBJECTS
    last = next((one.journal_id for one in reversed(changed) if one.journal_id is not None), None)
    return Changes(objects, last, summary)
