"""`duedesk view`: queries kept under a name; saved, listed, run, deleted."""

import argparse

from duedesk.actions.calls.views import delete_view, find_view, save_view, saved_views
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import words
from duedesk.cli.query import add_query_options, answer_query
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError


def add_parser(verbs: Verbs) -> None:
    """Add `view`."""
    parser = verbs.add_parser(
        "view",
        description="Keep queries under a name.",
        usage='duedesk view save NAME "SELECT ..." [--shared] | list | run NAME | delete NAME',
    )
    add_book(parser)
    parser.add_argument("what", choices=tuple(_WAYS), help="what to do with views")
    parser.add_argument("name", metavar="NAME", nargs="?", type=words, help="the view")
    parser.add_argument("query", metavar='"SELECT ..."', nargs="?", type=words, help="what it asks; only to save one")
    parser.add_argument("--shared", action="store_true", help="save it for everybody who opens the book")
    add_query_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    needed = _NEEDED[options.what]
    given = sum(one is not None for one in (options.name, options.query))
    if given != needed:
        form = ("", " NAME", ' NAME "SELECT ..."')[needed]
        raise RequestError(f"That is not how to {options.what} views.", f"Write duedesk view {options.what}{form}.")
    with opened_book(options, terminal) as workspace:
        _WAYS[options.what](workspace, options, terminal)
    return DONE


def _save(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    changes = save_view(workspace, options.name, options.query, shared=options.shared)
    terminal.say(f"{changes.summary}.")


def _list(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    there = saved_views(workspace)
    if options.json:
        rows: list[Json] = [
            {"name": one.name, "query": one.query, "shared": one.is_shared, "by": one.by} for one in there
        ]
        write_json(terminal, {"rows": rows, "count": len(rows)})
        return
    columns = (Column("View"), Column("By"), Column("Shared"), Column("Query"))
    texts = ((one.name, one.by, "Yes" if one.is_shared else "", one.query) for one in there)
    for line in table(columns, texts):
        terminal.say(line)


def _answer(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    answer_query(workspace, terminal, find_view(workspace, options.name).query, options)


def _delete(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    terminal.say(f"{delete_view(workspace, options.name).summary}.")


_WAYS = {"save": _save, "list": _list, "run": _answer, "delete": _delete}
_NEEDED = {"save": 2, "list": 0, "run": 1, "delete": 1}
