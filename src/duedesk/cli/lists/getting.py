"""`duedesk get`: one record of any object with its fields; `show` tells of an invoice with all that belongs to it."""

import argparse

from duedesk.actions.calls.asking import record_query
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import json_value, write_json
from duedesk.cli.layout import aligned
from duedesk.cli.lists.record_text import shown_value
from duedesk.cli.options import add_as_of, add_json, add_known_on, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.store.queries import soql
from duedesk.store.queries.identity import find_record


def add_parser(verbs: Verbs) -> None:
    """Add `get`."""
    parser = verbs.add_parser("get", description="One record of any object, with all its fields or those named.")
    add_book(parser)
    parser.add_argument("object", metavar="OBJECT", help="Invoice, Payment, Account, ...")
    parser.add_argument("called", metavar="ID", type=words, help="its Id, number or name, or its RecordKey")
    parser.add_argument("--fields", metavar="A,B", help="the fields to give, in this order")
    add_as_of(parser)
    add_known_on(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    described = CATALOG.object(options.object)
    asked = [name.strip() for name in options.fields.split(",")] if options.fields else []
    fields = [described.field(name) for name in asked] or list(described.read_fields)
    as_of = options.as_of or terminal.world.today()
    with opened_book(options, terminal) as workspace, workspace.book.reading() as connection:
        key = find_record(connection, described.name, options.called)
        query = record_query(described.name, [field.name for field in fields], key)
        row = next(soql.answer(connection, query, as_of, known_on=options.known_on), None)
    if row is None:
        raise RequestError(f"“{options.called}” was not in the book on {as_of}.", "Choose a later as-of date.")
    held = list(zip(fields, row.values, row.currencies, strict=True))
    if options.json:
        write_json(terminal, {field.name: json_value(field, value, currency) for field, value, currency in held})
        return DONE
    for line in aligned((field.name, shown_value(field, value, currency)) for field, value, currency in held):
        terminal.say(line)
    return DONE
