"""A verb said to all that match: what is asked before, and what became of it, as text and as JSON."""

from collections.abc import Sequence

from duedesk.actions.invoices.bulk_runs import BulkOutcome
from duedesk.actions.invoices.bulk_verbs import Said, bulk_verb
from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted
from duedesk.cli.terminal import Terminal
from duedesk.domain.errors import Question
from duedesk.domain.filters import Filter
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.bulk_runs import BulkRun, refused
from duedesk.store.queries.lists import listing

_SHOWN = 20


def ask_leave(terminal: Terminal, workspace: Workspace, verb: str, asked: Filter, said: Said, *, as_json: bool) -> None:
    """Question where a verb finds invoices that it changes: how many these are, and what they come to."""
    verb_ = bulk_verb(verb)
    totals = workspace.ask(listing.totals, verb_.changing(asked, said))
    count = sum(one.count for one in totals)
    if not count:
        return
    if as_json:
        amounts: list[Json] = [
            {"currency": one.currency, "count": one.count, "total": plain(one.total, one.currency)} for one in totals
        ]
        write_json(terminal, {"run": None, "verb": verb, "found": count, "totals": amounts})
    sums = ", ".join(f"{grouped(one.total, one.currency)} {one.currency}" for one in totals)
    raise Question(f"{counted(count, 'invoice')} of {sums} would be {verb_.done}.", "Say --yes to do that.")


def say_outcome(terminal: Terminal, workspace: Workspace, outcome: BulkOutcome, *, as_json: bool) -> None:
    """Say how a run stands, and what was refused and why."""
    run = outcome.run
    kept_out = workspace.ask(refused, run.key, run.refused if as_json else _SHOWN)
    if as_json:
        rows: list[Json] = [{"invoice": one.number, "account": one.account, "reason": one.reason} for one in kept_out]
        write_json(terminal, {**_as_json(run), "already": outcome.already, "refusals": rows})
        return
    already = f"{outcome.already:,} so already, " if outcome.already else ""
    terminal.say(
        f"Run {run.key}, {run.verb}: {run.done:,} done, {already}{run.refused:,} refused, {run.pending:,} left."
    )
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
