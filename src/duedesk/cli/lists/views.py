"""`duedesk view`: queries and lists kept under a name; saved, listed, counted, run, renamed, shared, deleted."""

import argparse

from duedesk.actions.calls.views import (
    ListKept,
    begin_with_view,
    count_view,
    delete_view,
    find_view,
    rename_view,
    save_view,
    saved_views,
    share_view,
)
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.list_asked import list_text
from duedesk.cli.lists.query import add_query_options, answer_query
from duedesk.cli.options import words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.names import tidy

_USAGE = """\
duedesk view save NAME "SELECT ..." [--shared]
       duedesk view save NAME [--where C] [--search TEXT] [--order-by F] [--fields A,B] [--group-by F]
                              [--shared] [--default] [--replace]
       duedesk view list [--counts] | run NAME | rename NAME NEW | share NAME | unshare NAME
       duedesk view default [NAME | --none] | delete NAME"""


def add_parser(verbs: Verbs) -> None:
    """Add `view`."""
    parser = verbs.add_parser(
        "view",
        description="Keep queries and lists of invoices under a name. `duedesk invoices --view NAME` lists one.",
        usage=_USAGE,
    )
    add_book(parser)
    parser.add_argument("what", choices=tuple(_WAYS), help="what to do with views")
    parser.add_argument("name", metavar="NAME", nargs="?", type=words, help="the view")
    parser.add_argument("query", metavar='"SELECT ..."', nargs="?", type=words, help="what it asks, or its new name")
    parser.add_argument(
        "--where", metavar="C", help="save a list: the condition; TODAY and LAST_MONTH stay as they are"
    )
    parser.add_argument("--search", metavar="TEXT", type=words, default="", help="save a list: text in its numbers")
    parser.add_argument("--order-by", metavar="F", help='save a list: its order, "Balance DESC, DueDate"')
    parser.add_argument("--fields", metavar="A,B", help="save a list: its columns")
    parser.add_argument("--group-by", metavar="F", default="", help="save a list: what its rows are grouped by")
    parser.add_argument("--shared", action="store_true", help="save it for everybody who opens the book")
    parser.add_argument("--default", action="store_true", help="save a list: yours begins with it")
    parser.add_argument("--replace", action="store_true", help="save it in place of the one you have of that name")
    parser.add_argument("--none", action="store_true", help="of default: the list begins with no view any more")
    parser.add_argument("--counts", action="store_true", help="list how many records each finds")
    add_query_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    least, most = _NEEDED[options.what]
    given = sum(one is not None for one in (options.name, options.query))
    if not least <= given <= most:
        raise RequestError(f"That is not how to {options.what} views.", f"Write duedesk view {_FORMS[options.what]}.")
    with opened_book(options, terminal) as workspace:
        _WAYS[options.what](workspace, options, terminal)
    return DONE


def _save(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    there = [one.name for one in saved_views(workspace) if one.is_own and one.name == tidy(options.name)]
    if there and not options.replace:
        raise Question(f"You have a view “{there[0]}” already.", "Say --replace to put this one in its place.")
    if options.query is None:
        made = _save_list(workspace, options)
    elif options.where or options.order_by or options.fields or options.search or options.group_by or options.default:
        raise RequestError(
            "Save a query, or a list, not both at once.", "Leave out the query or what describes a list."
        )
    else:
        made = (save_view(workspace, options.name, options.query, shared=options.shared),)
    for changes in made[-1:] if options.json else made:
        _say(terminal, options, changes)


def _save_list(workspace: Workspace, options: argparse.Namespace) -> tuple[Changes, ...]:
    kept = ListKept(options.search, options.group_by)
    saved = save_view(workspace, options.name, list_text(options), shared=options.shared, as_list=kept)
    if not options.default:
        return (saved,)
    return saved, begin_with_view(workspace, find_view(workspace, options.name).key)


def _list(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    there = saved_views(workspace)
    as_of = options.as_of or terminal.world.today()
    counts = {one.key: count_view(workspace, one, as_of) for one in there} if options.counts else {}
    if options.json:
        rows: list[Json] = []
        for one in there:
            row: dict[str, Json] = {"name": one.name, "query": one.query, "shared": one.is_shared, "by": one.by}
            row |= {"kind": one.kind, "default": one.is_default}
            if one.is_list:
                row |= {"search": one.search, "group_by": one.group_by or None}
            rows.append(row | ({"count": counts[one.key]} if options.counts else {}))
        write_json(terminal, {"rows": rows, "count": len(rows)})
        return
    finds = (Column("Finds", is_figure=True),) if options.counts else ()
    columns = (Column("View"), Column("By"), Column("Shared"), *finds, Column("Query"))
    texts = (
        (
            f"{one.name} (your list begins with it)" if one.is_default else one.name,
            one.by,
            "Yes" if one.is_shared else "",
            *((_figure(counts[one.key]),) if options.counts else ()),
            one.query,
        )
        for one in there
    )
    for line in table(columns, texts):
        terminal.say(line)


def _answer(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    view = find_view(workspace, options.name)
    if view.search:
        raise RequestError(
            "A query has no search, and this list has one.", f'`duedesk invoices --view "{view.name}"` lists it.'
        )
    answer_query(workspace, terminal, view.query, options)


def _rename(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    _say(terminal, options, rename_view(workspace, options.name, options.query))


def _share(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    _say(terminal, options, share_view(workspace, options.name, shared=options.what == "share"))


def _default(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    if options.none and options.name is not None:
        raise RequestError("Name a view, or say --none, not both.")
    if options.name is None and not options.none:
        begun = next((one.name for one in saved_views(workspace) if one.is_default), None)
        if options.json:
            write_json(terminal, {"default": begun})
        else:
            as_it_comes = "The list begins as it comes."
            terminal.say(as_it_comes if begun is None else f"The list begins with the view {begun}.")
        return
    key = None if options.name is None else find_view(workspace, options.name).key
    _say(terminal, options, begin_with_view(workspace, key))


def _delete(workspace: Workspace, options: argparse.Namespace, terminal: Terminal) -> None:
    _say(terminal, options, delete_view(workspace, options.name))


def _say(terminal: Terminal, options: argparse.Namespace, changes: Changes) -> None:
    if options.json:
        write_json(terminal, {"done": changes.summary or None, "journal": changes.journal_id})
    else:
        terminal.say(f"{changes.summary}." if changes.summary else "It is so already.")


def _figure(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


_WAYS = {
    "save": _save,
    "list": _list,
    "run": _answer,
    "rename": _rename,
    "share": _share,
    "unshare": _share,
    "default": _default,
    "delete": _delete,
}
_NEEDED = {
    "save": (1, 2),
    "list": (0, 0),
    "run": (1, 1),
    "rename": (2, 2),
    "share": (1, 1),
    "unshare": (1, 1),
    "default": (0, 1),
    "delete": (1, 1),
}
_FORMS = {
    "save": 'save NAME "SELECT ..." or save NAME --where C',
    "list": "list [--counts]",
    "run": "run NAME",
    "rename": "rename NAME NEW",
    "share": "share NAME",
    "unshare": "unshare NAME",
    "default": "default [NAME | --none]",
    "delete": "delete NAME",
}
