"""One payment or one credit memo: what is left of it, where the rest was put, its history, every field."""

from datetime import date
from typing import Generic, TypeVar

from duedesk.desk.navigation import ShowAccount, ShowInvoice
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.source.content import TABS, counted, head_of, sheets_of
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.records.shape import Shape
from duedesk.store.queries.credit_memos import MemoRecord, memo_record
from duedesk.store.queries.payments import PaymentRecord, payment_record

Source = TypeVar("Source", bound=PaymentRecord | MemoRecord)


_CONCERNS = ("Payment", "CreditMemo", "Refund", "Invoice", "Account")

PAYMENT = Shape(_CONCERNS, TABS, payment_record, head_of, sheets_of, counted)
MEMO = Shape(_CONCERNS, TABS, memo_record, head_of, sheets_of, counted)


class SourcePage(OneRecordPage[Source], Generic[Source]):
    """What both pages share."""

    def __init__(self, desk: Desk, as_of: date, shape: Shape[Source]) -> None:
        super().__init__(desk, as_of, shape)
        self.head.title_pressed.connect(self.show_account)

    def also(self) -> tuple[PageCommand, ...]:
        """Give the way to the account."""
        return (PageCommand("&Open the account", self.show_account, ("O",)),) if self.can_go(ShowAccount) else ()

    def show_account(self) -> None:
        """Go to the account."""
        if self.record is not None and self.can_go(ShowAccount):
            self.go(ShowAccount(self.record.account_key, self.as_of, self.known_on))


class PaymentPage(SourcePage[PaymentRecord]):
    """One payment."""

    title = "Payment"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, PAYMENT)


class CreditMemoPage(SourcePage[MemoRecord]):
    """One credit memo."""

    title = "Credit memo"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, MEMO)
        self.head.fact_pressed.connect(lambda _: self.show_source())

    def also(self) -> tuple[PageCommand, ...]:
        """Give the ways to the account and to the invoice it came from."""
        came_from = self.record is not None and self.record.source_invoice_key is not None
        leading = PageCommand("The &invoice it came from", self.show_source, ("I",))
        return (*super().also(), *((leading,) if came_from else ()))

    def show_source(self) -> None:
        """Go to the invoice it came from."""
        if self.record is not None and self.record.source_invoice_key is not None:
            self.go(ShowInvoice(self.record.source_invoice_key, self.as_of))
