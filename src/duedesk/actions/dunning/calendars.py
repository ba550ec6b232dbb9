"""Weekends and holidays of the country an address names; a country nobody knows has weekends alone."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from duedesk.domain.business_days import is_weekend
from duedesk.domain.names import fold

if TYPE_CHECKING:
    from holidays import HolidayBase

_ALSO_CALLED = {
    "AE": "uae",
    "AT": "österreich",
    "BE": "belgique belgië",
    "CH": "schweiz suisse svizzera",
    "CZ": "česko czech-republic",
    "DE": "deutschland",
    "DK": "danmark",
    "ES": "españa",
    "FI": "suomi",
    "FR": "frankreich",
    "GB": "uk great-britain england scotland wales northern-ireland",
    "IE": "éire",
    "IT": "italia",
    "JP": "日本",
    "KR": "korea republic-of-korea 대한민국",
    "NL": "nederland the-netherlands holland",
    "NO": "norge",
    "PL": "polska",
    "SE": "sverige",
    "TR": "türkiye",
    "US": "usa u.s. u.s.a. united-states-of-america",
}
"""What countries are called in addresses beside their English names and codes."""


def is_free(country: str, day: date) -> bool:
    """Tell whether a day is a weekend or a public holiday in a country, named in words or by its ISO code.

    Holidays of a part of a country do not count: an address does not say in which part it lies.
    """
    code = country_code(country)
    if not code:
        return is_weekend(country, day)
    calendar = _calendar(code)
    return calendar.is_weekend(day) or day in calendar


def country_code(country: str) -> str:
    """Give the ISO code of a country that has a calendar; nothing where it is not known."""
    name = fold(country)
    return _codes().get(name, "") if name else ""


@cache
def _codes() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - it takes 0.2 s to load

    codes: dict[str, str] = {}
    for module, (_, two, three, *_) in COUNTRIES.items():
        codes |= {module.replace("_", " "): two, fold(two): two, fold(three): two}
    for code, names in _ALSO_CALLED.items():
        codes |= {fold(name.replace("-", " ")): code for name in names.split()}
    return codes


@cache
def _calendar(code: str) -> "HolidayBase":
    from holidays import country_holidays  # noqa: PLC0415 - it takes 0.2 s to load

    return country_holidays(code)
