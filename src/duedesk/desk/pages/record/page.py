"""One invoice whole, and all that can be done with it; what a verb asks for stands in `acting`."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from duedesk.desk.navigation import ShowAccount, ShowLetter
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.record.content import SHAPE
from duedesk.desk.pages.record.doings import doings_of
from duedesk.desk.pages.record.drafting import Drafting
from duedesk.desk.pages.record.notes import Notes
from duedesk.desk.pages.record.sheets import MOVEMENTS, POSTS
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.pages.record.verbs import Doing, offers_of, primary
from duedesk.domain.changes import Changes
from duedesk.store.queries.records.movements import Movement
from duedesk.store.queries.records.whole_invoice import WholeInvoice


class RecordPage(InvoicePage):
    """One invoice."""

    title = "Invoice"
    object_name = "Invoice"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, SHAPE)
        self.notes = Notes(self)
        self.posts = self.notes.posts
        self.tabs.called(POSTS).put(self.posts)
        self.drafting = Drafting(self)
        self._run: dict[Doing, Callable[[], None]] = {
            **doings_of(self, lambda: self.in_hand),
            Doing.EDIT: self.drafting.begin,
            Doing.LETTER: self.write_letter,
            Doing.NOTE: self.notes.bring,
            Doing.ATTACH: self.notes.choose,
        }
        if not self.can_go(ShowLetter):
            del self._run[Doing.LETTER]
        self.setAcceptDrops(True)
        self.head.title_pressed.connect(self.show_account)
        movements = self.tabs.called(MOVEMENTS).table
        movements.selectionModel().currentRowChanged.connect(lambda *_: self.offer())

    def begin_record(self, key: int) -> None:
        """Begin with another invoice: without what was written for the one before."""
        self.drafting.end()
        self.notes.begin(key)

    def display(self, record: WholeInvoice) -> None:
        """Show the invoice."""
        super().display(record)
        self.drafting.show_figure()
        self.notes.show(record, self.barred())

    @property
    def in_hand(self) -> Movement | None:
        """Give the payment or credit whose row is chosen; None while another tab is in front."""
        table = self.tabs.called(MOVEMENTS).table
        place = table.currentIndex().row()
        is_in_front = self.tabs.names[self.tabs.place] == MOVEMENTS
        if self.record is None or not is_in_front or not 0 <= place < len(self.record.invoice.movements):
            return None
        return self.record.invoice.movements[place]

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the invoice."""
        if self.record is None or self.drafting.editing is not None:
            return self.drafting.commands()
        offers = offers_of(self.record, in_hand=self.in_hand, barred=self.barred())
        return tuple(
            PageCommand(offer.doing.text, self._run[offer.doing], (offer.doing.key,), barred=partial(str, offer.barred))
            for offer in offers
            if offer.doing in self._run
        )

    def on_bar(self) -> tuple[PageCommand, ...]:
        """Give what stands on the bar; while a draft is edited, what ends that: the lines have buttons of their own."""
        offered = self.offered()
        return offered if self.drafting.editing is None else (offered[0], offered[-1])

    def primary(self) -> str:
        """Give the text of the verb that most will say next."""
        if self.drafting.editing is not None:
            return "&Save"
        first = None if self.record is None else primary(self.record)
        return "" if first is None else first.text

    def also(self) -> tuple[PageCommand, ...]:
        """Give the way to the account."""
        if self.drafting.editing is not None:
            return ()
        return (PageCommand("&Open the account", self.show_account, ("O",)),) if self.can_go(ShowAccount) else ()

    def holds_escape(self) -> bool:
        """Tell whether Esc leaves something here, and not the page."""
        return super().holds_escape() or self.drafting.editing is not None

    def escape(self) -> bool:
        """Leave the panel, or the draft in hand."""
        if super().escape():
            return True
        if self.drafting.editing is not None:
            self.drafting.leave()
            return True
        return False

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the invoice again; F5 reads the draft in hand again and keeps what was typed."""
        super().refresh(changes)
        if changes is None and self.drafting.editing is not None:
            self.drafting.read_again()

    def can_leave(self) -> bool:
        """Tell whether the page may be left: not while something was typed that is not stored."""
        return self.drafting.can_leave() and self.notes.can_leave() and super().can_leave()

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account of the invoice."""
        return None if self.record is None else (self.record.invoice.account_key, self.record.invoice.account)

    def show_account(self) -> None:
        """Go to the account."""
        if self.record is not None and self.can_go(ShowAccount):
            self.go(ShowAccount(self.record.invoice.account_key, self.as_of, self.known_on))

    def write_letter(self) -> None:
        """Go to the letter to the account."""
        if self.record is not None and self.can_go(ShowLetter):
            self.go(ShowLetter(self.record.invoice.account_key, self.as_of))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged over the page of an invoice: they are attached to it."""
        if event.mimeData().hasUrls() and self.record is not None and not self.barred():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files that were dropped."""
        event.acceptProposedAction()
        self.tabs.bring(POSTS)
        self.notes.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
