"""`duedesk cancel` and `duedesk reopen`: what is not posted is given up, and becomes a draft again."""

import argparse

from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.ledger.invoice_names import add_invoices, invoice_keys
from duedesk.cli.ledger.invoice_outcome import say_done
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs


def add_parser(verbs: Verbs) -> None:
    """Add `cancel` and `reopen`."""
    parser = verbs.add_parser("cancel", description="Cancel invoices that are not posted.")
    _add_invoices(parser)
    parser.add_argument("--reason", metavar="R", type=words, default="", help="why")
    parser.set_defaults(run=_cancel)
    parser = verbs.add_parser(
        "reopen", description="Make drafts of what was canceled, met an error or waits to be posted."
    )
    _add_invoices(parser)
    parser.set_defaults(run=_reopen)


def _add_invoices(parser: argparse.ArgumentParser) -> None:
    add_book(parser)
    add_invoices(parser, where=True)
    add_json(parser)


def _cancel(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = invoice_keys(options, terminal, workspace)
        say_done(options, terminal, workspace, cancel(workspace, keys, reason=options.reason), keys)
    return DONE


def _reopen(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = invoice_keys(options, terminal, workspace)
        say_done(options, terminal, workspace, reopen(workspace, keys), keys)
    return DONE
