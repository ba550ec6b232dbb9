"""What `duedesk dun --commit` and `--due` do with a proposal: issue it, and tell what became of it."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from duedesk.actions.dunning.guarding import parted
from duedesk.actions.dunning.issuing import IssuedRun, issue
from duedesk.actions.dunning.keeping import ready_folder, save_letters
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.workspace import Workspace
from duedesk.cli.dun_decisions import add_decisions, decisions
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.letters_text import dropped_rows, letter_json, letter_rows
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.dunning_proposal import Proposal
from duedesk.domain.errors import Question, RequestError
from duedesk.store.queries.dunning_letters import letter_items


def add_issuing(parser: argparse.ArgumentParser) -> None:
    """Add the options that issue what was proposed."""
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--commit", action="store_true", help="issue the letters")
    does.add_argument(
        "--due", action="store_true", help="for a timer: issue today what may go by itself (`send-guard --alone`)"
    )
    add_decisions(parser)
    parser.add_argument("--out", metavar="DIR", type=Path, help="write the letters that were issued there, as PDF")


def issue_it(options: argparse.Namespace, terminal: Terminal, workspace: Workspace, found: Proposal) -> int:
    """Issue a proposal and tell what became of it."""
    if options.out is not None:
        ready_folder(options.out)
    decided, waived = decisions(options, found, workspace.world.user)
    try:
        done = issue(
            workspace,
            found,
            decided,
            waivers=waived,
            key=options.key,
            override=options.override,
            progress=lambda done, of: terminal.progress(f"{done:,} of {of:,} letters"),
        )
    except Question as question:
        raise Question(question.message, "Import the newest bank file first, or say --override WHY.") from None
    terminal.clear_progress()
    files = save_letters(workspace, done.letters, options.out) if options.out is not None else ()
    if options.json:
        write_json(terminal, {**_document(workspace, found, done), "files": [str(one) for one in files]})
        return DONE
    for line in _lines(done, found, terminal):
        terminal.say(line)
    if files:
        terminal.say(f"{len(files):,} PDF{'s'[: len(files) != 1]} written to {options.out}.")
    for warning in done.warnings:
        terminal.complain(warning)
    return DONE


def issue_due(
    options: argparse.Namespace, terminal: Terminal, workspace: Workspace, chosen: Sequence[int] | None
) -> int:
    """Issue today what may go by itself, once a day whatever the timer does, and say how much waits for somebody."""
    today = terminal.world.today()
    if options.as_of not in {None, today}:
        raise RequestError("--due issues what is due today.", "For another day say --as-of D --commit.")
    alone, waiting = workspace.ask(parted, chosen)
    left = len(proposal(workspace, today, waiting).letters) if waiting else 0
    if left:
        waits = "letter waits" if left == 1 else "letters wait"
        terminal.complain(f"{left:,} {waits} for somebody to look: `duedesk dun`, then --commit.")
    if not alone:
        terminal.complain("No policy may go by itself: `duedesk send-guard --alone POLICY` says which may.")
    return issue_it(options, terminal, workspace, proposal(workspace, today, alone))


def _document(workspace: Workspace, found: Proposal, done: IssuedRun) -> dict[str, Json]:
    items = workspace.ask(letter_items, [one.key for one in done.letters])
    return {
        "as_of": found.as_of.isoformat(),
        "run": done.name or None,
        "already_issued": done.was_there,
        "letters": [letter_json(one, items.get(one.key, ())) for one in done.letters],
        "dropped": [{"invoice": one.number, "why": one.why, "reason": one.reason} for one in done.dropped],
        "warnings": list(done.warnings),
    }


def _lines(done: IssuedRun, found: Proposal, terminal: Terminal) -> Iterator[str]:
    yield done.freshness.said(terminal.world.today())
    if done.letters:
        yield ""
        yield from letter_rows(done.letters)
    if done.dropped:
        yield ""
        yield from dropped_rows(done.dropped)
    yield ""
    if done.was_there:
        yield f"Run {done.name} was issued under this key before; nothing was done now."
    elif done.key is None:
        yield "Nothing was issued." if found.letters else "There was nothing to issue."
    else:
        yield f"{done.changes.summary}."
