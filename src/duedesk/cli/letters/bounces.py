"""`duedesk bounces`: reads what came back out of a mailbox file, marks letters and addresses; it fetches nothing."""

import argparse
from pathlib import Path

from duedesk.actions.delivering.bouncing import note_bounces
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.letters.delivery_text import delivery_json, delivery_lines
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.connect.bounces import read_bounces


def add_parser(verbs: Verbs) -> None:
    """Add `bounces`."""
    parser = verbs.add_parser(
        "bounces",
        description="Read delivery reports out of a mailbox file (mbox), a message or a folder of .eml files: letters "
        "that came back are printed instead, addresses at fault are marked.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the file or folder")
    add_book(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    read = read_bounces(options.file)
    with opened_book(options, terminal) as workspace:
        done = note_bounces(workspace, read.bounces)
    now = terminal.world.now()
    if options.json:
        write_json(
            terminal,
            {
                "messages": read.messages,
                "unreadable": read.unreadable,
                "failed": [delivery_json(row, now) for row in done.failed],
                "contacts_marked": len(done.contacts),
                "known": done.known,
                "not_ours": done.not_ours,
            },
        )
        return DONE
    if done.failed:
        for line in delivery_lines(done.failed, now):
            terminal.say(line)
    told = (
        (len(done.failed), "came back"),
        (done.known, "known already"),
        (done.not_ours, "of no letter in this book"),
        (read.unreadable, "could not be read"),
    )
    counts = ", ".join(f"{count} {what}" for count, what in told if count) or "none came back"
    terminal.say(f"{read.messages} messages: {counts}.")
    return DONE
