"""`duedesk note`: writes a note on an invoice, takes one away, or lists what was written; files are for `attach`."""

import argparse
from collections.abc import Iterator

from duedesk.actions.following.feed import add_note, take_away
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.ledger.feed_text import feed_json, feed_lines
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.feed import feed
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `note`."""
    parser = verbs.add_parser(
        "note", description="Write a note on an invoice; without a text, list the notes and files that are on it."
    )
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, help="the invoice's number, or its Id")
    parser.add_argument("text", metavar="TEXT", type=words, nargs="?", help="what to write")
    parser.add_argument("--take-away", metavar="KEY", type=int, help="take the note or file with this key away")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.text is not None and options.take_away is not None:
        raise RequestError("A note is either written or taken away.", "Leave out one of the two.")
    with opened_book(options, terminal) as workspace:
        key = workspace.ask(invoice_key, options.number)
        done = _do(options, workspace, key)
        posts = workspace.ask(feed, key)
    if options.json:
        write_json(terminal, {"done": done.summary if done else None, "feed": [feed_json(post) for post in posts]})
    else:
        for line in [done.summary] if done else _listed(list(feed_lines(posts))):
            terminal.say(line)
    return DONE


def _do(options: argparse.Namespace, workspace: Workspace, invoice: int) -> Changes | None:
    if options.text is not None:
        return add_note(workspace, invoice, options.text).changes
    if options.take_away is None:
        return None
    if options.take_away not in {post.key for post in workspace.ask(feed, invoice)}:
        raise RequestError(f"There is no note or file {options.take_away} on {options.number}.")
    return take_away(workspace, options.take_away)


def _listed(lines: list[str]) -> Iterator[str]:
    yield from lines or ["There are no notes and files."]
