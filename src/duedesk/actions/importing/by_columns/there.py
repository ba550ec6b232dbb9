"""What the book holds already of invoices and payments that come as columns, and whether rows say the same of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from duedesk.actions.importing.by_columns.cash import PaymentColumns
from duedesk.actions.importing.by_columns.drafting import InvoiceColumns
from duedesk.actions.importing.cash import CashBook
from duedesk.actions.importing.parties import Account
from duedesk.exchange.columns import NotPlain
from duedesk.store.known import invoice_figures, key_of_number, payment_figures
from duedesk.store.known_stretch import KnownNext, invoices_after, next_invoices


@dataclass(frozen=True, slots=True)
class Held:
    """Which of some rows' invoices the book holds, and what of these, a text a column and a line an invoice."""

    is_old: list[bool]
    figures: tuple[str, ...]
    statuses: set[str]


class There:
    """What the book holds of the rows at hand; `says_status` tells that they say in which state invoices are."""

    def __init__(self, book: CashBook, *, was_empty: bool, says_status: bool) -> None:
        self._book, self._was_empty, self._says_status = book, was_empty, says_status
        self._last = 0
        self.goes_on = not was_empty
        """The file may have invoices in the order in which they came the first time."""

    def next(self, count: int) -> KnownNext | None:
        """Give what is there of the invoices that come next in the book, None where nothing is."""
        return next_invoices(self._book.connection, self._last, count)

    def pass_by(self, said: KnownNext) -> None:
        """Go on behind these."""
        self._last = said.last

    def invoices(self, drafts: InvoiceColumns) -> Held | None:
        """Give what is there of some invoices, None where all are new."""
        if self._was_empty:
            return None
        count = len(drafts.numbers)
        if self.goes_on:
            last, numbers, *figures, statuses = invoices_after(self._book.connection, self._last, count)
            if last is not None and numbers == _lines(drafts.numbers):
                self._last = last
                return Held([True] * count, tuple(figures), set(statuses.split("\n")))
        return self._one_by_one(drafts)

    def check_same(self, held: Held, drafts: InvoiceColumns, accounts: Sequence[Account]) -> None:
        """NotPlain where the book has one otherwise."""
        if not all(held.is_old):
            drafts, accounts = drafts.only(held.is_old), list(compress(accounts, held.is_old))
        here: tuple[Iterable[object], ...]
        here = ([one.key for one in accounts], drafts.currencies, drafts.invoice_dates, drafts.totals)
        if held.figures != tuple(_lines(column) for column in here) or (
            self._says_status and held.statuses != {"Posted"}
        ):
            raise NotPlain

    def _one_by_one(self, drafts: InvoiceColumns) -> Held | None:
        """Look each of them up by its number."""
        found = invoice_figures(self._book.connection, drafts.numbers)
        self.goes_on = len(found) == len(drafts.numbers)
        if not found:
            return None
        is_old = [number in found for number in drafts.numbers]
        if self.goes_on:
            self._last = key_of_number(self._book.connection, drafts.numbers[-1])
        _, *figures, statuses = zip(*(found[one] for one in compress(drafts.numbers, is_old)), strict=True)
        return Held(is_old, tuple(_lines(column) for column in figures), set(statuses))

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


def _lines(values: Iterable[object]) -> str:
    return "\n".join(map(str, values))
