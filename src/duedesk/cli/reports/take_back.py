"""`duedesk take-back`: what finance typed into a workbook, shown against the book and taken over with --yes."""

import argparse
from pathlib import Path

from duedesk.actions.taking_back import TakenBack, take_back
from duedesk.actions.workbook_compared import Compared, compare_workbook
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.lists.record_text import counted
from duedesk.cli.options import add_json
from duedesk.cli.reports.take_back_text import difference_json, say_differences, say_problems, typed_json
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.reports.taking_back import Fate, in_short, wanted_by_default, wanted_in_spite
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.dates import parse_style


def add_parser(verbs: Verbs) -> None:
    """Add `take-back`."""
    parser = verbs.add_parser(
        "take-back",
        description="Take back a workbook: comments, promises and reasons of disputes that were typed into its marked "
        "columns become notes, promises and disputes of the book. The same workbook twice changes nothing.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the workbook as .xlsx or .ods, or its rows as .csv")
    add_book(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the differences, and change nothing")
    parser.add_argument("--yes", action="store_true", help="take them over; without it you are asked before")
    parser.add_argument(
        "--meanwhile", action="store_true", help="also what contradicts something that happened in the book since"
    )
    parser.add_argument(
        "--dates", metavar="D", type=parse_style, help="how typed days are written: day-first, ... (as the house does)"
    )
    parser.add_argument("--decimal", metavar="C", type=_mark, help="what stands before the decimals: . or ,")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    wanted = wanted_in_spite if options.meanwhile else wanted_by_default
    with opened_book(options, terminal) as workspace:
        compared = compare_workbook(workspace, options.file, dates=options.dates, decimal=options.decimal)
        chosen = [one for one in compared.found if wanted(one)]
        done = take_back(workspace, compared.typed, wanted=wanted) if options.yes and chosen else None
    if options.json:
        write_json(terminal, _document(compared, done))
    elif done is None:
        say_differences(terminal, compared.found)
        say_problems(terminal, compared.typed.problems)
    if done is not None:
        return _tell(options, terminal, compared, done)
    if not options.dry_run and chosen:
        raise Question(f"{in_short(chosen)} would be taken over.", "Say --yes to do that.")
    if not options.json and not chosen:
        terminal.say("Nothing is to be taken over.")
    return DONE if options.dry_run else _end(terminal, compared, None)


def _tell(options: argparse.Namespace, terminal: Terminal, compared: Compared, done: TakenBack) -> int:
    if not options.json:
        terminal.say(f"{done.changes.summary}.")
        say_differences(terminal, done.left)
        say_problems(terminal, compared.typed.problems)
    return _end(terminal, compared, done)


def _end(terminal: Terminal, compared: Compared, done: TakenBack | None) -> int:
    """Say how much of what was typed did not come into the book, and give the exit code."""
    left = compared.found if done is None else done.left
    count = len(compared.typed.problems) + sum(one.fate in {Fate.REFUSED, Fate.MEANWHILE} for one in left)
    if not count:
        return DONE
    terminal.complain(f"{counted(count, 'thing')} typed into {compared.typed.file} did not come into the book.")
    return AT_FAULT


def _document(compared: Compared, done: TakenBack | None) -> dict[str, Json]:
    if done is None:
        found: list[Json] = [difference_json(one) for one in compared.found]
    else:
        found = [difference_json(one, became="taken") for one in done.taken]
        found += [difference_json(one) for one in done.left]
    summary = None if done is None else done.changes.summary
    return {**typed_json(compared.typed), "done": summary, "count": len(found), "differences": found}


def _mark(text: str) -> DecimalMark:
    try:
        return DecimalMark(text)
    except ValueError:
        raise RequestError("What stands before the decimals is a point or a comma.", '--decimal ","') from None
