"""Day counts: how much of a year lies between two days, by the four conventions there are; it knows no rate.

Days are counted after the first day up to and including the last: from the due date to the day of payment. Wherever a
time is cut, its parts come to the whole, by every convention.
"""

from datetime import date
from enum import StrEnum

YEAR = 1_603_080
"""Units of a year in which each convention is whole: the least number that 360, 365 and 366 all divide."""


class DayCount(StrEnum):
    """How days become a part of a year."""

    ACT_365 = "act/365"
    ACT_360 = "act/360"
    ACT_ACT = "act/act"
    THIRTY_360 = "30/360"


IN_WORDS = {
    DayCount.ACT_365: "actual days over 365",
    DayCount.ACT_360: "actual days over 360",
    DayCount.ACT_ACT: "actual days over the days of each year",
    DayCount.THIRTY_360: "months of 30 days over 360",
}
"""What each means."""


def days_counted(after: date, last: date, by: DayCount) -> int:
    """Give the days after one day up to and including another; by 30/360 each month has thirty."""
    if by is DayCount.THIRTY_360:
        return max(0, _thirty(last) - _thirty(after))
    return max(0, (last - after).days)


def year_units(after: date, last: date, by: DayCount) -> int:
    """Give the part of a year that lies after one day up to and including another, in `YEAR` units."""
    days = days_counted(after, last, by)
    if by is DayCount.ACT_365:
        return days * (YEAR // 365)
    if by is not DayCount.ACT_ACT:
        return days * (YEAR // 360)
    units = 0
    while days and after.year < last.year:
        end = date(after.year, 12, 31)
        units += (end - after).days * (YEAR // _days_of(after.year))
        after = date(after.year + 1, 1, 1)
        units += YEAR // _days_of(after.year)  # the first of January, which stands after the last of December
    return units + (last - after).days * (YEAR // _days_of(last.year)) if days else 0


def _thirty(day: date) -> int:
    """Number the days as if each month had thirty: the 31st is the 30th."""
    return day.year * 360 + day.month * 30 + min(day.day, 30)


def _days_of(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days if year < date.max.year else 365
