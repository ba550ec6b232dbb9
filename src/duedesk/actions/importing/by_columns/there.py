"""What the book holds already of invoices and payments that come as columns, and whether rows say the same of them."""

from collections.abc import Mapping, Sequence
from itertools import compress

from duedesk.actions.importing.by_columns.cash import PaymentColumns
from duedesk.actions.importing.by_columns.drafting import InvoiceColumns
from duedesk.actions.importing.cash import CashBook
from duedesk.actions.importing.parties import Account
from duedesk.exchange.columns import NotPlain
from duedesk.store.known import KnownFigures, invoice_figures, payment_figures


class There:
    """What the book holds of the rows at hand; `says_status` tells that they say in which state invoices are."""

    def __init__(self, book: CashBook, *, was_empty: bool, says_status: bool) -> None:
        self._book, self._was_empty, self._says_status = book, was_empty, says_status

    def invoices(self, drafts: InvoiceColumns) -> list[KnownFigures | None] | None:
        """Give what is there of each invoice, None where all are new."""
        if self._was_empty:
            return None
        found = invoice_figures(self._book.connection, drafts.numbers)
        return list(map(found.get, drafts.numbers)) if found else None

    def check_same(
        self, found: Sequence[KnownFigures | None], drafts: InvoiceColumns, accounts: Sequence[Account]
    ) -> None:
        """NotPlain where the book has one otherwise."""
        said = zip((one.key for one in accounts), drafts.currencies, drafts.invoice_dates, drafts.totals, strict=True)
        for there, here in zip(found, said, strict=True):
            if there is not None and (there[1:] != here or (self._says_status and there.status != "Posted")):
                raise NotPlain

    def check_payments(self, payments: PaymentColumns, drafts: InvoiceColumns, is_new: Sequence[bool]) -> None:
        """NotPlain where the payment of an invoice that is there is not, or is otherwise, or that of a new one is."""
        found: Mapping[str, tuple[int, str, str]] = {}
        if self._book.finds_payments:
            found = payment_figures(self._book.connection, payments.numbers or (), payments.source_keys or ())
        on = payments.of(drafts)
        of_new = is_new if payments.there is None else list(compress(is_new, payments.there))
        said = zip(
            payments.names, zip(payments.amounts, on.currencies, payments.days, strict=True), of_new, strict=True
        )
        for name, here, is_of_new in said:
            if found.get(name) != (None if is_of_new else here):
                raise NotPlain
