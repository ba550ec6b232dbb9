"""In what words, and file names, the days of a report are said: its day, its period, up to when is known; no SQL."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from duedesk.actions.reports.asking import day_of, period_of, request_of
from duedesk.desk import format as written
from duedesk.domain.days import end_of_day, parse_moment
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.file import file_name
from duedesk.domain.reports.offered import Report

_PERIODS = (
    ("last whole month", ""),
    ("this month", "THIS_MONTH"),
    ("last quarter", "LAST_QUARTER"),
    ("this quarter", "THIS_QUARTER"),
    ("last year", "LAST_YEAR"),
    ("this year", "THIS_YEAR"),
)


_DAYS = (
    ("Today", "TODAY"),
    ("Yesterday", "YESTERDAY"),
    ("End of last month", "LAST_MONTH"),
    ("End of last quarter", "LAST_QUARTER"),
    ("End of last year", "LAST_YEAR"),
)


def offered_days(stands_on: date) -> list[tuple[str, str]]:
    """Give the days to choose from as a report takes them; nothing said is where the desk stands."""
    return [(f"{written.day(stands_on)}, as shown", ""), *_DAYS]


def offered_periods(as_of: date | None) -> list[tuple[str, str]]:
    """Give the periods to choose from, `Oct 2026, last whole month`, as a report takes them; None knows no day."""
    if as_of is None:
        return [(f"{words[:1].upper()}{words[1:]}", text) for words, text in _PERIODS]
    return [(f"{period_in_words(text, as_of)}, {words}", text) for words, text in _PERIODS]


def as_of_said(text: str, stands_on: date, today: date) -> date | None:
    """Give the day that is said; nothing said is where the desk stands, and None is no day."""
    try:
        return day_of(text, today) if text else stands_on
    except RequestError:
        return None


def period_in_words(text: str, as_of: date) -> str:
    """Say a period by its days: `Oct 2026`, `Jul – Sep 2026`, `2026`; RequestError where it is none."""
    first, last = period_of(text, as_of)
    if first.day != 1 or (last + timedelta(days=1)).day != 1 or first.year != last.year:
        return written.day(first) if first == last else f"{written.day(first)} – {written.day(last)}"
    begins, ends = (written.day(one)[3:] for one in (first, last))
    if begins == ends:
        return ends
    return str(last.year) if (first.month, last.month) == (1, 12) else f"{begins[:3]} – {ends}"


def known_in_words(moment: datetime) -> str:
    """Say the moment up to which what was recorded counts: a day where it is its end."""
    exact = moment.astimezone(UTC)
    return written.day(exact.date()) if exact == end_of_day(exact.date()) else written.moment(exact)


def known_said(text: str) -> str:
    """Say such a moment as it was said; RequestError where it is none."""
    return known_in_words(parse_moment(text))


def file_name_of(report: Report, said: Mapping[str, str], today: date, ending: str) -> str:
    """Give the name that a file is offered under, by its day or its period; of what is no day the report's alone."""
    try:
        return file_name(request_of(report, said, today), ending)
    except RequestError:
        return f"{report.name}.{ending}"
