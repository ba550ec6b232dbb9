"""`duedesk explain`: how a figure is made up: the events in order, with a sum that ends in the very figure."""

import argparse

from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.figures.explain_asked import add_figures, figure_asked
from duedesk.cli.figures.explain_text import as_json, lines_of
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_aging_request, add_aging_shape, add_json, aging_request, words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import Figure
from duedesk.domain.grouping import ACCOUNT
from duedesk.store.queries.explaining.called import record_figure
from duedesk.store.queries.explaining.figures import explain


def add_parser(verbs: Verbs) -> None:
    """Add `explain`."""
    parser = verbs.add_parser(
        "explain",
        description="How a figure is made up: of an invoice, a payment or a credit memo (its balance, or --field); of "
        "an account, any other row of an aging (--by, --key) or a whole currency (its balance, or one --bucket); a "
        "--figure such as DSO, days to pay or a line of the roll-forward.",
    )
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, nargs="?", help="an invoice, payment or credit memo")
    parser.add_argument("--field", metavar="F", type=words, default="Balance", help="which figure of it (Balance)")
    add_figures(parser)
    add_aging_request(parser)
    add_aging_shape(parser)
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
    if told.holds:
        return DONE
    terminal.complain("What is told does not make the figure.")
    return AT_FAULT


def _figure(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> Figure:
    request = aging_request(options, terminal)
    if options.number is None:
        return figure_asked(options, request, workspace)
    if any(value is not None for value in (options.account, options.bucket, options.key, options.figure)):
        raise RequestError(
            "A record has no bucket, no account and no figure to choose.", "Give a number, or --account."
        )
    if options.to is not None or options.currency is not None:
        other = "--in" if options.to is not None else "--currency"
        raise RequestError("A record is told in its own currency.", f"Leave {other} away.")
    given = {"--by": options.by != (ACCOUNT,), "--month": options.month, "--from": options.first_day}
    if said := [name for name, value in given.items() if value]:
        raise RequestError(f"A record has no use for {said[0]}.", "Leave it away; --as-of says of which day it is.")
    return workspace.ask(record_figure, options.number, options.field, request)
