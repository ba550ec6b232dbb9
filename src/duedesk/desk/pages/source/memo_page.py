"""One credit memo: what is left of it, where the rest was put, and what can be done with it."""

from datetime import date
from functools import partial

from duedesk.desk.navigation import ShowInvoice
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.source.content import TABS, counted, head_of, sheets_of
from duedesk.desk.pages.source.memo_verbs import ask_cancel_memo, ask_post_memo, ask_void_memo
from duedesk.desk.pages.source.source_page import CONCERNS, SourcePage
from duedesk.desk.records.shape import Shape
from duedesk.store.queries.records.credit_memo import MemoRecord
from duedesk.store.queries.records.whole_source import whole_memo

SHAPE = Shape(CONCERNS, TABS, whole_memo, head_of, sheets_of, counted)


class CreditMemoPage(SourcePage[MemoRecord]):
    """One credit memo."""

    title = "Credit memo"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, SHAPE, "CreditMemo")
        self.head.fact_pressed.connect(lambda _: self.show_source())

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what the state of the memo allows."""
        if self.record is None:
            return ()
        status = self.record.source.status
        found: list[PageCommand] = []
        if status == "Draft":
            found.append(self.command("&Post…", "P", "post_memo", partial(ask_post_memo, self)))
        if status == "Posted":
            found += self.applying()
            found.append(self.command("&Void…", "V", "void_memo", partial(ask_void_memo, self)))
        if status in {"Draft", "Error"}:
            found.append(self.command("Cance&l…", "X", "cancel_memo", partial(ask_cancel_memo, self)))
        return tuple(found)

    def also(self) -> tuple[PageCommand, ...]:
        """Give the ways to the account and to the invoice it came from."""
        came_from = self.record is not None and self.record.source.source_invoice_key is not None
        leading = PageCommand("The &invoice it came from", self.show_source, ("I",))
        return (*super().also(), *((leading,) if came_from else ()))

    def show_source(self) -> None:
        """Go to the invoice it came from."""
        key = None if self.record is None else self.record.source.source_invoice_key
        if key is not None:
            self.go(ShowInvoice(key, self.as_of, self.known_on))
