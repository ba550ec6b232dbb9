"""The forecast: the cash that open invoices bring in by week, how sure that is, and how far off it was before."""

from dataclasses import dataclass
from datetime import date
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from duedesk.desk.navigation import ShowImport, ShowInvoices, ShowReports
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.forecast.bar import ForecastBar
from duedesk.desk.pages.forecast.body import ForecastBody
from duedesk.desk.pages.forecast.words import foot_of
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError
from duedesk.domain.forecast.error import ForecastError
from duedesk.domain.forecast.weeks import Forecast
from duedesk.store.queries.forecast.cash import backtest, forecast

_CONCERNS = ("Invoice", "Account", "Payment", "CreditMemo", "Dispute", "PaymentPromise", "PaymentSchedule")


@dataclass(frozen=True, slots=True)
class _Bookmark:
    currency: str
    weeks: int
    row: int


class ForecastPage(Page):
    """The bar, the chart, the weeks as rows, and the back-test beside them."""

    title = "Forecast"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.found: dict[str, Forecast] = {}
        self.errors: dict[str, ForecastError] | None = None
        self.currency = ""
        self._row = 0
        self._stop = Event()
        self._felt = felt_wait(self, lambda: self.footed.emit(FootLine("Reading…")))
        self.bar = ForecastBar()
        self.body = ForecastBody(desk)
        self.table = self.body.table
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)
        self.bar.weeks_chosen.connect(self.refresh)
        self.bar.excel_asked.connect(self.write)
        self.bar.excel.setVisible(self.can_go(ShowReports))
        self.bar.currency_chosen.connect(self.show_currency)
        self.body.opened.connect(self._open)
        self.body.empty.day_asked.connect(self.day_asked)
        self.body.empty.import_asked.connect(lambda: self.go(ShowImport()))
        self.body.chart.paper.explanation_asked.connect(self.tell_figure)
        self.body.errors.stopped.connect(self._stop_testing)
        self.offer_about(self.table, self.commands)

    def show_currency(self, currency: str) -> None:
        """Show another currency."""
        self.currency = currency
        self._show()

    def refresh(self, changes: Changes | None = None) -> None:
        """Forecast again, and test that behind it."""
        if changes is not None and not changes.concern(*_CONCERNS):
            return
        self._stop.set()
        self._felt.start()
        workspace, as_of, known_on, weeks = self.desk.workspace, self.as_of, self.known_on, self.bar.weeks
        self.desk.tasks.read(
            self,
            lambda: workspace.ask(forecast, as_of, known_on, None, weeks),
            self._take,
            failed=self._fail,
            slot="forecast",
        )

    def write(self) -> None:
        """Go to the report of this forecast, from where it is written as a workbook; its day stays that of the desk."""
        self.go(ShowReports("forecast", (("weeks", str(self.bar.weeks)),)))

    def begin(self) -> None:
        """Begin in the rows, once they are there."""
        (self.table if self.body.has_figures else self).setFocus()

    def focus_filter(self) -> None:
        """Put the cursor where the weeks are chosen."""
        self.bar.chips[self.bar.weeks].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.body.set_desk(self.desk)

    def bookmark(self) -> object:
        """Remember the currency, the weeks and the row in hand."""
        return _Bookmark(self.currency, self.bar.weeks, self.table.currentIndex().row())

    def return_to(self, bookmark: object) -> None:
        """Show the same again."""
        if isinstance(bookmark, _Bookmark):
            self.currency, self._row = bookmark.currency, max(bookmark.row, 0)
            self.bar.set_weeks(bookmark.weeks)
            self.refresh()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the forecast."""
        return (
            PageCommand("&Open the invoices behind the row", self._enter, heard="Enter"),
            *((PageCommand("Write to &Excel", self.write, ("Ctrl+E",)),) if self.can_go(ShowReports) else ()),
            PageCommand("&Copy the selected cells", self.table.copy, heard="Ctrl+C"),
            *self.body.chart.commands(),
            *self.about_figures(),
            *(
                PageCommand(pressed.text(), pressed.click, (f"Alt+{place}",))
                for place, pressed in enumerate(self.bar.chips.values(), 1)
            ),
        )

    def _take(self, found: tuple[Forecast, ...]) -> None:
        self._felt.stop()
        self.found, self.errors = {one.currency: one for one in found}, None
        if not found:
            self.bar.show_currencies((), "")
            self.body.show_nothing(self.desk, self.as_of, can_import=self.can_go(ShowImport))
            self.footed.emit(FootLine())
            return
        if self.currency not in self.found:
            self.currency = max(found, key=lambda one: one.invoices).currency
        had_focus = self.hasFocus()
        self._show()
        if had_focus:
            self.table.setFocus()
        self._test()

    def _show(self) -> None:
        shown = self.found.get(self.currency)
        if shown is None:
            return
        self.bar.show_currencies(tuple(self.found), self.currency)
        self.body.show_forecast(shown, self.stand, self._row)
        self._row = 0
        self.footed.emit(foot_of(shown))
        self._show_error()

    def _test(self) -> None:
        """Test the forecast on past days, behind it."""
        self._stop = stop = Event()
        workspace, as_of, known_on, weeks = self.desk.workspace, self.as_of, self.known_on, self.bar.weeks

        def go_on(done: int, total: int) -> None:  # noqa: ARG001 - what a back-test tells
            if stop.is_set():
                raise Cancelled

        self.body.errors.say("Past days are forecast and compared with what came in…", may_stop=True)
        self.desk.tasks.read(
            self,
            lambda: workspace.ask(backtest, as_of, known_on, None, weeks, progress=go_on),
            self._take_errors,
            failed=self._fail_testing,
            slot="back-test",
        )

    def _take_errors(self, found: tuple[ForecastError, ...]) -> None:
        self.errors = {one.currency: one for one in found}
        self._show_error()

    def _show_error(self) -> None:
        if self.errors is None:
            return
        error = self.errors.get(self.currency)
        if error is None:
            self.body.errors.say("No past day of this currency can be tested: nothing was open or came in then.")
        else:
            self.body.errors.show_error(error)
            self.body.chart.show_error(error)

    def _stop_testing(self) -> None:
        self._stop.set()

    def _fail_testing(self, error: DuedeskError) -> None:
        stopped = isinstance(error, Cancelled)
        self.body.errors.say("Stopped. F5 tests again." if stopped else f"{error.message} {error.hint}".rstrip())

    def _fail(self, error: DuedeskError) -> None:
        self._felt.stop()
        self.footed.emit(FootLine(error.message, holds=False))
        self.say_failed(error)

    def _enter(self) -> None:
        self.table.enter(self.table.currentIndex())

    def _open(self, to: object) -> None:
        if isinstance(to, ShowInvoices) and self.can_go(ShowInvoices):
            self.go(to)
