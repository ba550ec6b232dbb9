"""`duedesk dispute` and `duedesk resolve`: what customers contest, since when and why; what stands is listed."""

import argparse

from duedesk.actions.disputes import dispute, resolve
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import add_on, amount, standing_day, tell
from duedesk.cli.cash.dispute_text import dispute_json, dispute_lines
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_as_of, add_json, add_known_on, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.disputes import REASONS, RESOLUTIONS
from duedesk.domain.errors import RequestError
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import dispute_key, disputes_of, standing_disputes
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `dispute` and `resolve`; the one that is asked for is run."""
    parser = verbs.add_parser(
        "dispute",
        description="Say that a customer contests an invoice, all that is open of it or an amount; without an invoice "
        "list the disputes that stand.",
    )
    parser.add_argument("number", metavar="INVOICE", nargs="?", type=words, help="the invoice, by its number")
    parser.add_argument("amount", metavar="AMOUNT", nargs="?", type=amount, help="how much (all that is open)")
    add_book(parser)
    parser.add_argument("--reason", metavar="R", type=words, help=f"why: {', '.join(REASONS)}, ...")
    parser.add_argument("--words", metavar="T", type=words, default="", help="what the customer says")
    add_on(parser, "the day it was received")
    add_as_of(parser)
    add_known_on(parser)
    add_json(parser)
    parser.set_defaults(run=_dispute)
    ending = verbs.add_parser("resolve", description="End a dispute: the customer pays, it was credited, withdrawn.")
    ending.add_argument("dispute", metavar="DISPUTE", type=words, help="its name, or its invoice's number")
    add_book(ending)
    ending.add_argument(
        "--resolution", metavar="R", type=words, required=True, help=f"how it ends: {', '.join(RESOLUTIONS)}, ..."
    )
    ending.add_argument("--words", metavar="T", type=words, default="", help="what was agreed")
    add_on(ending, "the day it ends")
    add_json(ending)
    ending.set_defaults(run=_resolve)


def _dispute(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.number is None:
        return _list(options, terminal)
    with opened_book(options, terminal) as workspace:
        key = workspace.ask(invoice_key, options.number)
        if not options.reason:
            raise RequestError("A reason is needed.", f"--reason: {', '.join(REASONS)}, or another.")
        done = dispute(
            workspace, key, reason_code=options.reason, amount=options.amount, words=options.words, on=options.on
        )
        standing = Standpoint(standing_day(options, terminal))
        (row,) = (one for one in workspace.ask(disputes_of, key, standing) if one.key == done.key)
        return tell(options, terminal, done.changes, dispute=dispute_json(row))


def _resolve(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        key = workspace.ask(dispute_key, options.dispute)
        done = resolve(workspace, key, resolution=options.resolution, words=options.words, on=options.on)
        return tell(options, terminal, done)


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    standpoint = Standpoint(options.as_of or terminal.world.today(), options.known_on)
    with opened_book(options, terminal) as workspace:
        found = workspace.ask(standing_disputes, standpoint)
    if options.json:
        write_json(terminal, {"as_of": standpoint.as_of.isoformat(), "disputes": [dispute_json(one) for one in found]})
        return DONE
    for line in dispute_lines(found) if found else ("Nothing is contested.",):
        terminal.say(line)
    return DONE
