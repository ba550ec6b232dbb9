"""`duedesk hold` and `duedesk release`: letters kept back of invoices or an account, until a day and for a reason."""

import argparse

from duedesk.actions.dunning.holds import hold_account, hold_invoices, release_holds
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import add_on, tell
from duedesk.cli.dunning.hold_text import hold_json, list_holds
from duedesk.cli.options import add_as_of, add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.days import parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.holds import REASONS
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.dunning.holds import hold_keys, holds_named
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `hold` and `release`; the one that is asked for is run."""
    parser = verbs.add_parser(
        "hold",
        description="Keep letters back for invoices, or for all of an account, until a day; without either list the "
        "holds that stand.",
    )
    parser.add_argument("numbers", metavar="INVOICE", nargs="*", type=words, help="the invoices, by number")
    add_book(parser)
    parser.add_argument("--account", metavar="A", type=words, help="all invoices of this account, also those to come")
    parser.add_argument("--until", metavar="D", type=parse_day, help="the last day of the hold: 2026-11-23")
    parser.add_argument("--from", dest="start", metavar="D", type=parse_day, help="the first day of it (today)")
    parser.add_argument("--reason", metavar="R", type=words, help=f"why: {', '.join(REASONS)}, ...")
    parser.add_argument("--words", metavar="T", type=words, default="", help="more about it")
    add_as_of(parser)
    add_json(parser)
    parser.set_defaults(run=_hold)
    ending = verbs.add_parser("release", description="End holds before their last day.")
    ending.add_argument("hold", metavar="HOLD", type=words, help="its name, or the invoice it is on")
    add_book(ending)
    ending.add_argument("--reason", metavar="R", type=words, default="", help="why")
    add_on(ending, "the day from which it holds no more")
    add_json(ending)
    ending.set_defaults(run=_release)


def _hold(options: argparse.Namespace, terminal: Terminal) -> int:
    if not options.numbers and options.account is None:
        return list_holds(options, terminal)
    if options.numbers and options.account is not None:
        raise RequestError("A hold is on invoices or on an account, not on both.", "Leave --account out.")
    if options.until is None:
        raise RequestError("A hold needs a last day.", "--until 2026-12-31.")
    if not options.reason:
        raise RequestError("A reason is needed.", f"--reason: {', '.join(REASONS)}, or another.")
    with opened_book(options, terminal) as workspace:
        said = {"reason_code": options.reason, "until": options.until, "words": options.words, "start": options.start}
        if options.account is not None:
            done = hold_account(workspace, workspace.ask(find_account, options.account).key, **said)
        else:
            keys = [workspace.ask(invoice_key, number) for number in options.numbers]
            done = hold_invoices(workspace, keys, **said)
        made = [hold_json(one) for one in workspace.ask(holds_named, done.names)]
        return tell(options, terminal, done.changes, holds=made)


def _release(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = workspace.ask(hold_keys, options.hold, terminal.world.today())
        done = release_holds(workspace, keys, reason=options.reason, on=options.on)
        return tell(options, terminal, done)
