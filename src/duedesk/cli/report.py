"""`duedesk report`: writes a workbook that goes on calculating; the figures are those of `duedesk aging`."""

import argparse
from pathlib import Path

from duedesk.actions.exporting import export_aging
from duedesk.cli.aging import rule_of
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.options import add_aging_request, add_aging_shape, aging_request, words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError


def add_parser(verbs: Verbs) -> None:
    """Add `report`."""
    parser = verbs.add_parser(
        "report", description="Write a workbook: a summary that calculates from its detail sheet, and its checks."
    )
    parser.add_argument("name", metavar="NAME", choices=("aging",), help="aging")
    add_book(parser)
    parser.add_argument("--out", metavar="F.xlsx", type=_workbook, required=True, help="the workbook")
    add_aging_request(parser)
    add_aging_shape(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    request = aging_request(options, terminal)
    with opened_book(options, terminal) as workspace:
        written = export_aging(workspace, request, options.out, options.to)
    for remark in written.remarks:
        terminal.complain(remark)
    terminal.say(str(written.path))
    if written.holds:
        return DONE
    terminal.complain(f"{rule_of(request)}: does not hold; the sheet Checks says where.")
    return AT_FAULT


def _workbook(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".xlsx":
        raise RequestError(f"“{words(text)}” is no name for a workbook.", "Let it end in .xlsx.")
    return path
