"""How much of a credit is tax, where a part of an invoice is given up: the same share as the invoice bore."""

from decimal import Decimal

from duedesk.domain.money import ZERO, round_amount


def tax_within(credit: Decimal, *, total: Decimal, tax: Decimal, currency: str) -> Decimal:
    """Give the tax within a credit of an invoice, in proportion; all of it where all is credited."""
    if credit == total:
        return tax
    return round_amount(credit * tax / total, currency) if total else ZERO
