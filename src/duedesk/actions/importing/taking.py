"""Take invoices, payments and what belongs to them in from files: all of it or nothing, in one transaction.

A dry run does the same work and rolls it back, so that it shows what would happen.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from duedesk.actions.importing.batches import Batches
from duedesk.actions.importing.beginning import begin, summary
from duedesk.actions.importing.files import take_file
from duedesk.actions.importing.report import FileReport, ImportOutcome, ImportReport, Tally
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.actions.importing.settling import settle
from duedesk.actions.importing.sources import open_sources
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Cancelled, Problem, RequestError, Severity
from duedesk.exchange.mapping import Mapping, SourceOptions
from duedesk.exchange.source import Source
from duedesk.store.first_load import take_statistics

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many rows of how many; to stop the work, it raises."""

_LATEST = timedelta(days=3_653)
"""A date further ahead than ten years is a slip of the hand."""

_NO_OPTIONS = SourceOptions()


class _Undone(Exception):  # noqa: N818 - it only takes the transaction back
    """Ends the transaction without leaving anything."""


def import_files(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    mapping: Mapping | None = None,
    options: SourceOptions = _NO_OPTIONS,
    dry_run: bool = False,
    skip_bad: bool = False,
    rejected_to: Path | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Import files as one: what refers to each other is joined, and nothing goes in if anything is in the way.

    With `skip_bad` rows at fault are left out and written to `rejected_to` (None: beside their file). `options` win
    over what the mapping says. Faults and questions are told in the report; Cancelled is raised where `cancelled`
    says so, BookError where the book cannot be written.
    """
    if not files:
        raise RequestError("No file was named.", "Name one or several CSV or XLSX files.")
    if rejected_to is not None and (rejected_to.exists() or rejected_to.is_symlink()):
        raise RequestError(f"{rejected_to} exists already.", "Name another file; nothing is written over.")

    def tell(what: str, done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(what, done, total)

    return _Import(workspace, mapping, options, tell, skip_bad=skip_bad, rejected_to=rejected_to).run(
        files, dry_run=dry_run
    )


class _Import:
    """One import on its way."""

    def __init__(
        self,
        workspace: Workspace,
        mapping: Mapping | None,
        options: SourceOptions,
        tell: Progress,
        *,
        skip_bad: bool,
        rejected_to: Path | None,
    ) -> None:
        self._workspace, self._mapping, self._options, self._tell = workspace, mapping, options, tell
        self._skip_bad, self._rejected_to = skip_bad, rejected_to
        self._digest = mapping.digest if mapping is not None else None
        self._batches = Batches(self._digest, options)
        self._tally = Tally()
        self._known: list[FileReport] = []
        self._saved: dict[str, Path] = {}
        self._is_fatal = False

    def run(self, files: Sequence[Path], *, dry_run: bool) -> ImportReport:
        sources = open_sources(files, self._mapping, self._options, self._tally, partial(self._heard, 0, 0, count=0))
        if self._tally.errors or self._tally.questions:
            self._is_fatal = self._tally.errors > 0
            return self._report(self._in_the_way(), [_unread(source) for source in sources])
        report: ImportReport | None = None
        rows: list[FileRows] = []
        try:
            with self._workspace.book.writing() as connection:
                report = self._take(connection, sources, rows, dry_run=dry_run)
                if report.outcome is not ImportOutcome.IMPORTED:
                    raise _Undone
        except _Undone:
            if report is None:
                raise
        except IntegrityError as error:
            self._forget_rejected()
            report = self._refused_by_book(error, rows)
        except BaseException:
            self._forget_rejected()
            raise
        finally:
            for file in rows:
                file.rejected.close()
        if report.outcome is ImportOutcome.IMPORTED:
            take_statistics(self._workspace.book)
        return report

    def _take(
        self, connection: Connection, sources: Sequence[Source], rows: list[FileRows], *, dry_run: bool
    ) -> ImportReport:
        """Do the work inside the transaction; whoever called rolls it back unless the outcome is `imported`."""
        new, self._known = self._batches.without_known(connection, sources, self._tally)
        if not new:
            return self._report(ImportOutcome.NOTHING_NEW, [])
        shared = begin(connection, self._workspace.world, self._tally, new, self._digest)
        was_empty = not shared.has_invoices()
        self._take_rows(shared, new, rows)
        outcome = self._in_the_way() or self._outcome(rows, dry_run=dry_run)
        if outcome not in {ImportOutcome.REFUSED, ImportOutcome.QUESTION}:
            total = sum(source.row_count for source in new)
            self._tell("Stating what is open", total, total)
            settle(shared, self._workspace.world, rows, self._latest(), was_empty=was_empty)
        if outcome in {ImportOutcome.IMPORTED, ImportOutcome.NOTHING_NEW}:
            self._save_rejected(rows)
        if outcome is ImportOutcome.IMPORTED:
            self._batches.record(connection, rows, shared.journal_id)
        report = self._report(outcome, [file.report(self._saved.get(file.source.sha256)) for file in rows])
        if not report.is_done:
            return report
        journal_id = shared.journal_id if outcome is ImportOutcome.IMPORTED else None
        return report.with_changes(shared.accounts.spellings(), self._tally.made, journal_id, summary(new))

    def _take_rows(self, shared: Shared, sources: Sequence[Source], rows: list[FileRows]) -> None:
        """Take the files one after the other, and tell what is in the way of all of them."""
        done, total = 0, sum(source.row_count for source in sources)
        latest = self._latest()
        for source in sources:
            file = FileRows(source, self._tally)
            rows.append(file)
            what = f"Importing {source.name}"
            self._tell(what, done, total)
            for problem in take_file(shared, file, latest, partial(self._counted, what, done, total)):
                self._tally.report(problem)
                self._is_fatal |= problem.severity is Severity.ERROR
            done += source.row_count
            for sentence in file.notes.sentences():
                self._tally.note(f"{source.name}: {sentence}")
            if self._tally.questions:
                return

    def _latest(self) -> date:
        return self._workspace.world.today() + _LATEST

    def _heard(self, done: int, total: int, what: str, *, count: int) -> None:
        self._tell(what, done + count, total)

    def _counted(self, what: str, before: int, total: int, count: int) -> None:
        self._tell(what, before + count, total)

    def _in_the_way(self) -> ImportOutcome | None:
        if self._is_fatal:
            return ImportOutcome.REFUSED
        return ImportOutcome.QUESTION if self._tally.questions else None

    def _outcome(self, rows: Sequence[FileRows], *, dry_run: bool) -> ImportOutcome:
        bad, good = sum(file.bad for file in rows), sum(file.good for file in rows)
        if bad and (not self._skip_bad or not good):
            return ImportOutcome.REFUSED
        if dry_run:
            return ImportOutcome.DRY_RUN
        return ImportOutcome.IMPORTED if self._tally.made else ImportOutcome.NOTHING_NEW

    def _refused_by_book(self, error: IntegrityError, rows: Sequence[FileRows]) -> ImportReport:
        """Tell that the book's own rules stopped what ours let pass."""
        self._is_fatal = True
        said = str(error.orig).splitlines()[0]
        self._tally.report(Problem(rows[-1].source.name, f"The book refuses what the files hold: {said}."))
        return self._report(ImportOutcome.REFUSED, [file.report(None) for file in rows])

    def _save_rejected(self, rows: Sequence[FileRows]) -> None:
        """Write the rows left out, before the rest is taken for good: they must not be lost."""
        several = sum(file.rejected.count > 0 for file in rows) > 1
        for file in rows:
            path = file.save_rejected(self._rejected_to, is_one_of_several=several)
            if path is not None:
                self._saved[file.source.sha256] = path

    def _forget_rejected(self) -> None:
        for path in self._saved.values():
            with suppress(OSError):
                path.unlink()
        self._saved.clear()

    def _report(self, outcome: ImportOutcome | None, files: Sequence[FileReport]) -> ImportReport:
        tally = self._tally
        report = ImportReport(
            outcome or ImportOutcome.REFUSED,
            files=(*self._known, *files),
            problems=tally.problems,
            error_count=tally.errors,
            question_count=tally.questions,
            warning_count=tally.warnings,
            notes=tuple(tally.notes),
            mismatches=tuple(tally.mismatches),
        )
        return replace(report, counts=tally.counts(), totals=tally.totals()) if report.is_done else report


def _unread(source: Source) -> FileReport:
    return FileReport(
        source.name,
        source.row_count,
        read_as=source.read_as,
        not_taken=source.not_taken,
        has_api_names=source.is_api,
    )
