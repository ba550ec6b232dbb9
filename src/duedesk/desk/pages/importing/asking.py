"""Asks `actions.importing` behind the window, and turns its report into what the page shows; it shows nothing."""

from pathlib import Path
from typing import Any

from duedesk.actions.importing.report import ImportOutcome, ImportReport, Spellings
from duedesk.actions.importing.taking import import_files
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.pages.importing.plan import Answer, Counted, Outcome, Request
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError, Severity
from duedesk.domain.objects import CATALOG
from duedesk.exchange.mapping import SourceOptions, parse_options, read_mapping

_NUMBERS = {"header_row"}
"""Answers that are numbers."""

_SPELLINGS_NAMED = 4


def looked_into(workspace: Workspace, request: Request, progress: Progress) -> Outcome:
    """Tell what an import would bring without the rows at fault; the book stays as it is."""
    return _asked(workspace, request, progress, dry_run=True, skip_bad=True)


def taken_in(workspace: Workspace, request: Request, progress: Progress) -> Outcome:
    """Take files in; rows at fault are left out only where the request says so."""
    return _asked(workspace, request, progress, dry_run=False, skip_bad=request.skips_bad)


def _asked(workspace: Workspace, request: Request, progress: Progress, *, dry_run: bool, skip_bad: bool) -> Outcome:
    report = import_files(
        workspace,
        [Path(file) for file in request.files],
        mapping=None if request.mapping is None else read_mapping(Path(request.mapping)),
        options=_options(request.answers),
        dry_run=dry_run,
        skip_bad=skip_bad,
        progress=lambda _, done, total: progress.report(done, total),
        cancelled=progress.is_cancelled,
    )
    return _outcome(report)


def _options(answers: tuple[Answer, ...]) -> SourceOptions:
    said: dict[str, Any] = {}
    for name, value in answers:
        if name in _NUMBERS:
            if not value.isdecimal():
                raise RequestError(f"“{value}” is no number of a row.", "0 means that there are no headers.")
            said[name] = int(value)
        else:
            said[name] = value
    return parse_options(said)


def _outcome(report: ImportReport) -> Outcome:
    bad = sum(file.bad for file in report.files)
    is_new = any(count.made for count in report.counts)
    is_ready = report.outcome is ImportOutcome.DRY_RUN and is_new
    is_written = report.outcome is ImportOutcome.IMPORTED
    return Outcome(
        counts=tuple(
            Counted(CATALOG.object(count.object).plural, count.made, count.unchanged) for count in report.counts
        ),
        sums=tuple((total.currency, total.total) for total in report.totals),
        notes=(*report.notes, *map(_spelt, report.spellings)),
        read_as=tuple(dict.fromkeys(one for file in report.files for one in file.read_as)),
        not_taken=tuple(dict.fromkeys(one for file in report.files for one in file.not_taken)),
        problems=report.problems,
        problem_counts=(
            (Severity.QUESTION, report.question_count),
            (Severity.ERROR, report.error_count),
            (Severity.WARNING, report.warning_count),
        ),
        row_count=sum(file.row_count for file in report.files),
        bad_rows=bad,
        can_import=is_ready and not bad,
        can_skip=is_ready and bad > 0,
        is_known_already=report.outcome is ImportOutcome.NOTHING_NEW
        or (report.outcome is ImportOutcome.DRY_RUN and not is_new and not bad),
        is_written=is_written,
        rejected=", ".join(file.rejected_to.name for file in report.files if file.rejected_to is not None),
        changes=report.changes if is_written else Changes(),  # a dry run changed nothing
    )


def _spelt(spellings: Spellings) -> str:
    others = [f"“{other}”" for other in spellings.others]
    more = len(others) - _SPELLINGS_NAMED
    named = ", ".join(others[:_SPELLINGS_NAMED]) + (f" and {more} more" if more > 0 else "")
    number = f" ({spellings.account_number})" if spellings.account_number else ""
    return f"{spellings.name}{number} also stands there as {named}; all are one account."
