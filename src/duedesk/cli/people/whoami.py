"""`duedesk whoami`: who the book takes you for, and what you may do in it; it changes nothing."""

import argparse
from collections.abc import Iterator

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import aligned
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.access import HOW_FAR_IT_HOLDS
from duedesk.store.queries.access import WhoAmI, who_am_i


def add_parser(verbs: Verbs) -> None:
    """Add `whoami`."""
    parser = verbs.add_parser("whoami", description="Who the book takes you for, and what you may do in it.")
    add_book(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        me, enforced = workspace.ask(who_am_i), workspace.book.is_enforced
    if options.json:
        document = {
            "user": me.user,
            "name": me.name or None,
            "role": me.role,
            "groups": list(me.groups),
            "roles_hold": me.are_rules,
            "sees_all": me.sees_all,
            "edits_all": me.edits_all,
            "may": list(me.may),
            "may_not": list(me.may_not),
            "enforced_by_server": enforced,
        }
        write_json(terminal, document)
    else:
        for line in aligned(_told(me, enforced=enforced)):
            terminal.say(line)
    return DONE


def _told(me: WhoAmI, *, enforced: bool) -> Iterator[tuple[str, str]]:
    yield "You are", f"{me.name} ({me.user})" if me.name and me.name != me.user else me.user
    if not me.are_rules:
        yield "Role", "nobody has one yet, so everybody may do everything"
        return
    yield "Role", me.role or ""
    if me.groups:
        yield "Groups", ", ".join(me.groups)
    yield "You see", "every invoice" if me.sees_all else "what you and your groups own, and what is shared with you"
    yield "You change", "every invoice" if me.edits_all else "what you see and is yours or shared for editing"
    yield "You may", ", ".join(me.may)
    if me.may_not:
        yield "You may not", ", ".join(me.may_not)
    yield "Kept by", "the server" if enforced else HOW_FAR_IT_HOLDS
