"""One invoice whole: its head, its lines, what moved its balance, its history, every field; it changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.navigation import GoBack, ShowInvoices, ShowLetter
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.record.head import Head
from duedesk.desk.pages.record.sheets import TABS, sheets_of
from duedesk.desk.records.tabs import Tabs
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.domain.changes import Changes
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import OPEN, Compare, Filter, Operator
from duedesk.store.queries.records import InvoiceRecord, invoice_record


@dataclass(frozen=True, slots=True)
class _Bookmark:
    key: int
    known_on: datetime | None
    tab: int


class RecordPage(Page):
    """The head and the tabs."""

    title = "Invoice"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self._key: int | None = None
        self._known_on: datetime | None = None
        self.record: InvoiceRecord | None = None
        self.head = Head(desk.look, can_write=self.can_go(ShowLetter))
        self.tabs = Tabs(desk.look, desk.tasks, TABS)
        self.missing = EmptyList()
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        self._blank = QWidget()
        self.stack = QStackedWidget()
        for widget in (self._blank, self._whole, self.missing):
            self.stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head.account_asked.connect(self._show_account)
        self.head.letter_asked.connect(self._write)
        self.tabs.opened.connect(self.go)
        self.head.back_asked.connect(lambda: self.go(GoBack()))

    def show_invoice(self, key: int, known_on: datetime | None = None) -> None:
        """Show the invoice of a key, as of the day of the page, from what was recorded by `known_on` (None: all)."""
        if (key, known_on) != (self._key, self._known_on):
            self._key, self._known_on = key, known_on
            self.record = None
            self.stack.setCurrentWidget(self._blank)
            self.footed.emit(FootLine())
        self.refresh()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the invoice again."""
        concerned = "Invoice", "InvoiceLine", "Account", "Payment", "CreditMemo"
        if self._key is None or (changes is not None and not changes.concern(*concerned)):
            return
        workspace, key, as_of, known_on = self.desk.workspace, self._key, self.as_of, self._known_on
        self.desk.tasks.read(
            self,
            lambda: workspace.ask(invoice_record, key, as_of=as_of, known_on=known_on),
            self._take,
            failed=self._say_missing,
            slot="record",
        )

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.head.set_look(self.desk.look)
        self.tabs.set_look(self.desk.look)

    def focus_filter(self) -> None:
        """Put the cursor into the rows: there is nothing to search by here."""
        self.tabs.table(self.tabs.place).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bookmark(self) -> object:
        """Remember the invoice and the tab in front."""
        return None if self._key is None else _Bookmark(self._key, self._known_on, self.tabs.place)

    def return_to(self, bookmark: object) -> None:
        """Show the invoice and the tab again."""
        if isinstance(bookmark, _Bookmark):
            self.tabs.set_place(bookmark.tab)
            self.show_invoice(bookmark.key, bookmark.known_on)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the invoice."""
        writing = PageCommand("&Letter to the account", self._write, ("L",))
        account = PageCommand("The &account's open invoices", self._show_account, ("A",))
        return (
            *((writing,) if self.can_go(ShowLetter) else ()),
            *((account,) if self.can_go(ShowInvoices) else ()),
            PageCommand("&Next tab", self.tabs.step, ("Ctrl+Tab",)),
            PageCommand("&Copy the selected cells", lambda: self.tabs.table(self.tabs.place).copy(), heard="Ctrl+C"),
        )

    def _take(self, record: InvoiceRecord) -> None:
        self.record = record
        self.head.show_record(record)
        self.tabs.show_sheets(sheets_of(record, self.as_of))
        self.footed.emit(FootLine(_counted(record)))
        had_focus = self.hasFocus()
        self.stack.setCurrentWidget(self._whole)
        if had_focus:
            self.tabs.begin()

    def _say_missing(self, error: DuedeskError) -> None:
        self.record = None
        self.missing.say(error.message, error.hint, (("Back", lambda: self.go(GoBack())),))
        self.stack.setCurrentWidget(self.missing)

    def _show_account(self) -> None:
        if self.record is not None and self.can_go(ShowInvoices):
            of_account = Compare("BillingAccount.RecordKey", Operator.EQ, self.record.account_key)
            asked = Filter(self.as_of, where=OPEN, known_on=self._known_on).narrowed(of_account)
            self.go(ShowInvoices(asked, f"{self.record.account} · open"))

    def _write(self) -> None:
        if self.record is not None and self.can_go(ShowLetter):
            self.go(ShowLetter(self.record.account_key, self.as_of))


def _counted(record: InvoiceRecord) -> str:
    """Say how much there is of a record."""
    applied = len(record.movements) - 1 if record.movements else 0
    return f"{written.plural(len(record.lines), 'line')}, {written.plural(max(applied, 0), 'movement')} since posting"
