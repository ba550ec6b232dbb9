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
from duedesk.desk.pages.reports.running import Running
from duedesk.domain.errors import DuedeskError
from duedesk.domain.reports import Report
from duedesk.exchange.workbooks.facts import WorkbookFacts

_KINDS = {"xlsx": "Excel workbooks (*.xlsx)", "csv": "CSV files (*.csv)"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report to be written: which, with what said, as of which day, and as what."""

    report: Report
    said: Mapping[str, str]
    day: str
    ending: str = "xlsx"


class Writing(QObject):
    """One report at a time; `done` says that one was written or kept from it."""

    done = Signal()
    busy_changed = Signal()
    """A report is being written now, or none any more."""

    def __init__(self, page: Page, kept: Kept, running: Running) -> None:
        super().__init__(page)
        self._page, self._kept, self._running = page, kept, running
        self._ticket: Ticket | None = None
        self._wanted: Wanted | None = None
        running.stop_asked.connect(self.stop)
        running.again_asked.connect(self._under_another_name)
        page.desk.tasks.progressed.connect(self._on_progressed)

    @property
    def is_busy(self) -> bool:
        """Tell whether a report is being written."""
        return self._ticket is not None

    def ask_and_write(self, wanted: Wanted) -> None:
        """Ask where a report shall stand, and write it there."""
        name = f"{wanted.report.name.value}-{wanted.day}.{wanted.ending}"
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
        """Have a report written by an action."""
        if self._ticket is not None:
            return
        self._wanted = wanted
        self._running.begin(name)
        self._ticket = self._page.desk.tasks.write(
            self, action, partial(self._take, wanted), title=f"Writing {name}", failed=self._fail
        )
        self.busy_changed.emit()

    def stop(self) -> None:
        """Stop it: nothing is left of it, and an older file stays as it is."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _under_another_name(self) -> None:
        if self._wanted is not None:
            self.ask_and_write(self._wanted)

    def _take(self, wanted: Wanted, facts: WorkbookFacts) -> None:
        self._end()
        self._running.tell_written(facts.paths, facts.remarks, holds=facts.holds)
        at = self._page.desk.workspace.world.now().isoformat(timespec="seconds")
        said = dict(wanted.said)
        self._kept.keep_file(RecentFile(str(facts.path.resolve()), wanted.report.name.value, said, at, wanted.day))
        self.done.emit()

    def _fail(self, error: DuedeskError) -> None:
        self._end()
        self._running.tell_failed(error)
        self.done.emit()

    def _end(self) -> None:
        self._ticket = None
        self.busy_changed.emit()

    def _on_progressed(self, ticket: Ticket, done: int, total: int) -> None:
        if ticket is self._ticket:
            self._running.show_progress(done, total)
