"""Batch runs and what became of their invoices, as text and as JSON."""

from collections.abc import Sequence

from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted, moment
from duedesk.cli.terminal import Terminal
from duedesk.domain.days import write_moment
from duedesk.store.queries.batch_runs import BatchItem, BatchRun


def say_runs(terminal: Terminal, runs: Sequence[BatchRun], *, as_json: bool) -> None:
    """Say how each of several runs stands."""
    if as_json:
        write_json(terminal, {"runs": [_json(run) for run in runs]})
        return
    columns = (
        Column("Run"),
        Column("Status"),
        Column("Started"),
        *(Column(name, is_figure=True) for name in ("Drafts", "Posted", "Failed", "Skipped", "Left")),
        Column("Criteria"),
    )
    rows = (
        (
            run.number,
            run.status,
            "" if run.started is None else moment(run.started),
            *(f"{count:,}" for count in (run.found, run.posted, run.failed, run.skipped, run.pending)),
            run.criteria,
        )
        for run in runs
    )
    for line in table(columns, rows):
        terminal.say(line)


def say_run(terminal: Terminal, run: BatchRun, items: Sequence[BatchItem], *, as_json: bool, every: bool) -> None:
    """Say how a run stands, and what became of each invoice that was not posted, or of every one."""
    if as_json:
        write_json(terminal, {**_json(run), "items": [_item_json(item) for item in items]})
        return
    left = f", {run.pending:,} left" if run.pending else ""
    terminal.say(
        f"Batch run {run.number}: {run.status}; of {counted(run.found, 'draft')} {run.posted:,} posted, "
        f"{run.failed:,} failed, {run.skipped:,} skipped{left}"
    )
    shown = [item for item in items if every or item.status != "Posted"]
    if shown:
        columns = (Column("Invoice"), Column("Account"), Column("Outcome"), Column("Reason"))
        rows = ((item.number or f"#{item.invoice_key}", item.account, item.status, item.reason) for item in shown)
        for line in table(columns, rows):
            terminal.say(line)


def _json(run: BatchRun) -> dict[str, Json]:
    return {
        "number": run.number,
        "status": run.status,
        "criteria": run.criteria or None,
        "comments": run.comments or None,
        "found": run.found,
        "posted": run.posted,
        "failed": run.failed,
        "skipped": run.skipped,
        "pending": run.pending,
        "started": None if run.started is None else write_moment(run.started),
        "completed": None if run.completed is None else write_moment(run.completed),
    }


def _item_json(item: BatchItem) -> Json:
    return {
        "key": item.invoice_key,
        "DocumentNumber": item.number or None,
        "account": item.account,
        "status": item.status,
        "reason": item.reason or None,
    }
