"""`duedesk refund`: gives unapplied money of a payment back, or cancels a refund."""

import argparse

from duedesk.actions.cash.refunding import cancel_refund, refund
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_json import payment_json
from duedesk.cli.cash.cash_options import add_comments, add_on, amount, standing_day, tell
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.payment import payment_key, payment_of_refund, payment_record, refund_key


def add_parser(verbs: Verbs) -> None:
    """Add `refund`."""
    parser = verbs.add_parser(
        "refund", description="Give money back that lies on no invoice; with --cancel, take a refund back."
    )
    add_book(parser)
    parser.add_argument("payment", metavar="PAYMENT", type=words, nargs="?", help="the payment, by its number")
    parser.add_argument("amount", metavar="AMOUNT", type=amount, nargs="?", help="how much (all that is unapplied)")
    parser.add_argument("--reference", metavar="R", type=words, default="", help="what the bank calls it")
    parser.add_argument("--cancel", metavar="REFUND", type=words, help="a refund that did not go through")
    add_on(parser)
    add_comments(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if (options.payment is None) == (options.cancel is None):
        raise RequestError("Name a payment to give back of, or a refund to cancel.")
    with opened_book(options, terminal) as workspace:
        if options.cancel is not None:
            gone = workspace.ask(refund_key, options.cancel)
            key = workspace.ask(payment_of_refund, gone)
            changes = cancel_refund(workspace, gone, on=options.on)
        else:
            key = workspace.ask(payment_key, options.payment)
            changes = refund(
                workspace,
                key,
                amount=options.amount,
                on=options.on,
                reference=options.reference,
                comments=options.comments,
            ).changes
        record = workspace.ask(payment_record, key, as_of=standing_day(options, terminal))
        return tell(options, terminal, changes, payment=payment_json(record))
