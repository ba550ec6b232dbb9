"""The aging: who owes what and how late, on any day; every figure leads to the invoices it is made of."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from duedesk.desk.navigation import ShowImport, ShowInvoices
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.aging.bar import AgingBar
from duedesk.desk.pages.aging.content import Content
from duedesk.desk.pages.aging.export import ExportLine
from duedesk.desk.pages.aging.questions import Answer, Asked, answer, proof
from duedesk.desk.pages.aging.words import foot_line, passing_line, rates_in_words
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.domain.aging import AgingRequest
from duedesk.domain.changes import Changes
from duedesk.domain.errors import DuedeskError

SORT_KEY = "Ctrl+Shift+O"
_WIDE = 1100
"""Pixels of the page at which the foot has room for the whole rule."""


@dataclass(frozen=True, slots=True)
class _Bookmark:
    request: AgingRequest
    currency: str
    table: object


class AgingPage(Page):
    """The bar, the chart, the table."""

    title = "Aging"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.answer: Answer | None = None
        self._begins_in: QWidget | None = None
        self._returns_to: _Bookmark | None = None
        self._is_waiting = felt_wait(self, lambda: self.footed.emit(FootLine("Reading…")))
        self.bar = AgingBar(AgingRequest(as_of))
        self.export = ExportLine(desk)
        self.content = Content(desk, as_of)
        self.chart = self.content.chart
        self.table = self.content.table
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.export)
        column.addWidget(self.content, 1)
        self.bar.asked.connect(lambda _: self._read())
        self.bar.conversion_asked.connect(lambda _: self._read())
        self.table.buckets.edited.connect(self.bar.take_buckets)
        self.table.buckets.refused.connect(self.bar.say)
        self.table.grid.typed.connect(self._tell_typed)
        self.chart.slid.connect(
            lambda slot: (
                self.footed.emit(passing_line(slot, self.request, wide=self.width() >= _WIDE))
                if slot is not None
                else self._tell_typed("")
            )
        )
        self.bar.export_asked.connect(self._write)
        self.content.asked.connect(self._go)
        self.chart.asked.connect(self._remember_chart)
        self.content.told.connect(self.tell_figure)
        for grid in (self.table.grid, self.table.totals):
            self.offer_about(grid, self._of_cell)
        self.content.import_asked.connect(lambda: self.go(ShowImport()))
        self.content.day_asked.connect(self.day_asked)
        self.content.everything_asked.connect(self._show_everything)

    @property
    def request(self) -> AgingRequest:
        """Give what is asked for, on the day of the page."""
        return replace(self.bar.request, as_of=self.as_of, known_on=self.known_on)

    def show_request(self, request: AgingRequest | None) -> None:
        """Show an aging; None shows it as it was left."""
        if request is not None:
            self.as_of, self.known_on = request.as_of, request.known_on or self.known_on
            self.bar.set_request(request)
        self.refresh()

    def stand_on(self, as_of: date, known_on: datetime | None) -> None:
        """Stand elsewhere in time: what was read of other days still holds."""
        self.as_of, self.known_on = as_of, known_on
        self._read()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the aging again."""
        if changes is not None and not changes.concern(
            "Invoice", "Account", "Payment", "CreditMemo", "Dispute", "DatedConversionRate"
        ):
            return
        self.content.forget()
        self._read()

    def focus_filter(self) -> None:
        """Put the cursor into the buckets."""
        self.bar.buckets.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.buckets.selectAll()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.table.set_look(self.desk.look)
        self.chart.set_desk(self.desk)

    def bookmark(self) -> object:
        """Remember the request, the currency of the chart, the order and the cell in hand."""
        return _Bookmark(self.request, self.chart.currency, self.table.bookmark())

    def return_to(self, bookmark: object) -> None:
        """Show what the reader left, from where in time the desk stands."""
        if not isinstance(bookmark, _Bookmark):
            return
        self._returns_to = bookmark
        self.chart.currency = bookmark.currency
        self.show_request(replace(bookmark.request, as_of=self.as_of, known_on=self.known_on))

    def begin(self) -> None:
        """Begin in the table, or on the chart or the figure beside it where the reader went from there."""
        (self._begins_in or self.table).setFocus()
        self._begins_in = None

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the aging."""
        opening, copying, *about = self._of_cell()
        return (
            opening,
            PageCommand("Write to &Excel", self._write, ("Ctrl+E",)),
            copying,
            PageCommand("Sor&t by the column, or the other way", self.table.sort_by_current, (SORT_KEY,)),
            *self._levels(),
            PageCommand("&Buckets", self.focus_filter, heard="Ctrl+F"),
            *self.chart.commands(),
            *self.content.side.commands(),
            *about,
        )

    def explain_number(self) -> None:
        """Tell of the figure in hand, and remember whether it is one of the chart or beside it."""
        cursor = QApplication.focusWidget()
        is_above = cursor is not None and (cursor is self.chart.view or self.content.side.isAncestorOf(cursor))
        self._begins_in = cursor if is_above else None
        super().explain_number()

    def _of_cell(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the cell in hand."""
        return (
            PageCommand("&Open the invoices behind the cell", self.table.open_current, heard="Enter"),
            PageCommand("&Copy the selected cells", self.table.copy, heard="Ctrl+C"),
            *self.about_figures(),
        )

    def _levels(self) -> tuple[PageCommand, ...]:
        if len(self.request.by) == 1:
            return ()
        return (
            PageCommand("&Unfold every row", partial(self.table.set_all_open, opened=True), ("Ctrl+]",)),
            PageCommand("Fo&ld every row", partial(self.table.set_all_open, opened=False), ("Ctrl+[",)),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say at the foot as much as there is room for."""
        super().resizeEvent(event)
        if self.answer is not None:
            self.footed.emit(self._foot(self.answer))

    def _read(self) -> None:
        self.bar.set_request(self.request)
        self._is_waiting.start()
        workspace, asked = self.desk.workspace, Asked(self.request, self.bar.converted_to)
        index = self.chart.data.index_for(asked)
        self.desk.tasks.read(self, lambda: answer(workspace, asked, index), self._take, failed=self._fail, slot="aging")

    def _fail(self, error: DuedeskError) -> None:
        self._is_waiting.stop()
        if self.bar.converted_to is not None:  # no rate, as a rule: each in its own currency can be shown
            self.bar.converted_to = None
            self._read()
            self.bar.say(f"{error.message} {error.hint}".rstrip())
            return
        self.footed.emit(FootLine(error.message, holds=False))
        self.desk.tasks.broke.emit(error)

    def _take(self, found: Answer) -> None:
        self._is_waiting.stop()
        self.answer = found
        held = found.book.currencies if found.book is not None else found.rows_by_currency
        self.bar.set_currencies(tuple({*self.bar.currencies, *held} if self.request.currency else held))
        self.bar.excel.setEnabled(bool(found.aging.rows))
        self.content.show_answer(found, can_import=self.can_go(ShowImport))
        if self._returns_to is not None and found.aging.rows:
            self.table.return_to(self._returns_to.table)
            self._returns_to = None
        self.commands_changed.emit()
        self.bar.tell(rates_in_words(found.aging))
        self.footed.emit(self._foot(found))
        workspace = self.desk.workspace
        self.desk.tasks.read(self, lambda: proof(workspace, found), self._take_proof, failed=self._fail, slot="proof")

    def _take_proof(self, found: Answer) -> None:
        if self.answer is None or self.answer.asked != found.asked:
            return  # another aging has come meanwhile
        self.answer = found
        self.content.show_proved(found)
        self.footed.emit(self._foot(found))

    def _foot(self, found: Answer) -> FootLine:
        return foot_line(found.aging, wide=self.width() >= _WIDE)

    def _tell_typed(self, text: str) -> None:
        if text:
            self.footed.emit(FootLine(f"Looking for {text}"))
        elif self.answer is not None:
            self.footed.emit(self._foot(self.answer))

    def _remember_chart(self) -> None:
        self._begins_in = self.chart.view

    def _go(self, to: ShowInvoices) -> None:
        self._begins_in = None
        if self.can_go(ShowInvoices):
            self.go(to)

    def _show_everything(self) -> None:
        self.bar.set_request(replace(self.request, currency=None))
        if self.known_on is None:
            self.refresh()
        else:
            self.now_asked.emit()

    def _write(self) -> None:
        if self.answer is not None and self.answer.aging.rows:
            self.export.ask_and_write(self.answer.asked.request, self.answer.asked.currency)
