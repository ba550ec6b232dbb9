"""`duedesk show`: one invoice, payment or credit memo with what was applied and its history; it lists none."""

import argparse

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.options import add_as_of, add_json, add_known_on, words
from duedesk.cli.show_invoice import show_invoice
from duedesk.cli.show_source import show_source
from duedesk.cli.source_option import Source
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.filters import Filter
from duedesk.store.queries.called import record_called


def add_parser(verbs: Verbs) -> None:
    """Add `show`."""
    parser = verbs.add_parser(
        "show", description="One invoice, payment or credit memo with what was applied and its history, as of a day."
    )
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, help="its number, its Id, or #KEY of a draft")
    add_as_of(parser)
    add_known_on(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    as_of = options.as_of or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        name, key = workspace.ask(record_called, options.number)
        asked = Filter(as_of, object=name, known_on=options.known_on)
        if name == "Invoice":
            return show_invoice(terminal, workspace, key, asked, as_json=options.json)
        return show_source(terminal, workspace, Source(name, key), asked, as_json=options.json)
