"""`duedesk promise` and `duedesk withdraw`: what customers promise to pay, and by when; open promises are listed."""

import argparse
from datetime import date

from duedesk.actions.dunning.promises import Part, promise, withdraw_promises
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import add_on, for_invoices, named_amount, tell
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_as_of, add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.dunning.holds import PromiseRow, open_promises, promise_keys, promises_named


def add_parser(verbs: Verbs) -> None:
    """Add `promise` and `withdraw`; the one that is asked for is run."""
    parser = verbs.add_parser(
        "promise",
        description="Record that a customer promises to pay invoices by a day, all that is open of each or an amount; "
        "without an invoice list the promises that are open or broken.",
    )
    parser.add_argument(
        "invoices", metavar="INVOICE[=AMOUNT]", nargs="*", type=named_amount, help="what is promised on which invoice"
    )
    add_book(parser)
    parser.add_argument("--by", metavar="D", type=parse_day, help="the day it is promised for: 2026-11-23")
    parser.add_argument("--words", metavar="T", type=words, default="", help="what was said")
    add_on(parser, "the day it was promised")
    add_as_of(parser)
    add_json(parser)
    parser.set_defaults(run=_promise)
    ending = verbs.add_parser("withdraw", description="Say that a promise holds no more.")
    ending.add_argument("promise", metavar="PROMISE", type=words, help="its name, or its invoice's number")
    add_book(ending)
    ending.add_argument("--reason", metavar="R", type=words, default="", help="why")
    add_on(ending, "the day from which it holds no more")
    add_json(ending)
    ending.set_defaults(run=_withdraw)


def _promise(options: argparse.Namespace, terminal: Terminal) -> int:
    if not options.invoices:
        return _list(options, terminal)
    if options.by is None:
        raise RequestError("A promise is for a day.", "--by 2026-12-31.")
    with opened_book(options, terminal) as workspace:
        parts = [Part(one.invoice_key, one.amount) for one in for_invoices(workspace, options.invoices)]
        done = promise(workspace, parts, day=options.by, words=options.words, on=options.on)
        today = terminal.world.today()
        made = [_json(one, today) for one in workspace.ask(promises_named, done.names)]
        return tell(options, terminal, done.changes, promises=made)


def _withdraw(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = workspace.ask(promise_keys, options.promise, terminal.world.today())
        done = withdraw_promises(workspace, keys, reason=options.reason, on=options.on)
        return tell(options, terminal, done)


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    day = options.as_of or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        found = workspace.ask(open_promises, day)
    if options.json:
        write_json(terminal, {"as_of": day.isoformat(), "promises": [_json(one, day) for one in found]})
        return DONE
    columns = (
        *map(Column, ("Promise", "Account", "By", "", "Currency")),
        Column("Promised", is_figure=True),
        Column("Paid of it", is_figure=True),
        Column("In words"),
    )
    rows = (
        (
            *(one.name, one.account, str(one.day), one.state(day), one.currency),
            *(grouped(one.amount, one.currency), grouped(one.paid, one.currency), one.words),
        )
        for one in found
    )
    for line in table(columns, rows) if found else ("Nothing is promised.",):
        terminal.say(line)
    return DONE


def _json(one: PromiseRow, day: date) -> Json:
    return {
        "promise": one.name,
        "account": one.account,
        "invoice": one.invoice,
        "currency": one.currency,
        "amount": plain(one.amount, one.currency),
        "paid": plain(one.paid, one.currency),
        "by": one.day.isoformat(),
        "promised_on": one.received.isoformat(),
        "state": one.state(day),
        "words": one.words or None,
        "recorded_by": one.recorded_by,
    }
