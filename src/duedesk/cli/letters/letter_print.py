"""`duedesk letter-print`: writes issued letters as PDF, one to the byte or many for the folder; it issues none."""

import argparse
from pathlib import Path

from duedesk.actions.delivering.queueing import mark_printed
from duedesk.actions.letter_printing import print_letters, save_as_issued
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.store.queries.letters.documents import letters_named, letters_of_run


def add_parser(verbs: Verbs) -> None:
    """Add `letter-print`."""
    parser = verbs.add_parser(
        "letter-print",
        description="Letters as they were issued, as PDF. One is given to the byte; several, or a run, are one file in "
        "the order of the folding machine: by pages, country and postal code, each beginning on a front page.",
    )
    add_book(parser)
    parser.add_argument("number", metavar="NUMBER", nargs="*", help="letters: DL-2026-00001")
    parser.add_argument("--run", dest="dunning_run", metavar="RUN", help="all letters of a run that stand")
    parser.add_argument("--one-sided", action="store_true", help="for a printer that leaves the backs blank")
    parser.add_argument("--out", metavar="F.pdf", type=Path, required=True, help="the file")
    parser.add_argument("--mark-printed", action="store_true", help="say afterwards that they were printed and posted")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if bool(options.number) is bool(options.dunning_run):
        raise RequestError("Say which letters.", "Name them, or a run with --run.")
    with opened_book(options, terminal) as workspace:
        if options.dunning_run:
            keys = workspace.ask(letters_of_run, options.dunning_run)
        else:
            keys = workspace.ask(letters_named, options.number)
        if len(keys) == 1:
            save_as_issued(workspace, keys[0], options.out)
            letters, pages = 1, None
        else:
            merged = print_letters(workspace, keys, options.out, is_duplex=not options.one_sided)
            letters, pages = merged.letters, merged.pages
        noted = mark_printed(workspace, keys).summary if options.mark_printed else ""
    if options.json:
        write_json(terminal, {"file": str(options.out), "letters": letters, "pages": pages, "marked": noted or None})
    else:
        terminal.say(str(options.out))
        if noted:
            terminal.say(f"{noted}.")
    return DONE
