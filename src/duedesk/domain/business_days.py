"""Days on which nobody is asked to pay: weekends, and holidays by a calendar handed in; it knows none itself."""

from collections.abc import Callable
from datetime import date, timedelta

IsFree = Callable[[str, date], bool]
"""Tells of a country, as an address names it, whether a day is a weekend or a holiday there."""

_SATURDAY = 5
_LONGEST_REST = 31
"""No country rests longer: a calendar that says so is wrong."""


def is_weekend(country: str, day: date) -> bool:  # noqa: ARG001 - one of `IsFree`
    """Tell whether a day is a Saturday or a Sunday, wherever that is the weekend or not."""
    return day.weekday() >= _SATURDAY


def deadline(letter_date: date, days: int, country: str, is_free: IsFree = is_weekend) -> date:
    """Give the day by which a letter asks to be paid: never on a weekend or holiday of the customer's country."""
    day = letter_date + min(timedelta(days=days), date.max - letter_date)
    for _ in range(_LONGEST_REST):
        if day == date.max or not is_free(country, day):
            break
        day += timedelta(days=1)
    return day
