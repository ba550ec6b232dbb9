"""`duedesk import`: files in, or a dry run of it; the questions a file leaves open are answered by options."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from duedesk.actions.importing.book import ImportRequest, import_into
from duedesk.actions.importing.report import FileReport, ImportOutcome, ImportReport, Mismatch
from duedesk.actions.recent import last_book, remember_book
from duedesk.cli.book_option import add_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json
from duedesk.cli.record_text import counted
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.errors import Problem, RequestError, Severity
from duedesk.domain.money import grouped, plain
from duedesk.domain.objects import CATALOG
from duedesk.exchange.mapping import SourceOptions, parse_options, read_mapping

_SHOWN = 20
"""Problems of a kind that are written out; --json gives more."""

_ANSWERS = {
    "encoding": ("E", "how letters are written: utf-8, cp1252, utf-16, ..."),
    "delimiter": ("C", "what stands between columns: , ; | or tab"),
    "sheet": ("NAME", "the sheet of a workbook"),
    "dates": ("D", "how dates are written: day-first, month-first, excel, or %%d.%%m.%%Y"),
    "decimal": ("C", "what stands before the decimals: . or ,"),
    "currency": ("C", "the currency, where the file has none: EUR"),
    "hidden_rows": ("include|skip", "what becomes of hidden rows of a sheet"),
    "zero_totals": ("refuse|accept", "what becomes of invoices over nothing"),
    "letter_case": ("distinct|same", "invoice numbers that differ only in capital letters"),
}
"""Options that say of a file what [source] of a mapping says."""


def add_parser(verbs: Verbs) -> None:
    """Add `import`."""
    parser = verbs.add_parser(
        "import",
        description="Take invoices, payments and what belongs to them in from CSV and XLSX files. All of it goes in or "
        "nothing; the same file twice changes nothing. Files with API field names for headers, and ledgers with "
        "well-known ones, need no mapping.",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="CSV or XLSX; several are one import")
    add_book(parser)
    parser.add_argument("--mapping", metavar="M.toml", type=Path, help="which column is which field")
    parser.add_argument("--dry-run", action="store_true", help="show what would happen, and change nothing")
    parser.add_argument("--skip-bad", action="store_true", help="leave rows at fault out, and write them to a file")
    parser.add_argument(
        "--rejected", metavar="F.csv", type=Path, help="where rows left out are written (beside their file)"
    )
    answers = parser.add_argument_group("how the files are written, where they leave it open")
    for name, (metavar, said) in _ANSWERS.items():
        answers.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=said)
    answers.add_argument("--header-row", metavar="N", type=int, help="the line of the headers; 0 if there are none")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    location: str | None = last_book() if options.book is None else options.book
    if location is None:
        raise RequestError("No book has been opened yet.", "Name one: --book FILE; it is made where there is none.")
    if options.rejected is not None and not options.skip_bad:
        raise RequestError("--rejected goes with --skip-bad.", "Without it nothing is left out.")

    def progress(what: str, done: int, total: int) -> None:
        terminal.progress(f"{what}: {done:,} of {counted(total, 'row')}" if total else what)

    request = ImportRequest(
        options.files,
        mapping=read_mapping(options.mapping) if options.mapping is not None else None,
        options=_said(options),
        dry_run=options.dry_run,
        skip_bad=options.skip_bad,
        rejected_to=options.rejected,
    )
    report = import_into(location, terminal.world, request, progress=progress)
    terminal.clear_progress()
    if report.outcome is ImportOutcome.IMPORTED:
        remember_book(location)
    if options.json:
        _write_json(terminal, report)
    else:
        _write_text(terminal, report)
    if report.is_done:
        return DONE
    terminal.complain(_why_not(report))
    return AT_FAULT


def _said(options: argparse.Namespace) -> SourceOptions:
    said = {name: getattr(options, name) for name in (*_ANSWERS, "header_row")}
    return parse_options({name: value for name, value in said.items() if value is not None})


def _why_not(report: ImportReport) -> str:
    if report.outcome is ImportOutcome.QUESTION:
        return "Nothing was imported: answer the question above, and import again."
    rows, bad = sum(file.row_count for file in report.files), sum(file.bad for file in report.files)
    if not bad or any(problem.row is None for problem in report.problems if problem.severity is Severity.ERROR):
        return "Nothing was imported."
    which = f"{bad:,} of {counted(rows, 'row')} {'is' if bad == 1 else 'are'} at fault"
    return f"Nothing was imported: {which}. Mend them, or leave them out with --skip-bad."


def _write_text(terminal: Terminal, report: ImportReport) -> None:
    for file in report.files:
        _say_file(terminal, file)
    compared = {one.problem for one in report.mismatches}
    for severity, count in (
        (Severity.QUESTION, report.question_count),
        (Severity.ERROR, report.error_count),
        (Severity.WARNING, report.warning_count - len(compared)),
    ):
        problems = [one for one in report.problems if one.severity is severity and one not in compared]
        say = terminal.say if severity is Severity.WARNING else terminal.complain
        for problem in problems[:_SHOWN]:
            say(f"{severity}: {problem}")
        if count > _SHOWN:
            say(f"... and {counted(count - min(len(problems), _SHOWN), severity)} more")
    _say_mismatches(terminal, report.mismatches)
    for sentence in report.notes:
        terminal.say(sentence)
    for one in report.spellings[:_SHOWN]:
        terminal.say(f"{one.account_number or one.name} ({one.name}) is also spelt {', '.join(one.others)}")
    if len(report.spellings) > _SHOWN:
        terminal.say(f"... and {counted(len(report.spellings) - _SHOWN, 'account')} more under several names")
    _say_counts(terminal, report)


def _say_mismatches(terminal: Terminal, mismatches: Sequence[Mismatch]) -> None:
    """List every figure of the files that differs from what the book makes of their applications."""
    if not mismatches:
        return
    terminal.say(f"{counted(len(mismatches), 'figure')} of the files differ from what their applications make:")
    columns = (
        Column("Row", is_figure=True),
        Column("Record"),
        Column("Field"),
        Column("In the file", is_figure=True),
        Column("In the book", is_figure=True),
    )
    rows = ((str(one.row), f"{one.object} {one.record}", one.field, one.theirs, one.ours) for one in mismatches)
    for line in table(columns, rows):
        terminal.say(f"  {line}")


def _say_file(terminal: Terminal, file: FileReport) -> None:
    if file.is_known:
        return  # a note says so
    left_out = f", {counted(file.bad, 'row')} at fault" if file.bad else ""
    terminal.say(f"{file.name}: {counted(file.row_count, 'row')}{left_out}")
    if file.has_api_names:
        terminal.say("  read by the names of the fields")
    elif file.read_as:
        terminal.say(f"  read as: {', '.join(file.read_as)}")
    if file.not_taken:
        terminal.say(f"  not taken: {', '.join(file.not_taken)}")
    if file.rejected_to is not None:
        terminal.say(f"  rows left out were written to {file.rejected_to}")


def _say_counts(terminal: Terminal, report: ImportReport) -> None:
    if not report.is_done:
        return
    if report.outcome is ImportOutcome.NOTHING_NEW:
        terminal.say("Nothing new: all of it is in the book already.")
        return
    dry = report.outcome is ImportOutcome.DRY_RUN
    terminal.say("Would be imported (nothing was changed):" if dry else "Imported:")
    for count in report.counts:
        label = CATALOG.object(count.object)
        there = f" ({count.unchanged:,} in the book already)" if count.unchanged else ""
        name = label.label if count.made == 1 else label.plural
        terminal.say(f"  {count.made:,} {name.lower()}{there}")
    for total in report.totals:
        terminal.say(f"  {total.currency} {grouped(total.total, total.currency)} in {counted(total.count, 'invoice')}")


def _write_json(terminal: Terminal, report: ImportReport) -> None:
    write_json(
        terminal,
        {
            "outcome": report.outcome.value,
            "files": [_file_json(file) for file in report.files],
            "counts": [
                {"object": count.object, "made": count.made, "unchanged": count.unchanged} for count in report.counts
            ],
            "totals": [
                {"currency": one.currency, "count": one.count, "total": plain(one.total, one.currency)}
                for one in report.totals
            ],
            "errors": report.error_count,
            "questions": report.question_count,
            "warnings": report.warning_count,
            "problems": _problems_json(report.problems),
            "mismatches": [
                {
                    "file": one.file,
                    "row": one.row,
                    "object": one.object,
                    "record": one.record,
                    "field": one.field,
                    "in_file": one.theirs,
                    "in_book": one.ours,
                }
                for one in report.mismatches
            ],
            "notes": list(report.notes),
            "spellings": [
                {"account_number": one.account_number, "name": one.name, "others": list(one.others)}
                for one in report.spellings
            ],
            "journal": report.journal_id,
        },
    )


def _file_json(file: FileReport) -> dict[str, Any]:
    return {
        "name": file.name,
        "rows": file.row_count,
        "good": file.good,
        "bad": file.bad,
        "read_as": list(file.read_as),
        "not_taken": list(file.not_taken),
        "rejected_to": str(file.rejected_to) if file.rejected_to is not None else None,
        "already_imported": file.is_known,
    }


def _problems_json(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "file": problem.file,
            "row": problem.row,
            "column": problem.column,
            "severity": problem.severity.value,
            "text": problem.text,
            "remedy": problem.remedy,
        }
        for problem in problems
    ]
