"""`duedesk assign`: gives invoices to a user or a group, named one by one or found by a condition."""

import argparse

from duedesk.actions.access.sharing import assign_owner
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition
from duedesk.store.queries.access import owner_key
from duedesk.store.queries.lists import listing
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `assign`."""
    parser = verbs.add_parser("assign", description="Give invoices to a user or to a group, whose queue they join.")
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, nargs="*", help="invoices by number, or Id")
    parser.add_argument("--where", metavar="C", help="all that a condition finds: \"Owner.Name = 'Bo'\"")
    receiver = parser.add_mutually_exclusive_group(required=True)
    receiver.add_argument("--to", metavar="WHO", type=words, help="a user or group")
    receiver.add_argument("--to-nobody", action="store_true", help="take the owner away")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if bool(options.number) == bool(options.where):
        raise RequestError("Say which invoices.", "Name them, or give a condition with --where.")
    with opened_book(options, terminal) as workspace:
        if options.where:
            asked = Filter(workspace.world.today(), where=parse_condition(options.where, CATALOG, "Invoice"))
            keys = list(workspace.ask(listing.keys, asked))
        else:
            keys = [workspace.ask(invoice_key, number) for number in options.number]
        owner = None if options.to_nobody else workspace.ask(owner_key, options.to)
        done = assign_owner(workspace, keys, owner=owner)
    if options.json:
        write_json(terminal, {"done": done.summary or None, "found": len(keys)})
    else:
        terminal.say(done.summary or f"Nothing to do: {'none was found' if not keys else 'they are theirs already'}.")
    return DONE
