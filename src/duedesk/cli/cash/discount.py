"""`duedesk discount`: grants the discount of an invoice that was paid in time."""

import argparse

from duedesk.actions.cash.discounting import grant_discount
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_json import memo_json
from duedesk.cli.cash.cash_options import add_on, standing_day, tell
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.store.queries.records.credit_memo import memo_record
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `discount`."""
    parser = verbs.add_parser(
        "discount", description="Grant the discount for paying early: a credit memo takes what is left off the invoice."
    )
    add_book(parser)
    parser.add_argument("number", metavar="INVOICE", type=words, help="the invoice, by its number")
    add_on(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        done = grant_discount(workspace, workspace.ask(invoice_key, options.number), on=options.on)
        memo = workspace.ask(memo_record, done.key, as_of=standing_day(options, terminal))
        return tell(options, terminal, done.changes, credit_memo=memo_json(memo))
