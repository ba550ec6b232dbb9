"""`duedesk deliver`: mails the letters that wait, or writes drafts; whatever is in doubt is left for a person."""

import argparse
from pathlib import Path

from duedesk.actions.delivering.documents import issued_documents
from duedesk.actions.delivering.drafting import Drafted, write_drafts
from duedesk.actions.delivering.handing_over import Delivered, Round, deliver
from duedesk.actions.delivering.mail_settings import required_mail_server
from duedesk.actions.delivering.queueing import queue
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.letters.mail_secret import add_password, opened_mailer
from duedesk.cli.options import add_json, add_log, words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.store.queries.letters.documents import letters_named, letters_of_run


def add_parser(verbs: Verbs) -> None:
    """Add `deliver`."""
    parser = verbs.add_parser(
        "deliver",
        description="Mail the letters that wait, one message an account, each claimed before it is handed over. "
        "Letters that are named are queued first if they are not, and only they leave.",
    )
    parser.add_argument("letters", metavar="LETTER", nargs="*", type=words, help="letters by number (all that waits)")
    add_book(parser)
    parser.add_argument(
        "--run", metavar="R", dest="dunning_run", type=words, help="the letters of a run: DR-2026-00001"
    )
    parser.add_argument("--queue-only", action="store_true", help="queue the letters, and send nothing")
    parser.add_argument("--drafts", metavar="DIR", type=Path, help="write drafts that a mail program opens instead")
    add_password(parser)
    add_log(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        letters = _letters(options, workspace)
        if letters is not None:
            queued = queue(workspace, letters)
            if options.queue_only:
                said: dict[str, Json] = {"queued": len(queued.keys), "printed_instead": queued.printed_instead}
                return _tell(options, terminal, said, f"{len(queued.keys)} queued.")
        how = Round(issued_documents, progress=lambda done, every: terminal.progress(f"{done} of {every} mailed"))
        if options.drafts is not None:
            return _drafted(options, terminal, write_drafts(workspace, options.drafts, how, letters))
        return _mailed(options, terminal, _deliver(options, terminal, workspace, how, letters))


def _letters(options: argparse.Namespace, workspace: Workspace) -> tuple[int, ...] | None:
    """Give the letters that are named, by number or by their run; None where all that waits is meant."""
    if not options.letters and options.dunning_run is None:
        return None
    named = workspace.ask(letters_named, options.letters) if options.letters else ()
    of_run = workspace.ask(letters_of_run, options.dunning_run) if options.dunning_run is not None else ()
    return tuple(dict.fromkeys((*named, *of_run)))


def _deliver(
    options: argparse.Namespace,
    terminal: Terminal,
    workspace: Workspace,
    how: Round,
    letters: tuple[int, ...] | None,
) -> Delivered:
    server = required_mail_server(workspace.book)
    with opened_mailer(server, options) as mailer:
        done = deliver(workspace, mailer, how, letters)
    terminal.clear_progress()
    return done


def _mailed(options: argparse.Namespace, terminal: Terminal, done: Delivered) -> int:
    said: dict[str, Json] = {
        "sent": done.sent,
        "later": done.later,
        "refused": done.refused,
        "unknown": done.unknown,
        "withdrawn": [*done.withdrawn.values()],
        "stopped": done.stopped or None,
    }
    parts = [f"{done.sent} sent"]
    parts += [
        f"{count} {what}" for count, what in ((done.later, "to be tried later"), (done.refused, "refused")) if count
    ]
    if done.unknown:
        parts.append(f"{done.unknown} unknown: `duedesk deliveries` lists them")
    _tell(options, terminal, said, f"{', '.join(parts)}.", *(f"Not sent: {why}" for why in done.withdrawn.values()))
    if done.stopped:
        terminal.complain(done.stopped)
    return AT_FAULT if done.stopped else DONE


def _drafted(options: argparse.Namespace, terminal: Terminal, done: Drafted) -> int:
    files = [str(file) for file in done.files]
    said: dict[str, Json] = {"drafts": files, "withdrawn": [*done.withdrawn.values()]}
    lines = files or ["Nothing waits to be mailed."]
    return _tell(options, terminal, said, *lines, *(f"Not written: {why}" for why in done.withdrawn.values()))


def _tell(options: argparse.Namespace, terminal: Terminal, said: dict[str, Json], *lines: str) -> int:
    if options.json:
        write_json(terminal, said)
    else:
        for line in lines:
            terminal.say(line)
    return DONE
