"""Reference rates by day: what a central bank's rate was for a half-year; where none is known, none is made up.

A rate of a series that is announced by half-years holds for its half-year and no day longer: the program then says
which one is missing instead of going on with the last.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.errors import RequestError

LARGEST_PERCENT = Decimal(1_000)
_DAY = timedelta(days=1)
_NEAR = timedelta(days=31)
"""So long before a half-year its rate is missed: it is announced about then."""

_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """A rate in percent a year, from a day on, and who says so."""

    series: str
    start: date
    percent: Decimal
    source: str = ""
    is_own: bool = False
    """It stands in the book, and takes the place of what comes with the program."""


@dataclass(frozen=True, slots=True)
class Series:
    """A row of rates: whose they are, and whether each holds for its half-year only or until the next."""

    code: str
    name: str
    by_half_year: bool = True
    source: str = ""
    url: str = ""


OWN = Series("OWN", "Rates of our own contracts", by_half_year=False)
"""Rates that a company agrees with its customers; each holds until the next."""


def half_year(day: date) -> date:
    """Give the first day of the half-year a day lies in."""
    return day.replace(month=1 if day.month <= 6 else 7, day=1)


def next_half_year(day: date) -> date:
    """Give the first day of the half-year after the one a day lies in."""
    begun = half_year(day)
    return begun.replace(month=7) if begun.month == 1 else begun.replace(year=begun.year + 1, month=1)


def half_year_in_words(day: date) -> str:
    """Say which half-year a day lies in: `July to December 2026`."""
    return f"{'January to June' if day.month <= 6 else 'July to December'} {day.year}"


def percent_in_words(percent: Decimal) -> str:
    """Write a rate with two decimals, more where it has more: `12.25%`."""
    whole, _, decimals = f"{percent.normalize():f}".partition(".")
    return f"{whole}.{decimals:0<2}%"


def checked_percent(percent: Decimal) -> Decimal:
    """Give a percentage that can be kept; RequestError where it is too large or has too many decimals."""
    if not percent.is_finite() or percent.copy_abs() > LARGEST_PERCENT:
        raise RequestError(f"{percent} is no rate in percent.", "Write 4.25.")
    if percent.quantize(_STEP) != percent:
        raise RequestError(f"The rate {percent} has more than four decimals.", "Round it.")
    return percent


@dataclass(frozen=True)
class RateTable:
    """All rates that are known, by series and day; a rate given later takes the place of one of the same day."""

    series: Mapping[str, Series]
    rates: tuple[ReferenceRate, ...]
    _days: dict[str, list[date]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_day: dict[str, dict[date, ReferenceRate]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for rate in self.rates:
            self._by_day.setdefault(rate.series, {})[rate.start] = rate
        for code, held in self._by_day.items():
            self._days[code] = sorted(held)

    def of(self, series: str) -> tuple[ReferenceRate, ...]:
        """Give the rates of a series by day."""
        held = self._by_day.get(series, {})
        return tuple(held[day] for day in self._days.get(series, ()))

    def on(self, series: str, day: date) -> ReferenceRate | None:
        """Give the rate that holds on a day; None where none is known."""
        held = self._by_day.get(series)
        if held is None:
            return None
        if self._by_half_year(series):
            return held.get(half_year(day))
        days = self._days[series]
        place = bisect_right(days, day)
        return held[days[place - 1]] if place else None

    def spans(self, series: str, first: date, last: date) -> Iterator[tuple[date, date, ReferenceRate | None]]:
        """Give the days from one to another cut where the rate may change: first day, last day, the rate."""
        while first <= last:
            end = min(last, self._end(series, first))
            yield first, end, self.on(series, first)
            first = end + _DAY

    def known_until(self, series: str) -> date | None:
        """Give the last day for which the newest rate holds; None where there is none, or it holds until the next."""
        known = self.of(series)
        if not known or not self._by_half_year(series):
            return None
        return next_half_year(known[-1].start) - _DAY

    def missing(self, series: str, first: date, last: date) -> tuple[date, ...]:
        """Give the beginnings of the times between two days for which there is no rate."""
        return tuple(start for start, _, rate in self.spans(series, first, last) if rate is None)

    def warnings(self, today: date, only: str | None = None) -> tuple[str, ...]:
        """Say which series have no rate for this half-year, or none yet for the next when that is near."""
        near = next_half_year(today) if next_half_year(today) - today <= _NEAR else half_year(today)
        said = []
        for start in dict.fromkeys((half_year(today), near)):
            lacking = [code for code in self._by_half_years() if self.on(code, start) is None and only in {None, code}]
            if lacking:
                are = "rate is" if len(lacking) == 1 else "rates are"
                said.append(f"For {half_year_in_words(start)} the reference {are} missing: {', '.join(lacking)}.")
        return tuple(said)

    def missing_words(self, series: str, day: date) -> str:
        """Say that a rate is missing."""
        one = self.series.get(series)
        name = series if one is None else one.name
        if one is None or one.by_half_year:
            return f"The reference rate “{name}” for {half_year_in_words(day)} is missing."
        return f"“{name}” has no rate by {day.isoformat()}."

    def _by_half_years(self) -> Iterator[str]:
        """Give the series that have a rate for each half-year, as far as they are known."""
        return (code for code, one in self.series.items() if one.by_half_year and code in self._by_day)

    def _by_half_year(self, series: str) -> bool:
        one = self.series.get(series)
        return one is None or one.by_half_year

    def _end(self, series: str, day: date) -> date:
        if self._by_half_year(series):
            return next_half_year(day) - _DAY
        days = self._days.get(series, [])
        place = bisect_right(days, day)
        return days[place] - _DAY if place < len(days) else date.max
