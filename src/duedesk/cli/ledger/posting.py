"""`duedesk post`: posts drafts, all of them or none; a batch run posts each by itself."""

import argparse

from duedesk.actions.invoices.posting import post
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.ledger.invoice_names import add_invoices, invoice_keys
from duedesk.cli.ledger.invoice_outcome import say_done
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import parse_day


def add_parser(verbs: Verbs) -> None:
    """Add `post`."""
    parser = verbs.add_parser(
        "post",
        description="Post drafts: each gets its number, its dates and its due date, and is owed from then on. All are "
        "posted or none; `duedesk batch-run` posts each by itself.",
    )
    add_book(parser)
    add_invoices(parser, where=True)
    parser.add_argument("--on", metavar="D", type=parse_day, help="the day of posting: 2026-11-23 (today)")
    parser.add_argument(
        "--convert-negative-lines", action="store_true", help="turn negative lines into a posted credit memo"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = invoice_keys(options, terminal, workspace)
        changes = post(workspace, keys, on=options.on, convert_negative_lines=options.convert_negative_lines)
        say_done(options, terminal, workspace, changes, keys)
    return DONE
