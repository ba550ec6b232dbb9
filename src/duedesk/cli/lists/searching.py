"""`duedesk search`: records by a part of their number, name or reference, whatever object they are of."""

import argparse

from duedesk.actions.calls.asking import search
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted
from duedesk.cli.options import add_json, limit, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.describing import SEARCHED
from duedesk.domain.money import grouped, plain


def add_parser(verbs: Verbs) -> None:
    """Add `search`."""
    parser = verbs.add_parser(
        "search", description=f"Find a text in numbers, names and references of {', '.join(SEARCHED)}."
    )
    add_book(parser)
    parser.add_argument("text", metavar="TEXT", type=words, help="a part of a number, a name or a reference")
    parser.add_argument("--in", metavar="A,B", dest="objects", help="only these objects: Invoice,Payment")
    parser.add_argument("--limit", metavar="N", type=limit, default=20, help="at most so many of each object (20)")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    objects = [name.strip() for name in options.objects.split(",")] if options.objects else SEARCHED
    with opened_book(options, terminal) as workspace:
        found = search(workspace, options.text, objects=objects, limit=options.limit)
    if options.json:
        records = [
            {
                "object": one.object,
                "key": one.key,
                "name": one.name,
                "account": one.account,
                "reference": one.reference,
                "status": one.status,
                "date": None if one.on is None else one.on.isoformat(),
                "amount": None if one.amount is None else plain(one.amount, one.currency),
                "currency": one.currency,
            }
            for one in found
        ]
        write_json(terminal, {"rows": records, "count": len(records)})
        return DONE
    columns = (
        Column("Object"),
        Column("Name"),
        Column("Account"),
        Column("Reference"),
        Column("Date"),
        Column("Amount", is_figure=True),
        Column("Currency"),
        Column("Status"),
    )
    rows = (
        (
            one.object,
            one.name,
            one.account,
            one.reference,
            "" if one.on is None else one.on.isoformat(),
            "" if one.amount is None else grouped(one.amount, one.currency),
            one.currency,
            one.status,
        )
        for one in found
    )
    for line in table(columns, rows):
        terminal.say(line)
    terminal.say()
    terminal.say(counted(len(found), "record"))
    return DONE
