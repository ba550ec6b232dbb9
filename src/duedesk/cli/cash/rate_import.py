"""`duedesk rates import`: a file of rates taken in, what became of it, and what is wrong with its rows."""

import argparse

from duedesk.actions.rates import RatesImport, import_rates
from duedesk.cli.book_option import opened_book
from duedesk.cli.cash.cash_options import currency
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.lists.record_text import counted
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.dates import parse_style

_SHOWN = 20
"""Problems of a file that are written out; --json gives all."""


def add_import(parser: argparse.ArgumentParser) -> None:
    """Add what a file may leave open."""
    parser.add_argument("--base", metavar="C", type=currency, help="of an import: what its rates stand over")
    parser.add_argument("--dates", metavar="D", type=parse_style, help="how a file writes days: day-first, month-first")
    parser.add_argument(
        "--decimal", metavar="C", choices=tuple(DecimalMark), type=DecimalMark, help="what stands before the decimals"
    )


def take_in(options: argparse.Namespace, terminal: Terminal) -> int:
    """Take the file in and say what became of it."""
    with opened_book(options, terminal) as workspace:
        done = import_rates(workspace, options.file, base=options.base, dates=options.dates, mark=options.decimal)
    if options.json:
        write_json(terminal, _import_json(done))
    else:
        _say_import(terminal, done)
    if done.problems:
        terminal.complain(f"Nothing was imported: {counted(len(done.problems), 'row')} at fault.")
    return AT_FAULT if done.problems else DONE


def _say_import(terminal: Terminal, done: RatesImport) -> None:
    for problem in done.problems[:_SHOWN]:
        terminal.complain(f"error: {problem}")
    if len(done.problems) > _SHOWN:
        terminal.complain(f"... and {counted(len(done.problems) - _SHOWN, 'error')} more")
    if not done.problems:
        there = f" ({done.unchanged:,} in the book already)" if done.unchanged else ""
        terminal.say(f"{done.changes.summary}.{there}" if done.changes.summary else f"Nothing new.{there}")
        if done.left_out:
            were = "was" if done.left_out == 1 else "were"
            terminal.say(f"{counted(done.left_out, 'cell')} held no rate and {were} left out.")


def _import_json(done: RatesImport) -> Json:
    return {
        "done": done.changes.summary or None,
        "journal": done.changes.journal_id,
        "file": done.file,
        "base": done.base,
        "made": done.made,
        "corrected": done.corrected,
        "unchanged": done.unchanged,
        "left_out": done.left_out,
        "problems": [
            {
                "file": one.file,
                "row": one.row,
                "column": one.column,
                "severity": one.severity.value,
                "text": one.text,
                "remedy": one.remedy,
            }
            for one in done.problems
        ],
    }
