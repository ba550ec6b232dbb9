"""`duedesk updated` and `deleted`: which records of an object changed, or are gone, within a span of time."""

import argparse
from collections.abc import Callable
from datetime import datetime
from functools import partial

from duedesk.actions.calls.changed import ChangedRecords, get_deleted, get_updated
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted, moment
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import beginning_or_moment, parse_moment, write_moment

_Call = Callable[[Workspace, str, datetime, datetime], ChangedRecords]


def add_parser(verbs: Verbs) -> None:
    """Add `updated` and `deleted`."""
    ways: tuple[tuple[str, str, _Call], ...] = (
        ("updated", "Records of an object that were made or changed, and are there still.", get_updated),
        ("deleted", "Records of an object that were deleted.", get_deleted),
    )
    for name, description, call in ways:
        parser = verbs.add_parser(name, description=description)
        add_book(parser)
        parser.add_argument("object", metavar="OBJECT", help="Invoice, Account, ...")
        parser.add_argument(
            "--since",
            metavar="D",
            type=beginning_or_moment,
            required=True,
            help="from this day or moment on: 2026-11-01 or 2026-11-23T17:30Z",
        )
        parser.add_argument("--until", metavar="D", type=parse_moment, help="up to this day or moment (now)")
        add_json(parser)
        parser.set_defaults(run=partial(_run, call))


def _run(call: _Call, options: argparse.Namespace, terminal: Terminal) -> int:
    until = options.until or terminal.world.now()
    with opened_book(options, terminal) as workspace:
        found = call(workspace, options.object, options.since, until)
    if options.json:
        rows: list[Json] = [
            {"id": one.id, "key": one.key, "date": write_moment(one.changed_at)} for one in found.records
        ]
        write_json(
            terminal,
            {"rows": rows, "count": len(rows), "latestDateCovered": write_moment(found.latest_date_covered)},
        )
        return DONE
    columns = (Column("Id"), Column("Record key", is_figure=True), Column("When"))
    for line in table(columns, ((one.id, str(one.key), moment(one.changed_at)) for one in found.records)):
        terminal.say(line)
    terminal.say()
    terminal.say(counted(len(found.records), "record"))
    return DONE
