"""What the book holds already of invoices and payments that come as columns, and whether rows say the same of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from duedesk.actions.importing.by_columns.cash import PaymentColumns
from duedesk.actions.importing.by_columns.drafting import InvoiceColumns
from duedesk.actions.importing.cash import CashBook
from duedesk.actions.importing.parties import Account
from duedesk.exchange.columns import NotPlain
from duedesk.store.known import KnownFigures, invoice_figures, invoice_figures_after, payment_figures


@dataclass(frozen=True, slots=True)
class Held:
    """Which of some rows' invoices the book holds, and what it holds of these, in the order of the rows."""

    is_old: list[bool]
    figures: Sequence[KnownFigures]


class There:
    """What the book holds of the rows at hand; `says_status` tells that they say in which state invoices are."""

    def __init__(self, book: CashBook, *, was_empty: bool, says_status: bool) -> None:
        self._book, self._was_empty, self._says_status = book, was_empty, says_status
        self._last = 0
        self._goes_on = True

    def invoices(self, drafts: InvoiceColumns) -> Held | None:
        """Give what is there of some invoices, None where all are new."""
        if self._was_empty:
            return None
        count = len(drafts.numbers)
        if self._goes_on:  # a file that comes again has them in the order in which they came the first time
            next_ones = invoice_figures_after(self._book.connection, self._last, count)
            if [one[1] for one in next_ones] == drafts.numbers:
                self._last = next_ones[-1][0]
                return Held([True] * count, next_ones)
        found = invoice_figures(self._book.connection, drafts.numbers)
        self._last = max((one[0] for one in found.values()), default=self._last)
        self._goes_on = len(found) == count
        is_old = [number in found for number in drafts.numbers]
        return Held(is_old, [found[number] for number in compress(drafts.numbers, is_old)]) if found else None

    def check_same(self, held: Held, drafts: InvoiceColumns, accounts: Sequence[Account]) -> None:
        """NotPlain where the book has one otherwise."""
        if not all(held.is_old):
            drafts, accounts = drafts.only(held.is_old), list(compress(accounts, held.is_old))
        _, _, statuses, *there = zip(*held.figures, strict=True)
        here = [[one.key for one in accounts], drafts.currencies, drafts.invoice_dates, drafts.totals]
        if list(map(list, there)) != here or (self._says_status and set(statuses) != {"Posted"}):
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
