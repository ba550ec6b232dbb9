"""`duedesk cancel-letter`: issued letters are taken back, or it is said what that would do."""

import argparse

from duedesk.actions.dunning.cancelling import cancel_letters
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.letters.cancel_outlook import say_outlook
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.store.queries.letters.cancelling import cancel_outlook
from duedesk.store.queries.letters.issued import letter_numbered


def add_parser(verbs: Verbs) -> None:
    """Add `cancel-letter`."""
    taking_back = verbs.add_parser(
        "cancel-letter",
        description="Cancel letters that were issued: the level before comes back, fees and interest are voided.",
    )
    taking_back.add_argument("numbers", metavar="LETTER", nargs="+", type=words, help="its number: DL-2026-00001")
    add_book(taking_back)
    how = taking_back.add_mutually_exclusive_group(required=True)
    how.add_argument("--reason", metavar="R", type=words, help="why")
    how.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")
    add_json(taking_back)
    taking_back.set_defaults(run=_cancel)


def _cancel(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        keys = [workspace.ask(letter_numbered, number).key for number in options.numbers]
        if options.dry_run:
            return say_outlook(options, terminal, workspace.ask(cancel_outlook, keys))
        done = cancel_letters(workspace, keys, options.reason)
    if options.json:
        said: dict[str, Json] = {"letters": list(done.numbers), "voided": list(done.voided)}
        write_json(terminal, {**said, "remarks": list(done.remarks), "journal": done.changes.journal_id})
        return DONE
    terminal.say(f"{done.changes.summary}.")
    if done.voided:
        terminal.say(f"Voided with {'it' if len(done.numbers) == 1 else 'them'}: {', '.join(done.voided)}.")
    for remark in done.remarks if len(done.numbers) > 1 else ():
        terminal.say(f"{remark[:1].upper()}{remark[1:]}.")
    return DONE
