"""`duedesk explain`: how a figure is made up: the events in order, with a sum that ends in the very figure."""

import argparse

from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.explain_text import as_json, lines_of
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_aging_request, add_json, aging_request, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining import AgingFigure, Figure
from duedesk.store.queries.explaining import explain
from duedesk.store.queries.figures_called import account_figure, bucket_called, record_figure


def add_parser(verbs: Verbs) -> None:
    """Add `explain`."""
    parser = verbs.add_parser(
        "explain",
        description="How a figure is made up: of an invoice, a payment or a credit memo (its balance, or --field), of "
        "an account, or of a whole currency (its balance, or one --bucket of the aging).",
    )
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, nargs="?", help="an invoice, payment or credit memo")
    parser.add_argument("--field", metavar="F", type=words, default="Balance", help="which figure of it (Balance)")
    parser.add_argument("--account", metavar="A", type=words, help="what an account owes: its Id, number or name")
    parser.add_argument(
        "--bucket", metavar="31-60", type=words, help="a bucket of the aging: not_due, 31-60, unapplied (all of it)"
    )
    add_aging_request(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        told = workspace.ask(explain, _figure(options, terminal, workspace))
    if options.json:
        write_json(terminal, as_json(told))
    else:
        for line in lines_of(told):
            terminal.say(line)
    return DONE


def _figure(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> Figure:
    request = aging_request(options, terminal)
    if options.number is not None:
        if options.account is not None or options.bucket is not None:
            raise RequestError("A record has no bucket and no account to choose.", "Give a number, or --account.")
        return workspace.ask(record_figure, options.number, options.field, request)
    bucket, is_unapplied = bucket_called(options.bucket, request)
    if options.account is not None:
        return workspace.ask(account_figure, options.account, request, bucket, is_unapplied=is_unapplied)
    if request.currency is None:
        raise RequestError("What is to be explained?", "Give the number of a record, --account A or --currency C.")
    return AgingFigure(request, (), request.currency, bucket, is_unapplied)
