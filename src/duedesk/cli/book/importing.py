"""`duedesk import`: files in, or a dry run of it; the questions a file leaves open are answered by options."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from duedesk.actions.importing.book import ImportRequest, import_into
from duedesk.actions.importing.report import FileReport, ImportOutcome, ImportReport
from duedesk.actions.recent import last_book, remember_book
from duedesk.cli.book.import_text import write_report
from duedesk.cli.book_option import add_book
from duedesk.cli.json_text import write_json
from duedesk.cli.lists.record_text import counted
from duedesk.cli.options import add_json
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.errors import Problem, RequestError, Severity
from duedesk.domain.money import plain
from duedesk.exchange.mapping import SourceOptions, parse_options, read_mapping

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
        write_report(terminal, report)
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
