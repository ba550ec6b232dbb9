"""Dates and moments as text; it asks no clock: the day is always passed in."""

from datetime import UTC, date, datetime, timedelta

from duedesk.domain.errors import RequestError

EARLIEST_DAY = date(1970, 1, 1)
LATEST_DAY = date(2199, 12, 31)


def parse_day(text: str) -> date:
    """Read an ISO date (`2026-11-23`); RequestError where it is none."""
    try:
        if len(text) != len("2026-11-23") or text[4] != "-" or text[7] != "-":  # fromisoformat takes 2026-W01-1 too
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(f"“{text}” is not a date.", "Write it as year-month-day: 2026-11-23.") from None


def on_calendar(day: date) -> date:
    """Give the day back; RequestError where it is none that a ledger has, so that reckoning from it stays possible."""
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise RequestError(f"{day} is no day of a ledger.", f"Give one from {EARLIEST_DAY} to {LATEST_DAY}.")
    return day


def parse_moment(text: str) -> datetime:
    """Read a known-on date or moment as UTC; a bare date means the end of that day; RequestError where it is none."""
    if len(text) == len("2026-11-23"):
        return end_of_day(parse_day(text))
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first hours of year 1 have no moment in UTC
        raise RequestError(
            f"“{text}” is not a date or a moment.", "Write 2026-11-23 or 2026-11-23T17:30+01:00."
        ) from None


def end_of_day(day: date) -> datetime:
    """Give the last moment of a day in UTC: what was recorded by then was known on that day."""
    return datetime.combine(day, datetime.max.time(), UTC)


def beginning_or_moment(text: str) -> datetime:
    """Read a moment as UTC; a bare date means the beginning of that day; RequestError where it is none."""
    if len(text) == len("2026-11-23"):
        return datetime.combine(parse_day(text), datetime.min.time(), UTC)
    return parse_moment(text)


def write_moment(moment: datetime) -> str:
    """Write a moment so that its text sorts by time: UTC, microseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def day_before(day: date) -> date:
    """Give the day before, at whose end a period opens that begins on `day`; the first of the calendar has none."""
    return day - timedelta(days=1) if day > date.min else day


def in_words(day: date) -> str:
    """Write a day for people: `23 Nov 2026`."""
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
