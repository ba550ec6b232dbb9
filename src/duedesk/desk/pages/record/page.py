"""One invoice whole, and all that can be done with it; what a verb asks for stands in `acting`."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from duedesk.actions.following.views import note_view
from duedesk.desk.navigation import ShowAccount, ShowLetter
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.record.head import head_of
from duedesk.desk.pages.record.notes import Notes
from duedesk.desk.pages.record.sheets import MOVEMENTS, POSTS, TABS, counted, sheets_of
from duedesk.desk.pages.record.verbs import Doing, offers_of, primary
from duedesk.desk.records.page import OneRecordPage, Shape
from duedesk.desk.records.posts import Posts
from duedesk.domain.errors import RequestError
from duedesk.store.queries.movements import Movement
from duedesk.store.queries.whole_invoices import WholeInvoice, whole_invoice

SHAPE = Shape(
    concerns=(
        "Invoice",
        "InvoiceLine",
        "InvoiceFeed",
        "Account",
        "Payment",
        "CreditMemo",
        "ApprovalRequest",
        "PaymentSchedule",
    ),
    tabs=TABS,
    read=whole_invoice,
    head=head_of,
    sheets=sheets_of,
    counted=counted,
)


class RecordPage(OneRecordPage[WholeInvoice]):
    """One invoice."""

    title = "Invoice"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, SHAPE)
        self.posts = Posts()
        self.notes = Notes(self, self.posts)
        self.tabs.called(POSTS).put(self.posts)
        self._run: dict[Doing, Callable[[], None]] = {
            Doing.LETTER: self.write_letter,
            Doing.NOTE: self.write_note,
            Doing.ATTACH: self.notes.choose,
        }
        if not self.can_go(ShowLetter):
            del self._run[Doing.LETTER]
        self.setAcceptDrops(True)
        self.head.title_pressed.connect(self.show_account)
        movements = self.tabs.called(MOVEMENTS).table
        movements.selectionModel().currentRowChanged.connect(lambda *_: self.offer())

    def begin_record(self, key: int) -> None:
        """Keep that the invoice was looked at, and begin without the note that another was given."""
        self.posts.clear_note()
        workspace = self.desk.workspace
        self.desk.tasks.read(self, lambda: note_view(workspace, "Invoice", key), lambda _: None)

    def display(self, record: WholeInvoice) -> None:
        """Show the invoice."""
        super().display(record)
        self.posts.show_posts(record.posts, self.barred() or _barred_from_notes(record))

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
        if self.record is None:
            return ()
        offers = offers_of(self.record, in_hand=self.in_hand, barred=self.barred())
        return tuple(
            PageCommand(offer.doing.text, self._run[offer.doing], (offer.doing.key,), barred=partial(str, offer.barred))
            for offer in offers
            if offer.doing in self._run
        )

    def primary(self) -> str:
        """Give the text of the verb that most will say next."""
        first = None if self.record is None else primary(self.record)
        return "" if first is None else first.text

    def also(self) -> tuple[PageCommand, ...]:
        """Give the way to the account."""
        return (PageCommand("&Open the account", self.show_account, ("O",)),) if self.can_go(ShowAccount) else ()

    def can_leave(self) -> bool:
        """Tell whether the page may be left: not while a note is written and not added."""
        if self.posts.text:
            self.tabs.bring(POSTS)
            self.posts.show_fault(RequestError("This note is not added yet.", "Ctrl+Enter adds it, Esc drops it."))
            return False
        return super().can_leave()

    def show_account(self) -> None:
        """Go to the account."""
        if self.record is not None and self.can_go(ShowAccount):
            self.go(ShowAccount(self.record.invoice.account_key, self.as_of, self.known_on))

    def write_letter(self) -> None:
        """Go to the letter to the account."""
        if self.record is not None and self.can_go(ShowLetter):
            self.go(ShowLetter(self.record.invoice.account_key, self.as_of))

    def write_note(self) -> None:
        """Put the cursor where a note is written."""
        self.tabs.bring(POSTS)
        self.posts.note.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged over the page of an invoice: they are attached to it."""
        if event.mimeData().hasUrls() and self.record is not None and not self.barred():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files that were dropped."""
        event.acceptProposedAction()
        self.tabs.bring(POSTS)
        self.notes.attach([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def _barred_from_notes(record: WholeInvoice) -> str:
    return "" if record.standing.may("add_note") else "read only"
