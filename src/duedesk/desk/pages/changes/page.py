"""What changed since: the events recorded between two moments that moved a figure; the desk knows up to the second."""

from dataclasses import dataclass
from datetime import date, datetime
from threading import Event

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from duedesk.desk.menus import command_menu
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.changes.bar import ChangesBar
from duedesk.desk.pages.changes.content import MOST_LISTED, STOPPED, Answer, Laid, Layout, earlier, laid_out, reading
from duedesk.desk.pages.changes.questions import answer
from duedesk.desk.records.tabs import Tab
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.desk.widgets.frames import card
from duedesk.domain.changed_since import ChangesRequest
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError

_WIDE = 1040
"""Pixels of the page from which on there is room for all columns."""


@dataclass(frozen=True, slots=True)
class _Bookmark:
    since: datetime | None
    account_key: int | None
    account: str
    row: int


class ChangesPage(Page):
    """The bar, and the events as rows."""

    title = "What changed since"
    _heard = Signal(object, object)
    """How many records of how many were read."""

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.answer: Answer | None = None
        self._account = ""
        self._row = 0
        self._is_wide = True
        self._stop = Event()
        self._felt = felt_wait(self, self._say_reading)
        self.bar = ChangesBar(desk.workspace.world.today)
        self.tab = Tab(desk.look, desk.tasks, "What changed")
        self.table = self.tab.table
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        held = card()
        within = QVBoxLayout(held)
        within.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        within.addWidget(self.tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(held, 1)
        self.bar.asked.connect(self._ask)
        self.bar.stopped.connect(self._stop_reading)
        self._heard.connect(self._hear)
        self.tab.opened.connect(self.go)

    @property
    def request(self) -> ChangesRequest:
        """Give what is asked for: from the moment of the bar to what the desk knows."""
        since = earlier(self.bar.since.moment, self.known_on, self.desk.workspace.world.today())
        self.bar.since.set_moment(since)
        return ChangesRequest(self.as_of, since, self.known_on, self.bar.account_key)

    def show_of(self, account_key: int | None, account: str, since: datetime | None) -> None:
        """Show what changed of an account, or of all, since a moment; None keeps the moment that was."""
        self._account = account
        self.bar.narrow(account_key, account)
        if since is not None:
            self.bar.since.set_moment(since)
        self.refresh()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the events again."""
        if changes is not None and not changes.concern("Invoice", "Payment", "CreditMemo", "Refund"):
            return
        workspace, request = self.desk.workspace, self.request
        self.bar.show_until(request.until, request.as_of)
        self._felt.start()
        self._stop.set()
        self._stop = stop = Event()

        def hear(done: int, total: int) -> None:
            if stop.is_set():
                raise Cancelled
            self._heard.emit(done, total)

        read = self.desk.tasks.read
        read(self, lambda: answer(workspace, request, hear), self._take, failed=self._fail, slot="changes")

    def begin(self) -> None:
        """Begin in the rows."""
        self.table.setFocus()

    def focus_filter(self) -> None:
        """Put the cursor where the earlier moment stands."""
        self.bar.since.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.table.set_look(self.desk.look)

    def bookmark(self) -> object:
        """Remember what was asked and the row in hand."""
        return _Bookmark(self.bar.since.moment, self.bar.account_key, self._account, self.table.currentIndex().row())

    def return_to(self, bookmark: object) -> None:
        """Ask the same again."""
        if isinstance(bookmark, _Bookmark):
            self._row = max(bookmark.row, 0)
            self.show_of(bookmark.account_key, bookmark.account, bookmark.since)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the events."""
        return (
            PageCommand("&Open the record", lambda: self.table.enter(self.table.currentIndex()), heard="Enter"),
            PageCommand("&Copy the selected cells", self.table.copy, heard="Ctrl+C"),
            PageCommand("Only &back-dated", self.bar.only_late.click, ("B",)),
            *(
                PageCommand(one.value, self.bar.layouts[one].click, (str(place + 1),))
                for place, one in enumerate(Layout)
            ),
            PageCommand("&Since…", self.focus_filter, heard="Ctrl+F"),
            self.about_figures()[0],
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        if self._is_wide != (event.size().width() >= _WIDE):
            self._is_wide = not self._is_wide
            self._show()

    def _ask(self) -> None:
        if self.answer is not None and self.answer.request == self.request:
            self._show()
        else:
            self.refresh()

    def _say_reading(self) -> None:
        self.bar.stop.show()
        self.footed.emit(reading())

    def _stop_reading(self) -> None:
        self._stop.set()

    def _hear(self, done: int, total: int) -> None:
        if self.bar.stop.isVisibleTo(self):
            self.footed.emit(reading(done, total))

    def _take(self, found: Answer) -> None:
        self._end_reading()
        self.answer = found
        self._show()

    def _end_reading(self) -> None:
        self._felt.stop()
        self.bar.stop.hide()

    def _show(self) -> None:
        found = self.answer
        if found is None:
            return
        layout, late, wide = self.bar.layout_asked, self.bar.only_late.isChecked(), self._is_wide

        def lay() -> Laid:
            return laid_out(found, layout, only_late=late, wide=wide)

        if len(found.changes) > MOST_LISTED:
            self.desk.tasks.read(self, lay, lambda laid: self._put_of(found, laid), slot="laid out")
        else:
            self._put(lay())

    def _put_of(self, found: Answer, laid: Laid) -> None:
        if found is self.answer:
            self._put(laid)

    def _put(self, laid: Laid) -> None:
        self.tab.show_sheet(laid.sheet)
        self.table.setCurrentIndex(self.table.records.index(min(self._row, len(laid.sheet.rows) - 1), 0))
        self._row = 0
        self.footed.emit(laid.foot)

    def _fail(self, error: DuedeskError) -> None:
        self._end_reading()
        self.answer = None
        if isinstance(error, Cancelled):
            self._put(STOPPED)
            return
        self.footed.emit(FootLine())
        self.say_failed(error)

    def _open_menu(self, at: QPoint) -> None:
        command_menu(self.table, self.commands()).popup(self.table.viewport().mapToGlobal(at))
