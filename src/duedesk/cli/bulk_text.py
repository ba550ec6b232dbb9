"""What became of a verb said to all that match, as text and as JSON."""

from collections.abc import Sequence

from duedesk.actions.invoices.bulk_runs import BulkOutcome
from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.terminal import Terminal
from duedesk.store.queries.bulk_runs import BulkRun, refused

_SHOWN = 20


def say_outcome(terminal: Terminal, workspace: Workspace, outcome: BulkOutcome, *, as_json: bool) -> None:
    """Say how a run stands, and what was refused and why."""
    run = outcome.run
    kept_out = workspace.ask(refused, run.key, run.refused if as_json else _SHOWN)
    if as_json:
        rows: list[Json] = [{"invoice": one.number, "account": one.account, "reason": one.reason} for one in kept_out]
        write_json(terminal, {**_as_json(run), "refusals": rows})
        return
    terminal.say(f"Run {run.key}, {run.verb}: {run.done:,} done, {run.refused:,} refused, {run.pending:,} left.")
    for one in kept_out:
        terminal.say(f"  {one.number}: {one.reason}")
    if run.refused > len(kept_out):
        terminal.say(f"  and {run.refused - len(kept_out):,} more; --json gives all of them")
    if run.pending and not run.is_over:
        terminal.say(f"`duedesk bulk resume {run.key}` goes on with it.")


def say_runs(terminal: Terminal, runs: Sequence[BulkRun], *, as_json: bool) -> None:
    """List runs."""
    if as_json:
        write_json(terminal, {"rows": [_as_json(run) for run in runs], "count": len(runs)})
        return
    figures = [Column(name, is_figure=True) for name in ("Run", "Done", "Refused", "Left")]
    columns = (figures[0], Column("Verb"), Column("Status"), *figures[1:], Column("Condition"))
    texts = (
        (str(run.key), run.verb, run.status, f"{run.done:,}", f"{run.refused:,}", f"{run.pending:,}", run.criteria)
        for run in runs
    )
    for line in table(columns, texts):
        terminal.say(line)


def _as_json(run: BulkRun) -> dict[str, Json]:
    return {
        "run": run.key,
        "verb": run.verb,
        "status": run.status,
        "condition": run.criteria or None,
        "found": run.total,
        "done": run.done,
        "refused": run.refused,
        "left": run.pending,
    }
