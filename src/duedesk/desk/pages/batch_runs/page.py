"""The batch runs above, and below what became of each invoice of the one in hand; posting is the action's matter."""

from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from duedesk.actions.invoices.batch_runs import resume_batch_run
from duedesk.desk.navigation import ShowInvoice, ShowInvoices
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.batch_runs.head import Head, counted, in_words
from duedesk.desk.pages.batch_runs.questions import ITEM, RUN, invoice_of, items_asked, read_run, runs_asked
from duedesk.desk.tables.columns import columns_for
from duedesk.desk.tables.view import RecordTable
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.frames import card, rule
from duedesk.domain.changes import Changes
from duedesk.store.queries.batch_runs import BatchRun

_RUNS_HEIGHT = 220
_RUN_COLUMNS = (
    "InvoiceBatchRunNumber",
    "Status",
    "StartTime",
    "TotalDraftInvoices",
    "TotalPostedInvoices",
    "TotalInvoicesFailed",
    "Comments",
)
_ITEM_COLUMNS = ("Invoice.DocumentNumber", "Invoice.BillingAccount.Name", "Status", "Reason")


class BatchRunsPage(Page):
    """Two lists, one over the other."""

    title = "Batch runs"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.run: BatchRun | None = None
        self._wanted: int | None = None
        self.runs = RecordTable(desk, RUN, _RUN_COLUMNS, columns_for(RUN, _RUN_COLUMNS))
        self.runs.setAccessibleName("Batch runs")
        self.items = RecordTable(desk, ITEM, _ITEM_COLUMNS, columns_for(ITEM, _ITEM_COLUMNS))
        self.items.setAccessibleName("Invoices of the run")
        self.head = Head(desk.look)
        self.empty = EmptyList()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._lists())
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        outer.addWidget(self.stack)
        self.head.resume_asked.connect(self.resume)
        self.runs.current_changed.connect(self._show_run)
        self.runs.listed.connect(self._on_listed)
        self.runs.opened.connect(lambda _: self.items.setFocus())
        self.items.opened.connect(self._open)

    def show_run(self, key: int | None) -> None:
        """Show the runs, and one of them in hand; None takes the last."""
        self._wanted = key
        self.refresh()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the runs again."""
        if changes is None or changes.concern(RUN, ITEM, "Invoice"):
            keep = self._wanted if self._wanted is not None else self.runs.current_key
            self.runs.show_filter(runs_asked(self.as_of), keep=keep)
            self._show_run(keep)

    def begin(self) -> None:
        """Begin in the list of runs."""
        self.runs.setFocus()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        for part in (self.runs, self.items, self.head):
            part.set_look(self.desk.look)

    def bookmark(self) -> object:
        """Remember the run in hand."""
        return self.runs.current_key

    def return_to(self, bookmark: object) -> None:
        """Show the run again."""
        self.show_run(bookmark if isinstance(bookmark, int) else None)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the run in hand."""
        return (
            PageCommand("&Resume the run", self.resume, ("R",), barred=self._barred),
            PageCommand("&Open the invoice", lambda: self._open(self.items.current_key), heard="Enter"),
            PageCommand("&Copy the selected rows", self._copy, heard="Ctrl+C"),
        )

    def resume(self) -> None:
        """Go on with the run in hand where it stopped."""
        run, workspace = self.run, self.desk.workspace
        if run is None or run.is_over:
            return
        self.desk.tasks.write(
            self,
            lambda progress: resume_batch_run(
                workspace, run.key, progress=progress.report, cancelled=progress.is_cancelled
            ),
            lambda outcome: self.say_done(f"{outcome.run.number}: {in_words(outcome.run)}."),
            title=f"Posting {run.number}",
            failed=self.say_failed,
        )

    def _lists(self) -> QWidget:
        whole = QWidget()
        above = card()
        above.setFixedHeight(_RUNS_HEIGHT)
        column = QVBoxLayout(above)
        column.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        column.addWidget(self.runs)
        below = card()
        column = QVBoxLayout(below)
        column.setContentsMargins(1, 5, 1, 5)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(rule())
        column.addWidget(self.items, 1)
        stacked = QVBoxLayout(whole)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(GAP)
        stacked.addWidget(above)
        stacked.addWidget(below, 1)
        return whole

    def _on_listed(self) -> None:
        found = self.runs.records.rowCount()
        self.footed.emit(FootLine(counted(found)))
        self._wanted = None
        if found:
            self.stack.setCurrentIndex(0)
            return
        ways = (("Show the invoices", lambda: self.go(ShowInvoices())),) if self.can_go(ShowInvoices) else ()
        self.empty.say(
            "No batch run yet", "“Post all that match” in the list of invoices posts many drafts at once.", ways
        )
        self.stack.setCurrentWidget(self.empty)

    def _show_run(self, key: int | None) -> None:
        if key is None:
            return
        workspace, as_of = self.desk.workspace, self.as_of
        self.items.show_filter(items_asked(as_of, key), keep=self.items.current_key)
        self.desk.tasks.read(self, lambda: read_run(workspace, key), self._take_run, failed=self.say_failed, slot="run")

    def _take_run(self, run: BatchRun) -> None:
        self.run = run
        self.head.show_run(run)

    def _barred(self) -> str:
        return self.barred() or ("" if self.run is not None and not self.run.is_over else "it is over")

    def _open(self, item: int | None) -> None:
        if item is None or not self.can_go(ShowInvoice):
            return
        workspace, as_of = self.desk.workspace, self.as_of
        self.desk.tasks.read(
            self,
            lambda: invoice_of(workspace, item, as_of),
            self._go_to_invoice,
            slot="invoice",
            failed=self.say_failed,
        )

    def _go_to_invoice(self, key: int | None) -> None:
        if key is not None:
            self.go(ShowInvoice(key, self.as_of))

    def _copy(self) -> None:
        (self.items if self.items.hasFocus() else self.runs).copy()
