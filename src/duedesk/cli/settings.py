"""`duedesk settings`: shows and sets what letters say of the sender, and limits; nothing of one user's own taste."""

import argparse
from dataclasses import fields, replace
from typing import Any

from duedesk.actions.cash.write_off_limits import set_write_off_limit, write_off_limits
from duedesk.actions.settings import letterhead, save_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash_options import amount, currency
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import aligned
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.documents.letter import Letterhead
from duedesk.domain.errors import RequestError
from duedesk.domain.money import plain

_PREFIX = "letterhead."
_LIMIT = "write_off_limit."
_BETWEEN_LINES = "|"


def add_parser(verbs: Verbs) -> None:
    """Add `settings`."""
    parser = verbs.add_parser(
        "settings",
        description="What letters say of the sender, and up to which amount a write-off needs no approval: all of it, "
        f"one of it, or one of it set anew. Lines stand apart by “{_BETWEEN_LINES}”; an empty value clears.",
    )
    add_book(parser)
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="letterhead.name, letterhead.bank_lines, write_off_limit.EUR, ..."
    )
    parser.add_argument("value", metavar="VALUE", type=words, nargs="?", help="what it shall be")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        settings = _all(workspace)
        limited = _limited_currency(options.name)
        if limited is not None:
            if options.value is not None:
                limit = amount(options.value) if options.value.strip() else None
                set_write_off_limit(workspace, limited, limit)
            settings = _all(workspace)
            settings.setdefault(options.name, "")
        elif options.name is not None and options.name not in settings:
            raise RequestError(f"There is no setting “{options.name}”.", f"There are {', '.join(settings)}.")
        if options.value is not None and limited is None:
            head = letterhead(workspace.book)
            name = options.name.removeprefix(_PREFIX)
            given = options.value.split(_BETWEEN_LINES)
            changed: dict[str, Any] = {name: tuple(given) if isinstance(getattr(head, name), tuple) else options.value}
            save_letterhead(workspace, replace(head, **changed))
            settings = _all(workspace)
    shown = {name: settings[name] for name in ([options.name] if options.name else settings)}
    if options.json:
        write_json(terminal, {"settings": [{"name": name, "value": value} for name, value in shown.items()]})
    elif options.name:
        terminal.say(shown[options.name])
    else:
        for line in aligned(shown.items()):
            terminal.say(line)
    return DONE


def _all(workspace: Workspace) -> dict[str, str]:
    limits = write_off_limits(workspace.book)
    limited = {f"{_LIMIT}{code}": plain(limit, code) for code, limit in sorted(limits.items())}
    return _settings(letterhead(workspace.book)) | limited


def _limited_currency(name: str | None) -> str | None:
    """Give the currency whose limit is named."""
    if name is None or not name.startswith(_LIMIT):
        return None
    return currency(name.removeprefix(_LIMIT))


def _settings(head: Letterhead) -> dict[str, str]:
    """Give every setting by its name, in words."""
    settings = {}
    for field in fields(head):
        held = getattr(head, field.name)
        settings[f"{_PREFIX}{field.name}"] = held if isinstance(held, str) else f" {_BETWEEN_LINES} ".join(held)
    return settings
