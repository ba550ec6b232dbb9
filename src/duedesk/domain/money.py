"""Amounts: exact decimals, stored as whole ten-thousandths; it never touches a float and never converts currencies."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from duedesk.domain.currencies import MINOR_DIGITS
from duedesk.domain.errors import RequestError

UNITS_PER_ONE = 10_000
"""Ten-thousandths in one unit of a currency: four digits hold every minor unit of ISO 4217."""

LARGEST_AMOUNT = Decimal(10) ** 12
"""No single document is larger; 64 bits hold the sum of nine hundred such."""

ZERO = Decimal(0)
_STEPS = tuple(Decimal(1).scaleb(-digits) for digits in range(5))

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
    return _UNIT * units if units else ZERO


_UNIT = Decimal("0.0001")
_NO_UNITS = _UNIT * 0


def amounts_of(units: Iterable[int]) -> tuple[Decimal, ...]:
    """Give many amounts of ten-thousandths at once, which is several times as quick as one by one."""
    amount_of = _UNIT.__mul__
    return tuple([amount_of(one) if one else _NO_UNITS for one in units])  # most buckets of most accounts are empty


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
    return str(_whole(amount, currency))


def grouped(amount: Decimal, currency: str) -> str:
    """Write an amount for people: `-1,234.50` with a true minus sign."""
    return f"{_whole(amount, currency):,}".replace("-", "−")


def _whole(amount: Decimal, currency: str) -> Decimal:
    """Give an amount with the digits that are written: those of the minor unit, more only where there are more."""
    written = amount.quantize(_STEPS[minor_digits(currency)], ROUND_HALF_UP)
    if written != amount:
        written = amount.quantize(_STEPS[4], ROUND_HALF_UP)
    return written + ZERO
