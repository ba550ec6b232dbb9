"""Spans of days named from where the reader stands: TODAY, LAST_MONTH, LAST_N_DAYS:30; the as-of day is passed in.

They are SOQL's date literals. Weeks begin on Monday, and the fiscal year is the calendar's.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum

from duedesk.domain.errors import RequestError

_MOST = 99_999


class Unit(StrEnum):
    """What a span is counted in."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True)
class RelativeDays:
    """A span as it is typed; it lies from `first` units from now up to, and without, `after` units from now."""

    text: str
    unit: Unit
    first: int
    after: int

    def span(self, as_of: date) -> tuple[date, date]:
        """Give the first day of the span, and the first day behind it."""
        return _start(as_of, self.unit, self.first), _start(as_of, self.unit, self.after)

    def __str__(self) -> str:
        return self.text


NAMES = (
    "TODAY | YESTERDAY | TOMORROW | LAST_WEEK | THIS_WEEK | NEXT_WEEK | LAST_MONTH | THIS_MONTH | NEXT_MONTH | "
    "LAST_QUARTER | THIS_QUARTER | NEXT_QUARTER | LAST_YEAR | THIS_YEAR | NEXT_YEAR | LAST_90_DAYS | NEXT_90_DAYS | "
    "LAST_N_DAYS:n | NEXT_N_DAYS:n | N_DAYS_AGO:n | LAST_N_WEEKS:n | NEXT_N_WEEKS:n | N_WEEKS_AGO:n | "
    "LAST_N_MONTHS:n | NEXT_N_MONTHS:n | N_MONTHS_AGO:n | LAST_N_QUARTERS:n | NEXT_N_QUARTERS:n | N_QUARTERS_AGO:n | "
    "LAST_N_YEARS:n | NEXT_N_YEARS:n | N_YEARS_AGO:n"
)
"""All of them; before QUARTER and YEAR may stand FISCAL_."""

_UNIT = "(?P<unit>DAY|WEEK|MONTH|(?:FISCAL_)?(?:QUARTER|YEAR))"
_DAY = {"TODAY": 0, "YESTERDAY": -1, "TOMORROW": 1}
_WHICH = {"LAST": -1, "THIS": 0, "NEXT": 1}
_ONE = re.compile(f"(?P<which>LAST|THIS|NEXT)_{_UNIT}")
_NINETY = re.compile("(?P<which>LAST|NEXT)_90_DAYS")
_SEVERAL = re.compile(f"(?P<which>LAST|NEXT)_N_{_UNIT}S:(?P<count>[0-9]+)")
_AGO = re.compile(f"N_{_UNIT}S_AGO:(?P<count>[0-9]+)")


def parse_relative_days(text: str) -> RelativeDays | None:
    """Read a date literal, whatever its case; None where it is none, RequestError where its number is out of range."""
    said = text.upper()
    if said in _DAY:
        return RelativeDays(said, Unit.DAY, _DAY[said], _DAY[said] + 1)
    if found := _ONE.fullmatch(said):
        if found["unit"] == "DAY":
            return None
        place = _WHICH[found["which"]]
        return RelativeDays(said, _unit(found["unit"]), place, place + 1)
    if found := _NINETY.fullmatch(said):
        return _several(said, Unit.DAY, found["which"], 90)
    if found := _SEVERAL.fullmatch(said):
        return _several(said, _unit(found["unit"]), found["which"], _count(said, found["count"]))
    if found := _AGO.fullmatch(said):
        count = _count(said, found["count"])
        return RelativeDays(said, _unit(found["unit"]), -count, 1 - count)
    return None


def nearest_names(text: str) -> str:
    """Give what a word was perhaps meant to be, in words; empty where nothing is near."""
    return " or ".join(get_close_matches(text.upper(), NAMES.split(" | "), 2, 0.75))


def _several(text: str, unit: Unit, which: str, count: int) -> RelativeDays:
    if which == "NEXT":
        return RelativeDays(text, unit, 1, count + 1)
    return RelativeDays(text, unit, -count, 1 if unit is Unit.DAY else 0)  # days take today along, months end before


def _unit(name: str) -> Unit:
    return Unit(name.removeprefix("FISCAL_"))


def _count(text: str, count: str) -> int:
    if len(count) > len(str(_MOST)) or int(count) > _MOST:
        raise RequestError(f"{text} is out of range.", f"At most {_MOST} can be counted.")
    return int(count)


def _start(as_of: date, unit: Unit, offset: int) -> date:
    """Give the first day of the unit that lies so many units from the one the day is in, within the calendar."""
    if unit in {Unit.DAY, Unit.WEEK}:
        first = as_of - timedelta(days=as_of.weekday() if unit is Unit.WEEK else 0)
        days = first.toordinal() + offset * (7 if unit is Unit.WEEK else 1)
        return date.fromordinal(min(max(days, date.min.toordinal()), date.max.toordinal()))
    length = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit]
    months = as_of.year * 12 + as_of.month - 1
    months += offset * length - months % length
    if months < date.min.year * 12:
        return date.min
    return date.max if months // 12 > date.max.year else date(months // 12, months % 12 + 1, 1)
