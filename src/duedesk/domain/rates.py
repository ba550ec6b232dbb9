"""Rates of exchange: exact, dated, each over one base currency; it looks nothing up and adds no two currencies.

A rate says how many of a currency one of the base buys. Between any two currencies the rate is made of both of theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor

from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError

ONE = Decimal(1)
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


STALE_AFTER = 31
"""Days after which a rate is called old: whoever keeps monthly rates has a newer one by then."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A rate as it is kept: from a day on, one of the base buys so many of the currency."""

    base: str
    currency: str
    on: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """What one of a currency is worth in another on a day: `times` over `by`, so that nothing is lost in between.

    `on` is the day it is of; of a rate made of two the older day.
    """

    from_currency: str
    to_currency: str
    on: date
    times: Decimal
    by: Decimal = ONE

    @property
    def rate(self) -> Decimal:
        """Give it as one figure of at most twelve decimals, as it is shown."""
        quotient = Fraction(self.times) / Fraction(self.by)
        return rate_from_units(_half_up(quotient * 10**DECIMALS))

    @property
    def words(self) -> str:
        """Say it: `1 USD = 0.92 EUR of 10 Apr 2026`."""
        return f"1 {self.from_currency} = {self.rate:f} {self.to_currency} of {in_words(self.on)}"

    def exact(self, amount: Decimal) -> Fraction:
        """Give an amount in the other currency, not rounded."""
        return Fraction(amount) * Fraction(self.times) / Fraction(self.by)

    def staleness(self, day: date) -> str:
        """Say in a sentence that the rate is old by a day; nothing where it is not."""
        age = (day - self.on).days
        if self.from_currency == self.to_currency or age <= STALE_AFTER:
            return ""
        return (
            f"The newest rate from {self.from_currency} to {self.to_currency} is of {in_words(self.on)}, {age} days "
            f"before {in_words(day)}."
        )


def crossed(newest: Iterable[Listed], to_currency: str, day: date) -> tuple[Rate, ...]:
    """Make of the newest rates over one base by a day what each currency is worth in one of them, by currency.

    The base itself is among them. Nothing where there is no rate of the currency that is asked for.
    """
    known = {one.currency: one for one in newest}
    base = next((one.base for one in known.values()), to_currency)
    over = {code: (one.rate, one.on) for code, one in known.items()} | {base: (ONE, day)}
    if to_currency not in over:
        return ()
    times, of_day = over[to_currency]
    return tuple(
        Rate(code, to_currency, day if code == to_currency else min(on, of_day), times, by)
        for code, (by, on) in sorted(over.items())
    )


def rate_between(rates: Iterable[Rate], from_currency: str, to_currency: str, day: date) -> Rate:
    """Choose a rate; RequestError in one sentence where there is none by the day."""
    found = next((one for one in rates if one.from_currency == from_currency), None)
    if from_currency == to_currency:
        return found or Rate(from_currency, to_currency, day, ONE)
    if found is None or found.to_currency != to_currency:
        raise RequestError(
            f"There is no rate of exchange from {from_currency} to {to_currency} on or before {in_words(day)}.",
            "Import one: `duedesk rates import FILE`.",
        )
    return found


def known_now(known_on: datetime | None) -> tuple[str, ...]:
    """Say, of figures as they were known once, that the rates are not; nothing of figures as known now."""
    return () if known_on is None else ("The rates of exchange are those known now, not those known then.",)


def _half_up(number: Fraction) -> int:
    """Round half away from nothing, as amounts are."""
    whole = floor(abs(number) + Fraction(1, 2))
    return whole if number >= 0 else -whole
