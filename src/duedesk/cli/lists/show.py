"""`duedesk show`: one invoice, payment, credit memo or letter with what belongs to it; it lists none."""

import argparse

from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.source_option import Source
from duedesk.cli.letters.letters_text import show_letter
from duedesk.cli.lists.show_invoice import show_invoice
from duedesk.cli.lists.show_source import show_source
from duedesk.cli.options import add_as_of, add_json, add_known_on, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.store.queries.called import record_called
from duedesk.store.queries.letters.issued import IssuedLetter, letter_numbered


def add_parser(verbs: Verbs) -> None:
    """Add `show`."""
    parser = verbs.add_parser(
        "show",
        description="One invoice, payment or credit memo with what was applied and its history, as of a day; "
        "or a dunning letter as it was issued.",
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
        try:
            name, key = workspace.ask(record_called, options.number)
        except RequestError:
            if (letter := _letter(options, workspace)) is None:
                raise
            return show_letter(terminal, workspace, letter, as_json=options.json)
        asked = Filter(as_of, object=name, known_on=options.known_on)
        if name == "Invoice":
            return show_invoice(terminal, workspace, key, asked, as_json=options.json)
        return show_source(terminal, workspace, Source(name, key), asked, as_json=options.json)


def _letter(options: argparse.Namespace, workspace: Workspace) -> IssuedLetter | None:
    """Give the letter of that number: none is called as an invoice, a payment or a memo is."""
    try:
        return workspace.ask(letter_numbered, options.number)
    except RequestError:
        return None
