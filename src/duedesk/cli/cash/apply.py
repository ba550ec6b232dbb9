"""`duedesk apply`: puts a payment or credit memo on invoices, part by part."""

import argparse

from duedesk.actions.cash.applying import Part, apply
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import add_comments, add_on, for_invoices, named_amount, tell
from duedesk.cli.cash.source_option import source_called, source_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs


def add_parser(verbs: Verbs) -> None:
    """Add `apply`."""
    parser = verbs.add_parser("apply", description="Put a payment or a credit memo on invoices: all parts or none.")
    add_book(parser)
    parser.add_argument("source", metavar="PAYMENT|MEMO", type=words, help="what pays, by its number")
    parser.add_argument(
        "parts",
        metavar="INVOICE[=AMOUNT]",
        type=named_amount,
        nargs="+",
        help="invoices, in this order; as much as fits unless an amount is given",
    )
    add_on(parser)
    add_comments(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        source = source_called(workspace, options.source)
        named = for_invoices(workspace, options.parts)
        parts = [Part(source.object, source.key, one.invoice_key, one.amount) for one in named]
        changes = apply(workspace, parts, on=options.on, comments=options.comments)
        return tell(options, terminal, changes, **source_json(workspace, source, options.on))
