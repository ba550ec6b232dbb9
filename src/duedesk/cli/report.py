"""`duedesk report`: writes a workbook that goes on calculating; the figures are those of `duedesk aging`."""

import argparse
from pathlib import Path

from duedesk.actions.exporting import export_aging
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.options import add_aging_request, aging_request
from duedesk.cli.terminal import DONE, Terminal, Verbs


def add_parser(verbs: Verbs) -> None:
    """Add `report`."""
    parser = verbs.add_parser(
        "report", description="Write a workbook: a summary that calculates from its detail sheet, and its checks."
    )
    parser.add_argument("name", metavar="NAME", choices=("aging",), help="aging")
    add_book(parser)
    parser.add_argument("--out", metavar="F.xlsx", type=Path, required=True, help="the workbook")
    add_aging_request(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        export_aging(workspace, aging_request(options, terminal), options.out)
    terminal.say(str(options.out))
    return DONE
