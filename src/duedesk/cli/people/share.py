"""`duedesk share` and `duedesk unshare`: who has access to an invoice and why; given and taken back by hand."""

import argparse

from duedesk.actions.access.sharing import GIVEN, share, unshare
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.access import Level
from duedesk.domain.changes import Changes
from duedesk.store.queries.access import ShareRow, owner_key, shares_of
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `share` and `unshare`."""
    parser = verbs.add_parser(
        "share",
        description="Who has access to an invoice and why; with --with, share it. Supervisor, Finance and Auditor see "
        "all and are not listed.",
    )
    _add_invoice(parser)
    parser.add_argument("--with", dest="who", metavar="WHO", type=words, help="a user or group")
    parser.add_argument("--level", choices=GIVEN, type=Level, default=Level.READ, help="how far (Read)")
    parser.set_defaults(run=_share)
    parser = verbs.add_parser("unshare", description="Take back what was shared by hand.")
    _add_invoice(parser)
    parser.add_argument("--with", dest="who", metavar="WHO", type=words, required=True, help="a user or group")
    parser.set_defaults(run=_unshare)


def _add_invoice(parser: argparse.ArgumentParser) -> None:
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, help="the invoice's number, or its Id")
    add_json(parser)


def _share(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        key = workspace.ask(invoice_key, options.number)
        done = None
        if options.who is not None:
            done = share(workspace, key, with_=workspace.ask(owner_key, options.who), level=options.level)
        rows = workspace.ask(shares_of, key)
    return _answer(options, terminal, done, rows)


def _unshare(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        key = workspace.ask(invoice_key, options.number)
        done = unshare(workspace, key, with_=workspace.ask(owner_key, options.who))
        rows = workspace.ask(shares_of, key)
    return _answer(options, terminal, done, rows)


def _answer(options: argparse.Namespace, terminal: Terminal, done: Changes | None, rows: tuple[ShareRow, ...]) -> int:
    if options.json:
        shown = [
            {"name": row.name, "type": row.type, "level": row.level, "reason": row.reason, "rule": row.rule or None}
            for row in rows
        ]
        write_json(terminal, {"done": done.summary if done else None, "shares": shown})
    elif done is not None:
        terminal.say(done.summary or "It is shared so already.")
    else:
        columns = (Column("Who"), Column("Access"), Column("Why"))
        for line in table(columns, ((row.name, row.level, f"{row.reason} {row.rule}".strip()) for row in rows)):
            terminal.say(line)
    return DONE
