"""`duedesk level`: sets the dunning level of invoices by hand, with a reason that stays with them."""

import argparse

from duedesk.actions.dunning.levels import set_dunning_level
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import tell
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `level`."""
    parser = verbs.add_parser(
        "level", description="Set the dunning level of invoices by hand: from there they climb again."
    )
    parser.add_argument("numbers", metavar="INVOICE", nargs="+", type=words, help="the invoices, by number")
    add_book(parser)
    parser.add_argument("--to", metavar="N", type=int, required=True, help="the level; 0 is never dunned")
    parser.add_argument("--reason", metavar="R", type=words, required=True, help="why")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = [workspace.ask(invoice_key, number) for number in options.numbers]
        done = set_dunning_level(workspace, dict.fromkeys(keys, options.to), reason=options.reason)
        return tell(options, terminal, done)
