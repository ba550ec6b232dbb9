"""Payments that rows bring beside their invoices, as columns: the rules of `cash` and `beside` for plain ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import le
from typing import cast

from duedesk.actions.importing.by_columns.drafting import InvoiceColumns, amounts, texts
from duedesk.actions.importing.cash import CashBook
from duedesk.domain.money import from_units, minor_digits, plain
from duedesk.exchange.columns import NotPlain, SectionColumns, Written

RULED = frozenset(("PaymentNumber", "CurrencyIsoCode", "EffectiveDate", "Amount"))
"""Fields of which something is asked here; the others are stored as they stand."""

_PART = 100
"""Ten-thousandths in a hundredth."""


@dataclass(frozen=True, slots=True)
class PaymentColumns:
    """Payments, a list each of what they hold; `there` tells which rows bring one, None that all do."""

    there: list[bool] | None
    numbers: list[str] | None
    source_keys: list[str] | None
    """By what a payment without a number is known."""
    days: list[str]
    amounts: list[int]
    direct: dict[str, list[Written]]

    @property
    def names(self) -> list[str]:
        """Give by what each of them is known."""
        return self.numbers or self.source_keys or []

    def of(self, invoices: InvoiceColumns) -> InvoiceColumns:
        """Give the invoices they are on."""
        return invoices if self.there is None else invoices.only(self.there)

    def on_rows(self) -> list[int]:
        """Give what each row brings; nothing where it brings no payment."""
        if self.there is None:
            return self.amounts
        each = iter(self.amounts)
        return [next(each) if is_there else 0 for is_there in self.there]

    def only(self, chosen: Sequence[bool]) -> "PaymentColumns | None":
        """Give those of the chosen rows."""
        mine = list(chosen) if self.there is None else list(compress(chosen, self.there))
        if not any(mine):
            return None
        numbers = None if self.numbers is None else list(compress(self.numbers, mine))
        keys = None if self.source_keys is None else list(compress(self.source_keys, mine))
        direct = {name: list(compress(values, mine)) for name, values in self.direct.items()}
        there = None if self.there is None else list(compress(self.there, chosen))
        days, brought = list(compress(self.days, mine)), list(compress(self.amounts, mine))
        return PaymentColumns(there, numbers, keys, days, brought, direct)


def draft_payments(said: SectionColumns, invoices: InvoiceColumns, book: CashBook) -> PaymentColumns | None:
    """Work out the payments of rows, None where no row brings one; NotPlain where one breaks a rule or needs a word."""
    if said.there is not None and not any(said.there):
        return None
    fields = said.fields
    paid = invoices if said.there is None else invoices.only(said.there)
    brought, days = amounts(fields, "Amount"), texts(fields, "EffectiveDate")
    is_on_one = said.currencies == paid.currencies and all(map(le, brought, paid.totals))
    if min(brought) <= 0 or not is_on_one or not all(map(le, paid.invoice_dates, days)):
        raise NotPlain
    numbers = fields.get("PaymentNumber")
    keys = None
    if numbers is None or set(numbers) == {None}:
        numbers, keys = None, _source_keys(paid, days, brought)
    elif None in numbers or book.has_any("Payment", cast("list[str]", numbers)):
        raise NotPlain
    direct = {name: values for name, values in fields.items() if name not in RULED}
    return PaymentColumns(said.there, cast("list[str] | None", numbers), keys, days, brought, direct)


def rows_of(payments: PaymentColumns, first_row: int, count: int) -> list[int]:
    """Give the rows that bring them."""
    rows = range(first_row, first_row + count)
    return list(rows if payments.there is None else compress(rows, payments.there))


def _source_keys(invoices: InvoiceColumns, days: Sequence[str], brought: Sequence[int]) -> list[str]:
    """Give what `cash` makes of invoice, day and amount; an invoice has one row, so that each comes the first time."""
    if {minor_digits(code) for code in set(invoices.currencies)} == {2}:
        written = [f"{units // 10_000}.{units % 10_000 // _PART:02}" for units in brought]
    else:
        written = [plain(from_units(units), code) for units, code in zip(brought, invoices.currencies, strict=True)]
    said = zip(invoices.numbers, days, written, invoices.currencies, strict=True)
    return [f"{number}|{day}|{amount}|{currency}|1" for number, day, amount, currency in said]
