"""`duedesk unapply`: takes a payment or credit memo off invoices again, wholly or a part."""

import argparse
from decimal import Decimal

from duedesk.actions.cash.applying import unapply
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import add_comments, add_on, amount, named_amount, tell
from duedesk.cli.cash.source_option import Source, source_called, source_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.errors import Question, RequestError
from duedesk.store.queries.records.applications import application_called, standing_of
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `unapply`."""
    parser = verbs.add_parser(
        "unapply",
        description="Take a payment or a credit memo off invoices again, dated the day it is done: single "
        "applications by number, or what lies on one invoice.",
    )
    add_book(parser)
    parser.add_argument(
        "named",
        metavar="APPLICATION[=AMOUNT]|PAYMENT|MEMO",
        type=named_amount,
        nargs="+",
        help="applications by number, all that is left unless an amount is given; or what pays, with --invoice",
    )
    parser.add_argument("--invoice", metavar="INVOICE", type=words, help="take it off this invoice")
    parser.add_argument("--amount", metavar="A", type=amount, help="only so much of it")
    add_on(parser)
    add_comments(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        if options.invoice is not None:
            source, amounts = _on_invoice(options, workspace)
        else:
            found = [(workspace.ask(application_called, name), part) for name, part in options.named]
            first = found[0][0]
            source = Source(first.source, first.source_key)
            amounts = {one.key: one.left if part is None else part for one, part in found}
        changes = unapply(workspace, list(amounts), on=options.on, comments=options.comments, amounts=amounts)
        return tell(options, terminal, changes, **source_json(workspace, source, options.on))


def _on_invoice(options: argparse.Namespace, workspace: Workspace) -> tuple[Source, dict[int, Decimal]]:
    if len(options.named) != 1:
        raise RequestError("Name one payment or credit memo with --invoice.")
    source = source_called(workspace, options.named[0][0])
    key = workspace.ask(invoice_key, options.invoice)
    lying = workspace.ask(standing_of, source.object, source.key, key)
    if not lying:
        raise RequestError(f"Nothing of {options.named[0][0]} lies on {options.invoice}.")
    if options.amount is None:
        return source, {one.key: one.left for one in lying}
    if len(lying) > 1:
        numbers = ", ".join(one.number for one in lying)
        raise Question(
            f"{len(lying)} parts of it lie on {options.invoice}: {numbers}.", "Name the application instead."
        )
    return source, {lying[0].key: options.amount}
