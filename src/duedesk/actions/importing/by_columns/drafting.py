"""The rules of an invoice held against columns: what `drafts` asks of one row; the book is not asked yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import compress
from operator import add, le, sub
from typing import Any, cast

from duedesk.actions.importing.drafts import InvoiceDrafts
from duedesk.domain.money import LARGEST_AMOUNT, from_units, to_units
from duedesk.exchange.columns import NotPlain, SectionColumns, Written

RULED = frozenset(
    (
        "DocumentNumber",
        "BillingAccountId",
        "Status",
        "CurrencyIsoCode",
        "InvoiceDate",
        "DueDate",
        "TotalAmount",
        "TotalTaxAmount",
        "TotalAmountWithTax",
        "Balance",
    )
)
"""Fields of which something is asked here; the others are stored as they stand."""

_LARGEST = to_units(LARGEST_AMOUNT)


@dataclass(frozen=True, slots=True)
class InvoiceColumns:
    """Posted invoices, a list each of what they hold; amounts in ten-thousandths, days as text."""

    numbers: list[str]
    currencies: list[str]
    invoice_dates: list[str]
    due_dates: list[str]
    nets: list[int]
    taxes: list[int]
    totals: list[int]
    balances: list[int | None] | None
    says_total: bool
    """The file gives the total with tax, and not only the one before it."""
    direct: Mapping[str, list[Written]]
    """What is stored as it stands, by field."""

    def only(self, chosen: Sequence[bool]) -> "InvoiceColumns":
        """Give the chosen ones."""
        names = ("numbers", "currencies", "invoice_dates", "due_dates", "nets", "taxes", "totals")
        held: dict[str, Any] = {name: list(compress(getattr(self, name), chosen)) for name in names}
        balances = list(compress(self.balances, chosen)) if self.balances is not None else None
        direct = {name: list(compress(values, chosen)) for name, values in self.direct.items()}
        return replace(self, balances=balances, direct=direct, **held)


def draft_invoices(said: SectionColumns, drafts: InvoiceDrafts) -> InvoiceColumns:
    """Work out the invoices of rows, one a row; NotPlain where one of them breaks a rule or needs a word."""
    fields = said.fields
    if not set(fields.get("Status", ())) <= {None, "Posted"}:
        raise NotPlain
    numbers = texts(fields, "DocumentNumber")
    invoice_dates, due_dates = texts(fields, "InvoiceDate"), texts(fields, "DueDate")
    if not all(map(le, invoice_dates, due_dates)):
        raise NotPlain
    nets, taxes, totals = _amounts(fields)
    if drafts.has_any(numbers):
        raise NotPlain
    balances = cast("list[int | None] | None", fields.get("Balance"))
    direct = {name: values for name, values in fields.items() if name not in RULED}
    if balances is not None and not all(map(_may_be_open, balances, totals)):
        raise NotPlain
    days = (invoice_dates, due_dates)
    says_total = "TotalAmountWithTax" in fields
    return InvoiceColumns(numbers, said.currencies, *days, nets, taxes, totals, balances, says_total, direct)


def check_balances(drafts: InvoiceColumns, is_new: Sequence[bool], paid: Sequence[int] | None) -> None:
    """NotPlain where a row says that something else is open of its new invoice than is, once `paid` has come in."""
    if drafts.balances is None:
        return
    left = drafts.totals if paid is None else list(map(sub, drafts.totals, paid))
    if drafts.balances != left and any(
        is_one and said not in {None, open_} for is_one, said, open_ in zip(is_new, drafts.balances, left, strict=True)
    ):
        raise NotPlain


def texts(fields: Mapping[str, list[Written]], name: str) -> list[str]:
    """Give a column of texts or days in which every row says something."""
    return cast("list[str]", _whole(fields, name))


def amounts(fields: Mapping[str, list[Written]], name: str) -> list[int]:
    """Give a column of amounts in which every row says something."""
    return cast("list[int]", _whole(fields, name))


def added(units: Sequence[int], currencies: Sequence[str]) -> dict[str, Decimal]:
    """Add up amounts in each of their currencies."""
    codes = dict.fromkeys(currencies)
    if len(codes) == 1:
        return {code: from_units(sum(units)) for code in codes}
    pairs = list(zip(units, currencies, strict=True))
    return {code: from_units(sum(amount for amount, one in pairs if one == code)) for code in codes}


def _may_be_open(said: int | None, total: int) -> bool:
    return said is None or 0 <= said <= total


def _whole(fields: Mapping[str, list[Written]], name: str) -> list[Written]:
    values = fields.get(name)
    if values is None or None in values:
        raise NotPlain
    return values


def _amounts(fields: Mapping[str, list[Written]]) -> tuple[list[int], list[int], list[int]]:
    """Give nets, taxes and totals, each worked out from the others where it is missing."""
    if "TotalAmountWithTax" in fields:
        totals = amounts(fields, "TotalAmountWithTax")
        nothing: list[Written] = [None] * len(totals)
        said = zip(totals, fields.get("TotalAmount", nothing), fields.get("TotalTaxAmount", nothing), strict=True)
        if "TotalAmount" not in fields and "TotalTaxAmount" not in fields:
            nets, taxes = totals, [0] * len(totals)
        else:
            pairs = [_net_and_tax(total, net, tax) for total, net, tax in said]
            nets, taxes = [net for net, _ in pairs], [tax for _, tax in pairs]
    else:
        nets = amounts(fields, "TotalAmount")
        taxes = [tax or 0 for tax in cast("list[int | None]", fields.get("TotalTaxAmount") or [0] * len(nets))]
        totals = list(map(add, nets, taxes))
    if list(map(add, nets, taxes)) != totals or min(totals) <= 0 or max(totals) > _LARGEST:
        raise NotPlain
    if min(nets) < 0 or min(taxes) < 0:
        raise NotPlain
    return nets, taxes, totals


def _net_and_tax(total: int, net: Written, tax: Written) -> tuple[int, int]:
    if not isinstance(net, int):
        net = total - (tax if isinstance(tax, int) else 0)
    return net, tax if isinstance(tax, int) else total - net
