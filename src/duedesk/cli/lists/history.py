"""`duedesk history`: the time line of one record: what happened, when, by whom, and which fields it changed."""

import argparse

from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.lists.record_text import history_json, history_lines
from duedesk.cli.options import add_as_of, add_json, add_known_on, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.store.queries.records.credit_memo import memo_key, memo_record
from duedesk.store.queries.records.histories import Happening
from duedesk.store.queries.records.invoice import invoice_key, invoice_record
from duedesk.store.queries.records.payment import payment_key, payment_record


def add_parser(verbs: Verbs) -> None:
    """Add `history`."""
    parser = verbs.add_parser("history", description="What happened to a record, by whom, and what it changed.")
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, help="the record's number, or its Id")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--payment", action="store_true", help="NUMBER is a payment's, not an invoice's")
    other.add_argument("--credit-memo", action="store_true", help="NUMBER is a credit memo's")
    add_as_of(parser)
    add_known_on(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        number, history = _history(options, workspace)
    if options.json:
        write_json(terminal, {"number": number, "history": [history_json(one) for one in history]})
    else:
        for line in history_lines(history, with_changes=True):
            terminal.say(line)
    return DONE


def _history(options: argparse.Namespace, workspace: Workspace) -> tuple[str, tuple[Happening, ...]]:
    at = options.as_of or workspace.world.today()
    known_on = options.known_on
    with workspace.book.reading() as connection:
        if options.payment:
            paid = payment_record(connection, payment_key(connection, options.number), as_of=at, known_on=known_on)
            return paid.number, paid.history
        if options.credit_memo:
            memo = memo_record(connection, memo_key(connection, options.number), as_of=at, known_on=known_on)
            return memo.number, memo.history
        bill = invoice_record(connection, invoice_key(connection, options.number), as_of=at, known_on=known_on)
        return bill.number, bill.history
