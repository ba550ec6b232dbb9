"""The days of the sample's two years by number: their texts, bank days, how much is posted on each; no events."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate

SPAN = 730
"""Days from the first posting to the as-of date."""

_BY_WEEKDAY = (100, 110, 110, 100, 80)
_BY_MONTH = (95, 100, 105, 100, 100, 108, 95, 72, 108, 110, 106, 85)
"""August is quiet, and so is the turn of the year."""

_CLOSED = {(1, 1), (12, 25), (12, 26)}
"""Months and days on which nobody works, besides the weekends."""

_MONTH_END = 220
_GROWTH = 180
"""Percent more posted at the end of the span than at its start: a seller that grows fast has much open."""


class Days:
    """The calendar of one sample book. Day numbers run from 0 to `last`, the as-of date."""

    def __init__(self, as_of: date) -> None:
        self.last = SPAN
        self.first_day = as_of - timedelta(days=SPAN)
        self.dates = tuple(self.first_day + timedelta(days=number) for number in range(-SPAN, SPAN + SPAN))
        self._texts = tuple(day.isoformat() for day in self.dates)
        self._clock = tuple(f"{second // 60:02d}:{second % 60:02d}.000000Z" for second in range(3600))
        self._weekday = tuple(day.weekday() for day in self.dates)
        self._months = tuple(map(_month_of, self.dates))
        self._after = self._nearest_open(reversed(range(len(self.dates))))
        self._before = self._nearest_open(range(len(self.dates)))

    def date(self, day: int) -> date:
        """Give the date of a day."""
        return self.dates[day + SPAN]

    def text(self, day: int) -> str:
        """Give a day as it is stored."""
        return self._texts[day + SPAN]

    def moment(self, day: int, hour: str, second: int) -> str:
        """Give a moment as it is stored: the second of an hour, UTC."""
        return f"{self._texts[day + SPAN]}T{hour}:{self._clock[second]}"

    def weekday(self, day: int) -> int:
        """Give the weekday, 0 for Monday."""
        return self._weekday[day + SPAN]

    def bank_day_after(self, day: int) -> int:
        """Give the day itself where banks are open, or the first one after it on which they are."""
        return self._after[day + SPAN] - SPAN

    def bank_day_before(self, day: int) -> int:
        """Give the day itself where banks are open, or the last one before it on which they were."""
        return self._before[day + SPAN] - SPAN

    def next_on(self, weekday: int, day: int) -> int:
        """Give the first day from `day` on that falls on the weekday."""
        return day + (weekday - self.weekday(day)) % 7

    def month_of(self, day: int) -> tuple[str, str]:
        """Give the first and last day of the month a day is in, as they are stored."""
        return self._months[day + SPAN]

    def postings(self, invoices: int) -> Iterator[tuple[int, int]]:
        """Give for each day its number and how many of the invoices are made on it; they add up exactly."""
        sums = list(accumulate(self._weight(day) for day in range(self.last + 1)))
        done = 0
        for day, reached in enumerate(sums):
            upto = invoices * reached // sums[-1]
            yield day, upto - done
            done = upto

    def _nearest_open(self, places: Iterable[int]) -> list[int]:
        """Give for each date the place of the open day reached last on a walk over all of them."""
        found, reached = [0] * len(self.dates), 0
        for place in places:
            reached = reached if _is_closed(self.dates[place]) else place
            found[place] = reached
        return found

    def _weight(self, day: int) -> int:
        here, growth = self.date(day), 100 * self.last + _GROWTH * day
        if _is_closed(here):
            return 0
        closing = (here + timedelta(days=3)).month != here.month
        return _BY_WEEKDAY[here.weekday()] * _BY_MONTH[here.month - 1] * growth * (_MONTH_END if closing else 100)


def _is_closed(day: date) -> bool:
    return day.weekday() >= len(_BY_WEEKDAY) or (day.month, day.day) in _CLOSED


def _month_of(day: date) -> tuple[str, str]:
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.isoformat(), last.isoformat()
