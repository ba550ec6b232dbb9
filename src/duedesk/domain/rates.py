"""Rates of exchange: exact, dated, each over one base currency; it looks nothing up and adds no two currencies.

A rate says how many of a currency one of the base buys. Between any two currencies the rate is made of both of theirs.
"""

from decimal import Decimal

from duedesk.domain.errors import RequestError

DECIMALS = 12
"""Digits behind the point that a rate may have."""

LARGEST_RATE = Decimal(9_000_000)
"""The dearest base over the cheapest currency there is stays below."""


def rate_to_units(rate: Decimal) -> int:
    """Give the whole units a rate is stored in; RequestError where it does not fit exactly."""
    return int(checked_rate(rate).scaleb(DECIMALS))


def rate_from_units(units: int) -> Decimal:
    """Give the rate of stored units, without the zeros behind it."""
    return Decimal(f"{Decimal(units).scaleb(-DECIMALS).normalize():f}")


def checked_rate(rate: Decimal) -> Decimal:
    """Give a rate that can be kept; RequestError where it is not above nothing, too large or too long."""
    if not rate.is_finite() or not 0 < rate <= LARGEST_RATE:
        raise RequestError(f"{rate} is no rate of exchange.", f"Give one above 0 and up to {LARGEST_RATE:,}.")
    exponent = rate.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -DECIMALS:
        raise RequestError(f"The rate {rate} has more than {DECIMALS} decimals.", "Round it.")
    return rate
