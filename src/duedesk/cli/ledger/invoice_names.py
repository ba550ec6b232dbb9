"""Invoices as a verb is told of them: by number, Id or #KEY, or as all that a condition finds; it changes none."""

import argparse

from duedesk.actions.workspace import Workspace
from duedesk.cli.options import words
from duedesk.cli.terminal import Terminal
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition
from duedesk.store.queries.lists import listing
from duedesk.store.queries.records.invoice import invoice_key


def add_invoices(parser: argparse.ArgumentParser, *, where: bool = False) -> None:
    """Add the invoices a verb is about, and `--where` where it can be about all that a condition finds."""
    parser.add_argument(
        "invoices",
        metavar="INVOICE",
        nargs="*",
        type=words,
        help="its number or Id; a draft has none and is called by its key: '#123'",
    )
    if where:
        parser.add_argument("--where", metavar="C", help='all that a condition finds: "DueDate < TODAY"')


def invoice_keys(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> list[int]:
    """Give the keys of the invoices that were named or are found; RequestError where there are none."""
    condition = getattr(options, "where", None)
    if bool(options.invoices) == bool(condition):
        how = "Name invoices, or a condition with --where." if hasattr(options, "where") else "Name one: INV-1 or #123."
        raise RequestError("Say which invoices." if not condition else "Name invoices or a condition, not both.", how)
    if condition:
        asked = Filter(terminal.world.today(), where=parse_condition(condition, CATALOG, "Invoice"))
        found = list(workspace.ask(listing.keys, asked))
        if not found:
            raise RequestError("The condition finds no invoice.")
        return found
    return list(dict.fromkeys(workspace.ask(invoice_key, name) for name in options.invoices))
