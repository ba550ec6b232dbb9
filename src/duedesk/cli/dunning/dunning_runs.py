"""`duedesk dunning-runs`: the runs that issued letters, who and when, and what dropped out of each with why."""

import argparse
import json

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, limit, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import write_moment
from duedesk.store.queries.dunning.runs import run_called
from duedesk.store.queries.letters.issued import Run, runs

_MOST_LISTED = 50


def add_parser(verbs: Verbs) -> None:
    """Add `dunning-runs`."""
    parser = verbs.add_parser(
        "dunning-runs", description="Dunning runs, the newest first; of those that are named what dropped out and why."
    )
    parser.add_argument("names", metavar="RUN", nargs="*", type=words, help="runs: DR-2026-00001 (all)")
    add_book(parser)
    parser.add_argument(
        "--limit", metavar="N", type=limit, default=_MOST_LISTED, help=f"at most so many ({_MOST_LISTED})"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        if options.names:
            found = tuple(workspace.ask(run_called, name) for name in options.names)
        else:
            found = workspace.ask(runs, options.limit)
    if options.json:
        write_json(terminal, {"runs": [_run_json(one) for one in found]})
        return DONE
    if not found:
        terminal.say("No run was issued.")
        return DONE
    figures = (Column(name, is_figure=True) for name in ("Letters", "Invoices", "Dropped out"))
    columns = (*map(Column, ("Run", "Day", "By")), *figures, *map(Column, ("Status", "Note")))
    for line in table(columns, map(_row, found)):
        terminal.say(line)
    for one in found if options.names else ():
        for dropped in _dropped(one):
            terminal.say(f"{dropped['number'] or 'No number'}: {dropped['reason']}")
    return DONE


def _row(one: Run) -> tuple[str, ...]:
    counts = (f"{count:,}" for count in (one.letter_count, one.item_count, one.dropped_count))
    return (one.name, one.run_date.isoformat(), one.started_by, *counts, one.status, one.note)


def _run_json(one: Run) -> Json:
    return {
        "run": one.name,
        "day": one.run_date.isoformat(),
        "status": one.status,
        "policies": one.policies,
        "letters": one.letter_count,
        "invoices": one.item_count,
        "dropped": [
            {"invoice": dropped["number"], "why": dropped["why"], "reason": dropped["reason"]}
            for dropped in _dropped(one)
        ],
        "note": one.note or None,
        "issued_by": one.started_by,
        "issued_at": write_moment(one.started_at),
    }


def _dropped(one: Run) -> list[dict[str, str]]:
    said = json.loads(one.decisions or "{}")
    return list(said.get("dropped", ()))
