"""`duedesk group`: lists groups, makes them, and says who is in them; a group that owns invoices is a queue."""

import argparse

from duedesk.actions.access.users import save_group, set_members
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.store.queries.access import GroupRow, groups, owner_key


def add_parser(verbs: Verbs) -> None:
    """Add `group`."""
    parser = verbs.add_parser(
        "group", description="List the groups; with a name and options, make the group or change who is in it."
    )
    add_book(parser)
    parser.add_argument("name", metavar="NAME", type=words, nargs="?", help="the group's name")
    parser.add_argument("--make", action="store_true", help="make the group where there is none")
    parser.add_argument("--add", metavar="WHO", type=words, action="append", default=[], help="put a user or group in")
    parser.add_argument("--remove", metavar="WHO", type=words, action="append", default=[], help="take one out")
    parser.add_argument("--rename", metavar="NAME", type=words, help="what it shall be called")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        if options.name is None and (options.make or options.add or options.remove or options.rename):
            raise RequestError("Say which group.", "`duedesk group NAME --add WHO` puts somebody in.")
        done = _change(options, workspace) if options.name is not None else []
        called = options.rename or options.name
        rows = [row for row in workspace.ask(groups) if called in {None, row.name}]
    if options.json:
        shown: list[Json] = [{"key": row.key, "name": row.name, "members": list(row.members)} for row in rows]
        write_json(terminal, {"done": done, "groups": shown})
    elif done:
        for sentence in done:
            terminal.say(sentence)
    else:
        for line in table((Column("Group"), Column("Members")), ((row.name, ", ".join(row.members)) for row in rows)):
            terminal.say(line)
    return DONE


def _change(options: argparse.Namespace, workspace: Workspace) -> list[str]:
    """Do what was asked, each as an action of its own, and give what was done."""
    group = _group(workspace, options.name)
    done: list[str] = []
    if group is None:
        if not (options.make or options.add):
            raise RequestError(f"There is no group “{options.name}”.", "Say --make to make it.")
        done.append(save_group(workspace, options.name).changes.summary)
        group = _group(workspace, options.name)
    if group is None:
        raise RequestError(f"There is no group “{options.name}”.")
    members = set(group.member_keys)
    members |= {workspace.ask(owner_key, who) for who in options.add}
    members -= {workspace.ask(owner_key, who) for who in options.remove}
    if members != set(group.member_keys):
        done.append(set_members(workspace, group.key, members).summary)
    if options.rename:
        done.append(save_group(workspace, options.rename, key=group.key).changes.summary)
    return [sentence for sentence in done if sentence]


def _group(workspace: Workspace, name: str) -> GroupRow | None:
    return next((row for row in workspace.ask(groups) if row.name == name), None)
