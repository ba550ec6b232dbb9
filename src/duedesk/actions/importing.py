"""Take invoices, payments and what belongs to them in from files: all of it or nothing, in one transaction.

A dry run does the same work and rolls it back, so that it shows what would happen.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from duedesk.actions.importing_contacts import Contacts
from duedesk.actions.importing_files import take_file
from duedesk.actions.importing_links import Links
from duedesk.actions.importing_parties import Accounts
from duedesk.actions.importing_report import FileReport, ImportOutcome, ImportReport, Tally
from duedesk.actions.importing_rows import FileRows, Shared, Touched, money
from duedesk.actions.importing_stage import Stage
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.days import write_moment
from duedesk.domain.errors import Cancelled, Problem, RequestError, Severity
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.mapping import Mapping, SourceOptions
from duedesk.exchange.rejected import free_name
from duedesk.exchange.source import Source, open_source
from duedesk.store import journal, settlement
from duedesk.store.first_load import take_statistics
from duedesk.store.known import is_empty, known_file
from duedesk.store.tables import ledger
from duedesk.store.tables.desk import import_batch

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many rows of how many; to stop the work, it raises."""

_LATEST = timedelta(days=3_653)
"""A date further ahead than ten years is a slip of the hand."""

_APPLICATIONS = ("PaymentLineInvoice", "CreditMemoInvApplication")
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
        self._tally = Tally()
        self._known: list[FileReport] = []
        self._saved: dict[str, Path] = {}
        self._is_fatal = False

    def run(self, files: Sequence[Path], *, dry_run: bool) -> ImportReport:
        sources = self._open(files)
        for source in sources:
            for sentence in source.notes:
                self._tally.note(sentence)
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
            self._is_fatal = True
            said = str(error.orig).splitlines()[0]
            self._tally.report(Problem(sources[0].name, f"The book refuses what the files hold: {said}."))
            report = self._report(ImportOutcome.REFUSED, [file.report(None) for file in rows])
        except BaseException:
            self._forget_rejected()
            raise
        finally:
            for file in rows:
                file.rejected.close()
        if report.outcome is ImportOutcome.IMPORTED:
            take_statistics(self._workspace.book)
        return report

    def _open(self, files: Sequence[Path]) -> list[Source]:
        """Open every file; what is wrong with one is told beside what is wrong with the others."""
        sources: dict[str, Source] = {}
        for path in files:
            self._tell(f"Reading {path.name}", 0, 0)
            try:
                source = open_source(
                    path, self._mapping, self._options, partial(self._tell, f"Reading {path.name}", 0, 0)
                )
            except (FileRefused, FileQuestion) as fault:
                self._tally.report(fault.problem)
                continue
            for question in source.questions:
                self._tally.report(question)
            if source.sha256 in sources:
                self._tally.note(f"{path.name} is the same file as {sources[source.sha256].name}; it is read once.")
            sources.setdefault(source.sha256, source)
        return sorted(sources.values(), key=lambda one: one.place)

    def _take(
        self, connection: Connection, sources: Sequence[Source], rows: list[FileRows], *, dry_run: bool
    ) -> ImportReport:
        """Do the work inside the transaction; whoever called rolls it back unless the outcome is `imported`."""
        new = self._without_known(connection, sources)
        if not new:
            return self._report(ImportOutcome.NOTHING_NEW, [])
        shared = self._begin(connection, new)
        was_empty = is_empty(connection, ledger.invoice)
        problems: list[Problem] = []
        done, total = 0, sum(source.row_count for source in new)
        latest = self._workspace.world.today() + _LATEST
        for source in new:
            file = FileRows(source, self._tally)
            rows.append(file)
            self._tell(f"Importing {source.name}", done, total)
            problems += take_file(shared, file, latest, partial(self._heard, source.name, done, total))
            done += source.row_count
            for sentence in file.notes.sentences():
                self._tally.note(f"{source.name}: {sentence}")
            if self._tally.questions:
                break
        self._add(problems)
        outcome = self._in_the_way() or self._outcome(rows, dry_run=dry_run)
        if outcome not in {ImportOutcome.REFUSED, ImportOutcome.QUESTION}:
            self._tell("Stating what is open", total, total)
            self._state(shared, new, was_empty=was_empty)
        if outcome is ImportOutcome.IMPORTED:
            self._tell("Stating what is open", total, total)
            self._save_rejected(rows)
            self._record_files(connection, rows, shared.journal_id)
        files = [file.report(self._saved.get(file.source.sha256)) for file in rows]
        report = self._report(outcome, files)
        if not report.is_done:
            return report
        changes = Changes(frozenset(self._tally.made), None if dry_run else shared.journal_id, _summary(new))
        return replace(report, spellings=shared.accounts.spellings(), changes=changes)

    def _heard(self, name: str, before: int, total: int, count: int) -> None:
        self._tell(f"Importing {name}", before + count, total)

    def _without_known(self, connection: Connection, sources: Sequence[Source]) -> list[Source]:
        """Leave out the files that came in before, under the same mapping."""
        new = []
        for source in sources:
            there = known_file(connection, self._hash(source))
            if there is None:
                new.append(source)
                continue
            when = f"{there.recorded_at:%Y-%m-%d %H:%M} UTC by {there.actor}"
            self._tally.note(f"{source.name} was already imported on {when}; nothing of it was taken again.")
            self._known.append(replace(_unread(source), is_known=True))
        return new

    def _begin(self, connection: Connection, sources: Sequence[Source]) -> Shared:
        moment = self._workspace.world.now()
        now = write_moment(moment)
        journal_id = journal.record(
            connection,
            self._workspace.world,
            action="import",
            summary=_summary(sources),
            details={
                "files": [source.name for source in sources],
                "sha256": [source.sha256 for source in sources],
                "rows": sum(source.row_count for source in sources),
                "mapping": self._mapping.digest if self._mapping is not None else None,
            },
        )
        stage = Stage(connection)
        return Shared(
            connection,
            stage,
            self._tally,
            Accounts(connection, stage, self._tally, journal_id, now),
            Contacts(connection, stage, self._tally, journal_id, now),
            Links(connection, stage, self._tally, journal_id, now),
            journal_id,
            moment,
            now,
            Touched(),
            any(section.name in _APPLICATIONS for source in sources for section in source.sections),
        )

    def _add(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._tally.report(problem)
            self._is_fatal |= problem.severity is Severity.ERROR

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

    def _state(self, shared: Shared, sources: Sequence[Source], *, was_empty: bool) -> None:
        touched = shared.touched
        settlement.restate(
            shared.connection,
            None if was_empty else settlement.Touched(touched.invoices, touched.payments, touched.credit_memos),
        )
        files = [source.name for source in sources if any(section.name == "Invoice" for section in source.sections)]
        if shared.has_applications and files:
            self._compare_balances(shared, files[0])

    def _compare_balances(self, shared: Shared, file: str) -> None:
        """Keep what the source says is open only where it differs, and tell of it."""
        invoice = ledger.invoice
        mine = invoice.c.journal_id == shared.journal_id
        agreeing = update(invoice).where(mine, invoice.c.imported_balance == invoice.c.balance)
        shared.connection.execute(agreeing.values(imported_balance=None))
        columns = (
            invoice.c.document_number,
            invoice.c.currency_iso_code,
            invoice.c.imported_balance,
            invoice.c.balance,
        )
        query = select(*columns).where(mine, invoice.c.imported_balance.is_not(None)).order_by(invoice.c.id)
        for number, currency, theirs, ours in shared.connection.execute(query):
            text = f"Invoice {number}: the file says {money(theirs, currency)} is open, here it is "
            text += f"{money(ours, currency)}; both are kept."
            self._tally.report(Problem(file, text, column="Balance", severity=Severity.WARNING))

    def _save_rejected(self, rows: Sequence[FileRows]) -> None:
        """Write the rows left out, before the rest is taken for good: they must not be lost."""
        several = sum(file.rejected.count > 0 for file in rows) > 1
        for file in rows:
            if not file.rejected.count:
                continue
            path = self._rejected_to or free_name(file.source.file.path)
            if self._rejected_to is not None and several:
                path = path.with_name(f"{path.stem}-{file.source.file.path.stem}{path.suffix}")
            file.rejected.save(path)
            self._saved[file.source.sha256] = path

    def _forget_rejected(self) -> None:
        for path in self._saved.values():
            with suppress(OSError):
                path.unlink()
        self._saved.clear()

    def _record_files(self, connection: Connection, rows: Sequence[FileRows], journal_id: int) -> None:
        for file in rows:
            file_hash = self._hash(file.source)
            if file.bad:  # the rest of it may still come, from the same file
                file_hash = f"{file_hash}:{journal_id}"
            connection.execute(
                insert(import_batch).values(
                    file_name=file.source.name, file_hash=file_hash, row_count=file.good, journal_id=journal_id
                )
            )

    def _hash(self, source: Source) -> str:
        said = f"{self._mapping.digest if self._mapping is not None else ''} {self._options}"
        return f"{source.sha256}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"

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
        )
        if not report.is_done:
            return report
        return replace(report, counts=tally.counts(), totals=tally.totals())


def _unread(source: Source) -> FileReport:
    return FileReport(
        source.name,
        source.row_count,
        read_as=source.read_as,
        not_taken=source.not_taken,
        has_api_names=source.is_api,
    )


def _summary(sources: Sequence[Source]) -> str:
    rows = sum(source.row_count for source in sources)
    names = ", ".join(source.name for source in sources[:3]) + (", ..." if len(sources) > 3 else "")
    return f"Imported {names} ({'1 row' if rows == 1 else f'{rows:,} rows'})"
