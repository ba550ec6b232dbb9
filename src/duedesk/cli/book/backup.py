"""`duedesk backup`: copies a file book to a file that is proved readable; it restores none."""

import argparse
from pathlib import Path

from duedesk.actions.maintenance import backup
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.terminal import DONE, Terminal, Verbs


def add_parser(verbs: Verbs) -> None:
    """Add `backup`."""
    parser = verbs.add_parser("backup", description="Copy the book as it stands, and prove that the copy reads back.")
    add_book(parser)
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the copy (beside the book, with the time)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        terminal.say(str(backup(workspace, options.file)))
    return DONE
