"""One payment: what is left of it, where the rest was put, and what can be done with it."""

from datetime import date
from functools import partial

from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.source.cash_verbs import ask_cancel_payment, ask_cancel_refund, ask_refund, process_it
from duedesk.desk.pages.source.content import REFUNDS, TABS, counted, head_of, sheets_of
from duedesk.desk.pages.source.source_page import CONCERNS, SourcePage
from duedesk.desk.records.shape import Shape
from duedesk.store.queries.records.payment import PaymentRecord, Refund
from duedesk.store.queries.records.whole_source import whole_payment

SHAPE = Shape(CONCERNS, TABS, whole_payment, head_of, sheets_of, counted)


class PaymentPage(SourcePage[PaymentRecord]):
    """One payment."""

    title = "Payment"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, SHAPE, "Payment")

    @property
    def refund_in_hand(self) -> Refund | None:
        """Give the refund whose row is chosen; None where none is, or one that was canceled."""
        place = self.place_in(REFUNDS)
        refunds = () if self.record is None else self.record.source.refunds
        found = refunds[place] if place is not None and place < len(refunds) else None
        return found if found is not None and found.status == "Processed" else None

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what the state of the payment allows."""
        if self.record is None:
            return ()
        status, balance = self.record.source.status, self.record.source.balance
        found: list[PageCommand] = []
        if status == "Draft":
            found.append(self.command("&Process", "P", "process_payment", partial(process_it, self)))
        if status == "Processed":
            found += self.applying()
            nothing_left = "" if balance else "nothing of it is left"
            found.append(self.command("&Refund…", "R", "refund", partial(ask_refund, self), nothing_left))
        given = self.refund_in_hand
        if given is not None:
            taking = partial(ask_cancel_refund, self, given)
            found.append(self.command("Cancel the re&fund…", "F", "cancel_refund", taking))
        if status in {"Draft", "Processed"}:
            found.append(self.command("Cance&l…", "X", "cancel_payment", partial(ask_cancel_payment, self)))
        return tuple(found)
