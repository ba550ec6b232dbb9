"""Rates of exchange: exact, crossed over one base, old or missing ones told in a sentence, sums rounded at the end."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from duedesk.domain.errors import RequestError
from duedesk.domain.rates import (
    Listed,
    Rate,
    checked_rate,
    crossed,
    rate_between,
    rate_from_units,
    rate_to_units,
)

DAY = date(2026, 4, 10)
NEWEST = (
    Listed("EUR", "JPY", date(2026, 4, 10), Decimal("160.5")),
    Listed("EUR", "USD", date(2026, 4, 8), Decimal("1.08")),
)


@pytest.mark.parametrize("text", ["1", "0.000000000001", "1.0842", "9000000", "160.5"])
def test_a_rate_is_kept_exactly(text: str) -> None:
    rate = rate_from_units(rate_to_units(Decimal(text)))
    assert f"{rate:f}" == text


@pytest.mark.parametrize("text", ["0", "-1", "9000001", "NaN", "0.0000000000001"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(RequestError):
        checked_rate(Decimal(text))


def test_any_two_currencies_have_a_rate_over_the_base() -> None:
    by_currency = {one.from_currency: one for one in crossed(NEWEST, "USD", DAY)}
    assert by_currency["EUR"].words == "1 EUR = 1.08 USD of 08 Apr 2026"
    assert by_currency["JPY"].words == "1 JPY = 0.006728971963 USD of 08 Apr 2026"
    assert by_currency["JPY"].exact(Decimal("160.5")) == Fraction(108, 100)
    assert by_currency["USD"].rate == 1
    into_base = {one.from_currency: one for one in crossed(NEWEST, "EUR", DAY)}
    assert into_base["USD"].exact(Decimal(108)) == 100
    assert crossed(NEWEST, "GBP", DAY) == ()
    assert crossed((), "EUR", DAY) == (Rate("EUR", "EUR", DAY, Decimal(1)),)


def test_a_rate_that_is_missing_or_old_is_told_in_a_sentence() -> None:
    rates = crossed(NEWEST, "EUR", DAY)
    assert rate_between(rates, "USD", "EUR", DAY).on == date(2026, 4, 8)
    assert rate_between((), "USD", "USD", DAY).rate == 1
    with pytest.raises(RequestError, match="no rate of exchange from GBP to EUR on or before 10 Apr 2026"):
        rate_between(rates, "GBP", "EUR", DAY)
    usd = rate_between(rates, "USD", "EUR", DAY)
    assert usd.staleness(date(2026, 5, 9)) == ""
    assert usd.staleness(date(2026, 5, 10)) == (
        "The newest rate from USD to EUR is of 08 Apr 2026, 32 days before 10 May 2026."
    )
