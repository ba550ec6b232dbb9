"""`duedesk letter`: writes the first reminder to an account as PDF; it sends and records nothing."""

import argparse
from pathlib import Path

from duedesk.actions.letters import first_reminder, save_pdf
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.options import add_as_of, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.documents.letter import Paper
from duedesk.store.queries.accounts import find_account


def add_parser(verbs: Verbs) -> None:
    """Add `letter`."""
    parser = verbs.add_parser(
        "letter", description="Write the first reminder for what an account has overdue, as PDF. Nothing is sent."
    )
    add_book(parser)
    parser.add_argument("account", metavar="ACCOUNT", type=words, help="its Id, number or name")
    add_as_of(parser)
    parser.add_argument("--paper", choices=tuple(Paper), type=Paper, default=Paper.A4, help="the sheet (a4)")
    parser.add_argument("--out", metavar="F.pdf", type=Path, help="the file (named after account and day)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    as_of = options.as_of or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        account = workspace.ask(find_account, options.account)
        letter = first_reminder(workspace, account.key, as_of=as_of, paper=options.paper)
    path = options.out or Path(letter.file_name)
    save_pdf(letter.pdf, path)
    for remark in letter.remarks:
        terminal.complain(remark)
    terminal.say(str(path))
    return DONE
