"""`duedesk user`: lists who is in the book, makes users and changes what they are there for; groups are for `group`."""

import argparse
from dataclasses import replace

from duedesk.actions.access.users import UserDraft, save_user
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.access import ON_A_FILE, Role
from duedesk.domain.changes import Made
from duedesk.domain.errors import RequestError
from duedesk.store.queries.access import UserRow, users
from duedesk.store.queries.server_logins import login_statements

_NO_ROLE = "None"


def add_parser(verbs: Verbs) -> None:
    """Add `user`."""
    parser = verbs.add_parser(
        "user",
        description="List the users of the book; with a name and options, make the user or change them. While nobody "
        "has a role, everybody may do everything.",
    )
    add_book(parser)
    parser.add_argument("name", metavar="NAME", type=words, nargs="?", help="the user's name, or their login")
    parser.add_argument("--login", metavar="L", type=words, help="what the machine or the server calls them")
    parser.add_argument("--role", choices=(*(role.value for role in Role), _NO_ROLE), help="what they are there for")
    parser.add_argument("--rename", metavar="NAME", type=words, help="what they shall be called")
    state = parser.add_mutually_exclusive_group()
    state.add_argument("--send-away", action="store_true", help="they may do nothing any more")
    state.add_argument("--take-back", action="store_true", help="they are there again")
    parser.add_argument(
        "--server-sql", action="store_true", help="what the keeper of the server has to run for users to have logins"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    changes = (options.login, options.role, options.rename, options.send_away or None, options.take_back or None)
    wanted = any(change is not None for change in changes)
    with opened_book(options, terminal) as workspace:
        if options.server_sql:
            return _write_server_sql(options, terminal, workspace)
        if wanted and not (options.name or "").strip():
            raise RequestError("Say which user.", "`duedesk user NAME --role Clerk` gives a role.")
        done = _save(options, workspace) if wanted else None
        rows = [row for row in workspace.ask(users) if options.name is None or _is_meant(options, done, row)]
    if not rows and options.name is not None:
        raise RequestError(f"There is no user “{options.name}”.", "With --role the verb makes one.")
    if options.json:
        write_json(terminal, {"done": done.changes.summary if done else None, "users": list(map(_json, rows))})
    elif done:
        terminal.say(done.changes.summary or "Everything is so already.")
    else:
        columns = tuple(map(Column, ("Name", "Login", "Role", "Groups", "")))
        shown = ((row.name, row.login, row.role or "", ", ".join(row.groups), _state(row)) for row in rows)
        for line in table(columns, shown):
            terminal.say(line)
    return DONE


def _write_server_sql(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> int:
    if workspace.book.is_file:
        raise RequestError("A book in a file has no logins.", ON_A_FILE)
    statements = workspace.ask(login_statements)
    if options.json:
        write_json(terminal, {"statements": list(statements)})
    else:
        for statement in statements or ("-- Every user with a login and a role has what they need.",):
            terminal.say(statement)
    return DONE


def _save(options: argparse.Namespace, workspace: Workspace) -> Made:
    there = next((row for row in workspace.ask(users) if options.name in {row.name, row.login}), None)
    draft = UserDraft(options.name)
    if there is not None:
        draft = UserDraft(there.name, there.login, there.role, there.is_active)
    if options.login is not None:
        draft = replace(draft, login=options.login)
    if options.role is not None:
        draft = replace(draft, role=None if options.role == _NO_ROLE else Role(options.role))
    if options.rename is not None:
        draft = replace(draft, name=options.rename)
    if options.send_away or options.take_back:
        draft = replace(draft, is_active=options.take_back)
    return save_user(workspace, draft, key=there.key if there else None)


def _is_meant(options: argparse.Namespace, done: Made | None, row: UserRow) -> bool:
    return row.key == done.key if done else options.name in {row.name, row.login}


def _state(row: UserRow) -> str:
    return "" if row.is_active else "has left"


def _json(row: UserRow) -> Json:
    return {
        "key": row.key,
        "name": row.name,
        "login": row.login or None,
        "role": row.role,
        "active": row.is_active,
        "groups": list(row.groups),
    }
