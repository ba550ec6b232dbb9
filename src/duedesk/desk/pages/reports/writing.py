"""A report written behind the window from the page: asked where, told how far, stopped; what came out is remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from duedesk.desk.background import Progress, Ticket
from duedesk.desk.page import Page
from duedesk.desk.pages.reports import work
from duedesk.desk.pages.reports.kept import Kept, RecentFile
from duedesk.desk.pages.reports.running import Running, RunningLine
from duedesk.desk.pages.reports.time_words import file_name_of
from duedesk.domain.errors import DuedeskError
from duedesk.domain.reports.offered import Report
from duedesk.exchange.workbooks.facts import WorkbookFacts

_KINDS = {"xlsx": "Excel workbooks (*.xlsx)", "csv": "CSV files (*.csv)"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report to be written: which, with what said, as of which day, and as what."""

    report: Report
    said: Mapping[str, str]
    day: str
    ending: str = "xlsx"


@dataclass(frozen=True, slots=True)
class _Job:
    ticket: Ticket
    line: RunningLine


class Writing(QObject):
    """One report after the other, each in a line of its own; `done` says that one was written or was not."""

    done = Signal()
    busy_changed = Signal()
    """A report is asked for, or is over."""

    def __init__(self, page: Page, kept: Kept) -> None:
        super().__init__(page)
        self._page, self._kept = page, kept
        self.running = Running()
        self._jobs: list[_Job] = []
        page.desk.tasks.progressed.connect(self._on_progressed)

    @property
    def is_busy(self) -> bool:
        """Tell whether a report is being written."""
        return bool(self._jobs)

    def ask_and_write(self, wanted: Wanted) -> None:
        """Ask where a report shall stand, and write it there."""
        today = self._page.desk.workspace.world.today()
        name = file_name_of(wanted.report, wanted.said, today, wanted.ending)
        folder = self._kept.folder
        offered = str(Path(folder) / name) if folder else name
        title = f"Write {wanted.report.title.lower()}"
        chosen, _ = QFileDialog.getSaveFileName(self._page, title, offered, _KINDS[wanted.ending])
        if chosen:
            self.write(wanted, Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.{wanted.ending}"))

    def write(self, wanted: Wanted, path: Path) -> None:
        """Write a report at a path."""
        workspace = self._page.desk.workspace
        self.run(wanted, path.name, lambda how: work.write_report(workspace, wanted.report, wanted.said, path, how))

    def run(self, wanted: Wanted, name: str, action: Callable[[Progress], WorkbookFacts]) -> None:
        """Have a report written by an action, after those asked for before."""
        line = self.running.begin(name)
        ticket = self._page.desk.tasks.make_file(
            self,
            action,
            lambda facts: self._take(ticket, line, wanted, facts),
            title=f"Writing {name}",
            failed=lambda error: self._fail(ticket, line, error),
        )
        line.stop_asked.connect(lambda: ticket.cancel())  # noqa: PLW0108 - Qt holds methods weakly, and a ticket takes none
        line.again_asked.connect(partial(self.ask_and_write, wanted))
        self._jobs.append(_Job(ticket, line))
        self.busy_changed.emit()

    def stop(self) -> None:
        """Stop all of them: nothing is left of a report that is not whole, and an older file stays as it is."""
        for job in self._jobs:
            job.ticket.cancel()

    def _take(self, ticket: Ticket, line: RunningLine, wanted: Wanted, facts: WorkbookFacts) -> None:
        line.tell_written(facts.paths, facts.remarks, holds=facts.holds)
        self.running.make_room()
        at = self._page.desk.workspace.world.now().isoformat(timespec="seconds")
        said = dict(wanted.said)
        self._kept.keep_file(RecentFile(str(facts.path.resolve()), wanted.report.name.value, said, at, wanted.day))
        self._end(ticket)

    def _fail(self, ticket: Ticket, line: RunningLine, error: DuedeskError) -> None:
        line.tell_failed(error)
        self._end(ticket)

    def _end(self, ticket: Ticket) -> None:
        self._jobs = [job for job in self._jobs if job.ticket is not ticket]
        self.busy_changed.emit()
        self.done.emit()

    def _on_progressed(self, ticket: Ticket, done: int, total: int) -> None:
        for job in self._jobs:
            if job.ticket is ticket:
                job.line.show_progress(done, total)
