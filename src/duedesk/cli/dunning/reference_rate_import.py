"""`duedesk reference-rates import`: a file taken in, what became of it, and what is wrong with its rows."""

import argparse

from duedesk.actions.interest.rates import ReferenceRatesImport, import_reference_rates
from duedesk.cli.book_option import opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.lists.record_text import counted
from duedesk.cli.options import words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.dates import parse_style
from duedesk.exchange.reference_rate_file import Told


def add_import(parser: argparse.ArgumentParser) -> None:
    """Add what a file may leave open."""
    parser.add_argument("--source", metavar="WORDS", type=words, help="of an import: who says so, where no column does")
    parser.add_argument("--dates", metavar="D", type=parse_style, help="how a file writes days: day-first, month-first")
    parser.add_argument(
        "--decimal", metavar="C", choices=tuple(DecimalMark), type=DecimalMark, help="what stands before the decimals"
    )


def take_in(options: argparse.Namespace, terminal: Terminal) -> int:
    """Take the file in and say what became of it."""
    told = Told(options.series or "", options.source or "", options.dates, options.decimal)
    with opened_book(options, terminal) as workspace:
        done = import_reference_rates(workspace, options.file, told)
    if options.json:
        write_json(terminal, _import_json(done))
    else:
        _say_import(terminal, done)
    if done.problems:
        terminal.complain(f"Nothing was imported: {counted(len(done.problems), 'row')} at fault.")
    return AT_FAULT if done.problems else DONE


def _say_import(terminal: Terminal, done: ReferenceRatesImport) -> None:
    for problem in done.problems:
        terminal.complain(f"error: {problem}")
    if done.problems:
        return
    there = f" ({done.unchanged:,} known already)" if done.unchanged else ""
    terminal.say(f"{done.changes.summary}.{there}" if done.changes.summary else f"Nothing new.{there}")
    for one in done.against_shipped:
        terminal.say(f"{one}, which came with the program.")


def _import_json(done: ReferenceRatesImport) -> Json:
    return {
        "done": done.changes.summary or None,
        "journal": done.changes.journal_id,
        "file": done.file,
        "made": done.made,
        "corrected": done.corrected,
        "unchanged": done.unchanged,
        "against_shipped": list(done.against_shipped),
        "problems": [
            {"row": one.row, "column": one.column, "text": one.text, "remedy": one.remedy} for one in done.problems
        ],
    }
