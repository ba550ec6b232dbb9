"""`duedesk tour`: a picture of every page, without a screen; how a page is drawn the launch hands in."""

import argparse
from pathlib import Path

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.options import add_as_of
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError


def add_parser(verbs: Verbs) -> None:
    """Add `tour`."""
    parser = verbs.add_parser(
        "tour",
        description="A picture of every page, every report, a letter of each level, in a folder. No screen is needed.",
    )
    add_book(parser)
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder; it is made where missing")
    add_as_of(parser)
    parser.add_argument("--pages-only", action="store_true", help="only the pictures")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if terminal.make_tour is None:
        raise RequestError("This terminal draws no pages.", "Run `duedesk tour` itself.")
    with opened_book(options, terminal) as workspace:
        terminal.make_tour(workspace, options.out, options.pages_only, options.as_of)
    terminal.say(str(options.out))
    return DONE
