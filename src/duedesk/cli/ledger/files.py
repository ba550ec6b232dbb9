"""`duedesk files`: lists the files kept with an invoice, or writes them into a folder under names made safe."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from duedesk.actions.following.feed import save_file
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.ledger.feed_text import feed_json, feed_lines
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.feed import FeedPost, feed
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `files`."""
    parser = verbs.add_parser("files", description="The files kept with an invoice; nothing is written over.")
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", type=words, help="the invoice's number, or its Id")
    parser.add_argument("--save", metavar="DIR", type=Path, help="write them into this folder")
    parser.add_argument("--key", metavar="KEY", type=int, help="only the one with this key")
    parser.add_argument("--replace", action="store_true", help="write over files of the same name")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        key = workspace.ask(invoice_key, options.number)
        posts = [post for post in workspace.ask(feed, key) if post.is_file]
        if options.key is not None:
            posts = [post for post in posts if post.key == options.key]
            if not posts:
                raise RequestError(f"There is no file {options.key} on {options.number}.")
        saved = [] if options.save is None else _save(workspace, posts, options.save, over=options.replace)
    if options.json:
        write_json(terminal, {"files": [feed_json(post) for post in posts], "saved": [str(path) for path in saved]})
        return DONE
    for line in map(str, saved) if options.save is not None else feed_lines(posts):
        terminal.say(line)
    if not posts:
        terminal.say("There are no files.")
    return DONE


def _save(workspace: Workspace, posts: Sequence[FeedPost], folder: Path, *, over: bool) -> list[Path]:
    """Write files into a folder; two of one name do not write over each other, whatever was said."""
    if not folder.is_dir():
        raise RequestError(f"There is no folder {folder}.", "Make it first, or choose another.")
    saved: list[Path] = []
    for post in posts:
        saved.append(save_file(workspace, post.key, folder, over=over, beside=saved))
    return saved
