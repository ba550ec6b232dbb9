"""What `duedesk dun --commit` does with a proposal: it issues it, and tells what became of it."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from duedesk.actions.dunning.issuing import IssuedRun, issue
from duedesk.actions.dunning.keeping import ready_folder, save_letters
from duedesk.actions.dunning.unprintable import unprintable
from duedesk.actions.workspace import Workspace
from duedesk.cli.dunning.dun_decisions import add_decisions, decisions, idle
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.letters.letters_text import dropped_rows, letter_json, letter_rows
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.errors import Question
from duedesk.store.queries.letters.issued import letter_items


def add_issuing(parser: argparse.ArgumentParser) -> None:
    """Add the options that issue what was proposed."""
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--commit", action="store_true", help="issue the letters")
    does.add_argument(
        "--due", action="store_true", help="for a timer: issue today what may go by itself (`send-guard --alone`)"
    )
    add_decisions(parser)
    parser.add_argument("--out", metavar="DIR", type=Path, help="write the letters that were issued there, as PDF")


def issuing_said(options: argparse.Namespace) -> str:
    """Give the first option that was said and means nothing while letters are only proposed; empty where none was."""
    return next((f"--{name}" for name in ("triage", "waive", "key", "override", "out") if getattr(options, name)), "")


def issue_it(
    options: argparse.Namespace,
    terminal: Terminal,
    workspace: Workspace,
    found: Proposal,
    leave: Callable[[Sequence[int]], int] | None = None,
) -> int:
    """Issue a proposal and tell what became of it; `leave` has letters leave, and gives how many were queued for it."""
    if options.out is not None:
        ready_folder(options.out)
    decided, waived = decisions(options, found, workspace.world.user)
    if keys := idle(decided, found):
        terminal.complain(f"What was decided on {', '.join(keys)} is left aside: no such letter is proposed.")
    for said in unprintable(found.letters):
        terminal.complain(said)
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
    standing = [one.key for one in done.letters if one.status == "Issued"]
    queued = leave(standing) if leave is not None and standing else None
    if options.json:
        count: dict[str, Json] = {} if queued is None else {"queued": queued}
        write_json(terminal, {**_document(workspace, found, done), "files": [str(one) for one in files], **count})
        return DONE
    for line in _lines(done, found, terminal):
        terminal.say(line)
    if files:
        terminal.say(f"{len(files):,} PDF{'s'[: len(files) != 1]} written to {options.out}.")
    if queued:
        terminal.say(f"{queued:,} queued: `duedesk deliver` mails those that are mailed.")
    for warning in done.warnings:
        terminal.complain(warning)
    return DONE


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
