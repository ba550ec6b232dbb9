"""`duedesk void`: voids posted invoices with a reason; what lay on them is free again from that day."""

import argparse

from duedesk.actions.invoices.voiding import void
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.ledger.invoice_names import add_invoices, invoice_keys
from duedesk.cli.ledger.invoice_outcome import say_done
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import parse_day
from duedesk.domain.errors import Question


def add_parser(verbs: Verbs) -> None:
    """Add `void`."""
    parser = verbs.add_parser(
        "void",
        description="Void posted invoices: they count until that day, and what was applied is unapplied on it.",
    )
    add_book(parser)
    add_invoices(parser)
    parser.add_argument("--reason", metavar="R", type=words, required=True, help="why")
    parser.add_argument("--on", metavar="D", type=parse_day, help="from which day: 2026-11-23 (today)")
    memos = parser.add_mutually_exclusive_group()
    memos.add_argument(
        "--with-credit-memos",
        dest="with_credit_memos",
        action="store_const",
        const=True,
        help="void the credit memos that came from them too",
    )
    memos.add_argument(
        "--keep-credit-memos",
        dest="with_credit_memos",
        action="store_const",
        const=False,
        help="keep those memos as the customer's credit",
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = invoice_keys(options, terminal, workspace)
        try:
            changes = void(
                workspace, keys, reason=options.reason, on=options.on, with_credit_memos=options.with_credit_memos
            )
        except Question as question:
            raise Question(question.message, "Say --with-credit-memos or --keep-credit-memos.") from None
        say_done(options, terminal, workspace, changes, keys)
    return DONE
