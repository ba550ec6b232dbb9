"""`duedesk write-off`: gives a claim up, at once or once somebody else has approved it."""

import argparse

from duedesk.actions.cash.writing_off import write_off
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_json import memo_json
from duedesk.cli.cash.cash_options import add_comments, add_on, amount, standing_day, tell
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.write_off import REASONS
from duedesk.store.queries.records.credit_memo import memo_record
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `write-off`."""
    parser = verbs.add_parser(
        "write-off",
        description="Write off what is open of an invoice. Above the limit of its currency it waits until somebody "
        "else approves it.",
    )
    add_book(parser)
    parser.add_argument("number", metavar="INVOICE", type=words, help="the invoice, by its number")
    parser.add_argument("amount", metavar="AMOUNT", type=amount, nargs="?", help="how much (all that is open)")
    parser.add_argument("--reason", metavar="R", type=words, required=True, help=f"why: {', '.join(REASONS)}, ...")
    add_on(parser)
    add_comments(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        done = write_off(
            workspace,
            workspace.ask(invoice_key, options.number),
            reason_code=options.reason,
            amount=options.amount,
            comments=options.comments,
            on=options.on,
        )
        memo = workspace.ask(memo_record, done.memo_key, as_of=standing_day(options, terminal))
        code = tell(options, terminal, done.changes, request=done.request_key, credit_memo=memo_json(memo))
        if done.request_key is not None and not options.json:
            terminal.say(f"Somebody else approves it: `duedesk approve {done.request_key}`.")
        return code
