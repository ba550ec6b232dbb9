"""What a credit memo is made of and what it may credit; it knows no other memo and no database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from duedesk.domain.applying import Side, check_posted
from duedesk.domain.currencies import is_currency
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped, is_payable

LINE_TYPES = ("Charge", "Adjustment", "Tax")


@dataclass(frozen=True, slots=True)
class MemoLine:
    """A line of a credit memo; `amount` is before tax, and of a tax line it is the tax.

    `related` is the place, from 0, of the charge that an adjustment or tax line belongs to: the first one unless told.
    """

    amount: Decimal
    name: str = ""
    type: str = "Charge"
    tax: Decimal = ZERO
    tax_rate: Decimal | None = None
    tax_name: str = ""
    tax_code: str = ""
    description: str = ""
    related: int | None = None
    invoice_line_key: int | None = None


@dataclass(frozen=True, slots=True)
class MemoTotals:
    """What the lines of a memo add up to."""

    net: Decimal
    tax: Decimal

    @property
    def whole(self) -> Decimal:
        """Give the total with tax."""
        return self.net + self.tax


def checked_lines(lines: Sequence[MemoLine], currency: str) -> tuple[MemoLine, ...]:
    """Give the lines named and related; RequestError where one cannot stand, or where they credit nothing."""
    if not is_currency(currency):
        raise RequestError(f"“{currency}” is no currency.", "Write its code of three letters: USD.")
    for line in lines:
        if line.type not in LINE_TYPES:
            raise RequestError(f"“{line.type}” is no type of line.", f"There are {', '.join(LINE_TYPES)}.")
    charges = [place for place, line in enumerate(lines) if line.type == "Charge"]
    if not charges:
        raise RequestError("A credit memo needs a charge line.", "Say what is credited, and how much.")
    made = tuple(
        _checked(replace(line, name=line.name or f"Line {place}"), currency, charges)
        for place, line in enumerate(lines, 1)
    )
    whole = totals(made).whole
    if whole <= 0:
        raise RequestError(f"The lines come to {grouped(whole, currency)} {currency}; a credit is more than nothing.")
    return made


def _checked(line: MemoLine, currency: str, charges: Sequence[int]) -> MemoLine:
    for amount in (line.amount, line.tax):
        if not amount.is_finite() or not is_payable(amount, currency):
            raise RequestError(f"{line.name}: {amount} cannot be paid in {currency}.", "Leave the last digits off.")
    if line.type == "Charge":
        if line.amount <= 0:
            raise RequestError(f"{line.name}: a charge that is credited is more than nothing, not {line.amount}.")
        return replace(line, related=None)
    related = charges[0] if line.related is None else line.related
    if related not in charges:
        raise RequestError(f"{line.name}: an {line.type.lower()} line belongs to a charge line.")
    if line.type == "Adjustment":
        return replace(line, related=related)
    if line.tax:
        raise RequestError(f"{line.name}: a tax line bears no tax of its own.")
    return replace(line, related=related, tax=line.amount)


def totals(lines: Sequence[MemoLine]) -> MemoTotals:
    """Add checked lines up: charges and adjustments before tax, and the tax of all."""
    net = sum((line.amount for line in lines if line.type != "Tax"), ZERO)
    return MemoTotals(net, sum((line.tax for line in lines), ZERO))


def check_reference(invoice: Side, memo: Side, credited: Decimal, on: date) -> None:
    """Refuse to credit more than an invoice billed, with what refers to it already: RequestError."""
    check_posted(invoice)
    if memo.currency != invoice.currency:
        raise RequestError(f"The credit is in {memo.currency}, {invoice.name} in {invoice.currency}.")
    if memo.account_key != invoice.account_key:
        raise RequestError(f"The credit is {memo.account}'s, {invoice.name} is {invoice.account}'s.")
    if invoice.since is not None and on < invoice.since:
        raise RequestError(f"{invoice.title} is of {in_words(invoice.since)}; it is not credited before that day.")
    rest = invoice.total - credited
    if memo.total > rest:
        before = f", of which {grouped(credited, invoice.currency)} was credited before" if credited else ""
        raise RequestError(
            f"{grouped(memo.total, memo.currency)} {memo.currency} is more than {invoice.name} billed: "
            f"{grouped(invoice.total, invoice.currency)}{before}."
        )
