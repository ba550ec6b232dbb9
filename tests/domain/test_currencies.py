"""The table of currencies, held against Babel, which has it from CLDR."""

import re

import pytest
from babel.core import get_global
from babel.numbers import get_currency_precision, list_currencies

from duedesk.domain.currencies import MINOR_DIGITS, SIGNS, is_currency

NO_LONGER_WRITTEN = {
    "AFN", "ALL", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "MRO", "RSD", "SLL", "SOS", "STD", "SYP", "YER",
}  # fmt: skip
"""Minor units that ISO 4217 counts and people no longer write, so that CLDR has fewer digits.

Banks and e-invoices count by ISO 4217, so that is what we do.
"""

NOT_OWED = {
    **dict.fromkeys(("XAG", "XAU", "XPD", "XPT"), "metals"),
    **dict.fromkeys(("XBA", "XBB", "XBC", "XBD"), "units of the bond market"),
    **dict.fromkeys(("XDR", "XSU", "XUA"), "units of account between central banks"),
    **dict.fromkeys(("XTS", "XXX"), "for tests, and for no currency"),
    "CNH": "the renminbi traded abroad; ISO 4217 knows CNY only",
}
"""Codes that CLDR lists and no invoice is made out in."""


@pytest.mark.parametrize("code", sorted(MINOR_DIGITS))
def test_the_minor_unit_is_that_of_cldr_or_the_difference_is_known(code: str) -> None:
    if code in NO_LONGER_WRITTEN:
        assert get_currency_precision(code) < MINOR_DIGITS[code]
    else:
        assert get_currency_precision(code) == MINOR_DIGITS[code]


def _in_use() -> set[str]:
    territories = get_global("territory_currencies").values()
    return {code for currencies in territories for code, _, ended, _ in currencies if ended is None}


def test_every_currency_in_use_is_known() -> None:
    assert _in_use() - MINOR_DIGITS.keys() == NOT_OWED.keys()


def test_every_currency_that_left_circulation_since_2014_is_known() -> None:
    territories = get_global("territory_currencies").values()
    left = {code for currencies in territories for code, _, ended, _ in currencies if ended and ended[0] >= 2014}
    assert left - {"USS"} <= MINOR_DIGITS.keys()  # the US dollar of the same day, a bank's term


def test_no_code_is_made_up() -> None:
    assert set(MINOR_DIGITS) - list_currencies() <= {"XAD"}  # added to ISO 4217 in 2025, before CLDR had it


def test_a_code_is_three_capitals() -> None:
    assert all(re.fullmatch("[A-Z]{3}", code) for code in MINOR_DIGITS)
    assert is_currency("EUR")
    assert not any(map(is_currency, ("eur", "EURO", "", "€", "XXX", "US$")))


def test_a_sign_stands_for_a_currency_and_the_shared_ones_for_none() -> None:
    assert SIGNS["€"] == "EUR"
    assert all(map(is_currency, SIGNS.values()))
    assert not {"$", "¥"} & SIGNS.keys()
