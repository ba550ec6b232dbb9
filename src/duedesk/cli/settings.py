"""`duedesk settings`: shows and sets what letters say of the sender; nothing of one user's own taste."""

import argparse
from dataclasses import fields, replace
from typing import Any

from duedesk.actions.settings import letterhead, save_letterhead
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import aligned
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.documents.letter import Letterhead
from duedesk.domain.errors import RequestError

_PREFIX = "letterhead."
_BETWEEN_LINES = "|"


def add_parser(verbs: Verbs) -> None:
    """Add `settings`."""
    parser = verbs.add_parser(
        "settings",
        description="What letters say of the sender: all of it, one of it, or one of it set anew. "
        f"Lines stand apart by “{_BETWEEN_LINES}”; an empty value clears.",
    )
    add_book(parser)
    parser.add_argument("name", metavar="NAME", nargs="?", help="letterhead.name, letterhead.bank_lines, ...")
    parser.add_argument("value", metavar="VALUE", type=words, nargs="?", help="what it shall be")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        settings = _settings(letterhead(workspace.book))
        if options.name is not None and options.name not in settings:
            raise RequestError(f"There is no setting “{options.name}”.", f"There are {', '.join(settings)}.")
        if options.value is not None:
            head = letterhead(workspace.book)
            name = options.name.removeprefix(_PREFIX)
            given = options.value.split(_BETWEEN_LINES)
            changed: dict[str, Any] = {name: tuple(given) if isinstance(getattr(head, name), tuple) else options.value}
            save_letterhead(workspace, replace(head, **changed))
            settings = _settings(letterhead(workspace.book))
    shown = {name: settings[name] for name in ([options.name] if options.name else settings)}
    if options.json:
        write_json(terminal, {"settings": [{"name": name, "value": value} for name, value in shown.items()]})
    elif options.name:
        terminal.say(shown[options.name])
    else:
        for line in aligned(shown.items()):
            terminal.say(line)
    return DONE


def _settings(head: Letterhead) -> dict[str, str]:
    """Give every setting by its name, in words."""
    settings = {}
    for field in fields(head):
        held = getattr(head, field.name)
        settings[f"{_PREFIX}{field.name}"] = held if isinstance(held, str) else f" {_BETWEEN_LINES} ".join(held)
    return settings
