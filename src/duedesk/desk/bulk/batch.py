"""Posts every draft that a list finds, as a batch run: the filter is passed, never its records; it has no rules."""

from array import array
from collections.abc import Callable

from PySide6.QtCore import QObject

from duedesk.actions.invoices.batch_runs import READY, BatchOutcome, start_batch_run
from duedesk.actions.workspace import Workspace
from duedesk.desk.bulk.batch_panel import BatchAsked, BatchPanel
from duedesk.desk.navigation import ShowBatchRuns
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.errors import DuedeskError, RequestError
from duedesk.domain.filters import Filter
from duedesk.store.queries.batch_runs import BatchRun, batch_runs
from duedesk.store.queries.lists.figures import Figures, figures


class BatchPosting(QObject):
    """The command that posts all that a list finds."""

    def __init__(self, page: Page, side: SidePlace, asked: Callable[[], Filter | None]) -> None:
        super().__init__(page)
        self._page = page
        self._side = side
        self._asked = asked

    def command(self) -> PageCommand:
        """Give the command."""
        return PageCommand("Post all that &match…", self.begin, ("Shift+P",), barred=self._barred)

    def begin(self, among: "array[int] | None" = None) -> None:
        """Count the drafts behind the window, all or those of some keys, and ask."""
        asked, workspace = self._asked(), self._page.desk.workspace
        if asked is None:
            return
        self._page.desk.tasks.read(
            self,
            lambda: (workspace.ask(figures, asked.narrowed(READY), among), workspace.ask(batch_runs)),
            lambda read: self._ask(asked, among, *read),
            failed=self._page.say_failed,
            slot="drafts",
        )

    def _ask(
        self,
        asked: Filter,
        among: "array[int] | None",
        totals: tuple[Figures, ...],
        runs: tuple[BatchRun, ...],
    ) -> None:
        if not totals and among is not None:
            self._page.say_failed(RequestError("No draft is selected."))
            return
        if not totals:
            self._page.say_failed(RequestError("The list finds no draft.", "Press Drafts in the bar to see them."))
            return
        left = tuple(run for run in runs if not run.is_over)
        panel = BatchPanel(asked, totals, self._page.desk.workspace.world.today, left, among)
        panel.asked.connect(lambda wanted: self._start(panel, wanted))
        panel.left.connect(self._side.close_panel)
        self._side.open_panel(panel)
        panel.begin()

    def _start(self, panel: BatchPanel, wanted: BatchAsked) -> None:
        workspace = self._page.desk.workspace
        self._page.desk.tasks.write(
            self,
            lambda progress: _run(workspace, wanted, progress.report, progress.is_cancelled),
            lambda outcome: self._tell(panel, outcome),
            title=panel.title.text().replace("Post", "Posting", 1),
            failed=lambda error: self._fail(panel, error),
        )

    def _tell(self, panel: BatchPanel, outcome: BatchOutcome) -> None:
        if self._side.panel is panel:
            self._side.close_panel()
        if self._page.can_go(ShowBatchRuns):
            self._page.go(ShowBatchRuns(outcome.run_key))

    def _fail(self, panel: BatchPanel, error: DuedeskError) -> None:
        if self._side.panel is panel:
            panel.show_fault(error)
        else:
            self._page.say_failed(error)

    def _barred(self) -> str:
        return self._page.barred() or ("" if self._asked() is not None else "nothing is listed yet")


def _run(
    workspace: Workspace, wanted: BatchAsked, report: Callable[[int, int], None], stopped: Callable[[], bool]
) -> BatchOutcome:
    return start_batch_run(
        workspace,
        wanted.asked,
        among=wanted.among,
        on=wanted.on,
        comments=wanted.comments,
        convert_negative_lines=wanted.converts,
        progress=report,
        cancelled=stopped,
    )
