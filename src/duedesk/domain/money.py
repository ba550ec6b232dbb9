"""Amounts: exact decimals, stored as whole ten-thousandths; it never touches a float and never converts currencies."""

from decimal import ROUND_HALF_UP, Decimal

from duedesk.domain.currencies import MINOR_DIGITS
from duedesk.domain.errors import RequestError

UNITS_PER_ONE = 10_000
"""Ten-thousandths in one unit of a currency: four digits hold every minor unit of ISO 4217."""

LARGEST_AMOUNT = Decimal(10) ** 12
"""No single document is larger; 64 bits hold the sum of nine hundred such."""

ZERO = Decimal(0)

_SMALLEST_AMOUNT = Decimal(1) / UNITS_PER_ONE


def to_units(amount: Decimal) -> int:
    """Give the whole ten-thousandths of `amount`; RequestError where it does not fit exactly."""
    if not amount.is_finite() or amount.copy_abs() > LARGEST_AMOUNT:
        raise RequestError(f"{amount} is not an amount between -{LARGEST_AMOUNT:,} and {LARGEST_AMOUNT:,}.")
    held = amount.quantize(_SMALLEST_AMOUNT)  # abs and scaleb keep 28 digits and would hide what stands behind them
    if held != amount:
        raise RequestError(f"{amount} has more than four decimals.")
    return int(held.scaleb(4))


def from_units(units: int) -> Decimal:
    """Give the amount of `units` ten-thousandths."""
    return Decimal(units).scaleb(-4) if units else ZERO


def minor_digits(currency: str) -> int:
    """Give the digits of the currency's minor unit; two where the code is unknown."""
    return MINOR_DIGITS.get(currency, 2)


def round_amount(amount: Decimal, currency: str) -> Decimal:
    """Round half up to the currency's minor unit; only where an amount is made, never where one is shown.

    `amount` is one that `to_units` does not refuse as too large.
    """
    return amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), ROUND_HALF_UP)


def is_payable(amount: Decimal, currency: str) -> bool:
    """Tell whether `amount` has no digits below the currency's minor unit."""
    return amount == round_amount(amount, currency)


def plain(amount: Decimal, currency: str) -> str:
    """Write an amount for machines: all digits of the minor unit, a point, no grouping (`1234.50`).

    Digits below the minor unit, which only foreign data holds, are shown rather than rounded away.
    """
    digits = minor_digits(currency)
    if not is_payable(amount, currency):
        digits = 4
    return str(amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + ZERO)


def grouped(amount: Decimal, currency: str) -> str:
    """Write an amount for people: `-1,234.50` with a true minus sign."""
    return f"{Decimal(plain(amount, currency)):,}".replace("-", "−")
