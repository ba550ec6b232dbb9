"""One invoice whole: its head, its lines, what moved its balance, its history, every field."""

from datetime import date

from duedesk.desk.navigation import ShowAccount, ShowLetter
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.record.head import head_of
from duedesk.desk.pages.record.sheets import TABS, counted, sheets_of
from duedesk.desk.records.page import OneRecordPage, Shape
from duedesk.store.queries.records import InvoiceRecord, invoice_record

SHAPE = Shape(
    concerns=("Invoice", "InvoiceLine", "Account", "Payment", "CreditMemo"),
    tabs=TABS,
    read=invoice_record,
    head=head_of,
    sheets=sheets_of,
    counted=counted,
)


class RecordPage(OneRecordPage[InvoiceRecord]):
    """One invoice."""

    title = "Invoice"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, SHAPE)
        self.head.title_pressed.connect(self.show_account)

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the invoice."""
        return (PageCommand("&Letter", self.write_letter, ("L",)),) if self.can_go(ShowLetter) else ()

    def also(self) -> tuple[PageCommand, ...]:
        """Give the way to the account."""
        return (PageCommand("&Open the account", self.show_account, ("O",)),) if self.can_go(ShowAccount) else ()

    def show_account(self) -> None:
        """Go to the account."""
        if self.record is not None and self.can_go(ShowAccount):
            self.go(ShowAccount(self.record.account_key, self.as_of, self.known_on))

    def write_letter(self) -> None:
        """Go to the letter to the account."""
        if self.record is not None and self.can_go(ShowLetter):
            self.go(ShowLetter(self.record.account_key, self.as_of))
