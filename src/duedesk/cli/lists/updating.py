"""`duedesk update`: fields of one record set; an invoice is changed while it is a draft."""

import argparse

from duedesk.actions.calls.updating import update
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.describing import UPDATABLE
from duedesk.domain.errors import RequestError


def add_parser(verbs: Verbs) -> None:
    """Add `update`."""
    parser = verbs.add_parser(
        "update",
        description=f"Set fields of a record: {', '.join(UPDATABLE)}. `duedesk describe` says which fields take it.",
    )
    add_book(parser)
    parser.add_argument("object", metavar="OBJECT", help=f"{', '.join(UPDATABLE)}")
    parser.add_argument("called", metavar="ID", type=words, help="its Id, number or name, or its RecordKey")
    parser.add_argument(
        "values", metavar="FIELD=VALUE", nargs="+", type=words, help="Description='Second try'; FIELD= empties it"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    values: dict[str, str] = {}
    for said in options.values:
        name, sign, value = said.partition("=")
        if not sign or not name.strip():
            raise RequestError(f"“{said}” sets nothing.", "Write FIELD=VALUE: Description='Second try'.")
        if name.strip() in values:
            raise RequestError(f"{name.strip()} is given twice.")
        values[name.strip()] = value
    with opened_book(options, terminal) as workspace:
        changes = update(workspace, options.object, {options.called: values})
    if options.json:
        write_json(terminal, {"changed": bool(changes.objects), "journal": changes.journal_id})
    else:
        terminal.say(f"{changes.summary}." if changes.objects else "Nothing to change: it stands so already.")
    return DONE
