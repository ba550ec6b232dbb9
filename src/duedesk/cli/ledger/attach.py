"""`duedesk attach`: keeps files with an invoice; `duedesk files` gives them back."""

import argparse
from pathlib import Path

from duedesk.actions.following.feed import attach_file
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `attach`."""
    parser = verbs.add_parser("attach", description="Keep files with an invoice, each whole and at most 25 MB.")
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, help="the invoice's number, or its Id")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="what to keep")
    parser.add_argument("--text", metavar="T", type=words, default="", help="what to say of them")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        key = workspace.ask(invoice_key, options.number)
        added = [attach_file(workspace, key, path, text=options.text) for path in options.files]
    if options.json:
        write_json(terminal, {"added": [{"key": one.key, "done": one.changes.summary} for one in added]})
    else:
        for one in added:
            terminal.say(one.changes.summary)
    return DONE
