"""`duedesk recent`: the records looked at last; looking at one is `show`."""

import argparse

from duedesk.actions.following.views import recent
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import moment
from duedesk.cli.options import add_json, limit
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import write_moment


def add_parser(verbs: Verbs) -> None:
    """Add `recent`."""
    parser = verbs.add_parser("recent", description="The records you looked at last, newest first.")
    add_book(parser)
    parser.add_argument("--limit", metavar="N", type=limit, default=20, help="at most so many (20)")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        found = recent(workspace, options.limit)
    if options.json:
        rows: list[Json] = [
            {"object": one.object, "key": one.key, "name": one.name, "account": one.account, "at": write_moment(one.at)}
            for one in found
        ]
        write_json(terminal, {"records": rows})
        return DONE
    if not found:
        terminal.say("You have looked at nothing yet.")
        return DONE
    columns = (Column("Viewed"), Column("What"), Column("Name"), Column("Account"))
    for line in table(columns, ((moment(one.at), one.kind, one.name, one.account) for one in found)):
        terminal.say(line)
    return DONE
