"""How dates are written: the shapes that are known, what a column proves of their order, and what has to be asked.

A day is only ever what is written; no clock is asked here, the latest day allowed is passed in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from duedesk.domain.days import EARLIEST_DAY, parse_moment
from duedesk.domain.errors import RequestError, Severity
from duedesk.exchange.cells import Broken, Cell, Figure, Moment, quoted
from duedesk.exchange.faults import Unreadable
from duedesk.exchange.serials import serial_moment

LONGEST = 40
"""Characters of a date or a moment."""


class DayOrder(StrEnum):
    """Which comes first where day and month are numbers with slashes or hyphens between."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


EXCEL = "excel"
"""Said of dates that are written as a spreadsheet counts days."""


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How the dates of a column are written: formats as in strptime, or an order, or counted days; else as proven."""

    formats: tuple[str, ...] = ()
    order: DayOrder | None = None
    is_counted: bool = False
    counts_from_1904: bool = False


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day, and what a person should know of how it was read."""

    day: date
    note: str = ""


_CLOCK = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm])?(?:Z| ?[+-]\d{2}:?\d{2})?)?\Z"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _CLOCK, re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(\.0+)?\Z", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})" + _CLOCK, re.ASCII)
_PARTED = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})" + _CLOCK, re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})" + _CLOCK, re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[- .]{1,2}([A-Za-z]{3,9})\.?[- ,]{1,2}(\d{4})\Z", re.ASCII)
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})\Z", re.ASCII)
_NAMED_SHORT = re.compile(r"\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2}\Z", re.ASCII)
_COUNTED = re.compile(r"\d{1,5}(?:\.\d+)?\Z", re.ASCII)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def parse_style(text: str) -> DateStyle:
    """Read what a user says of dates: `%d/%m/%Y`, `day-first`, `month-first` or `excel`; RequestError otherwise."""
    wanted = text.strip()
    if wanted.casefold() == EXCEL:
        return DateStyle(is_counted=True)
    for order in DayOrder:
        if wanted.casefold() == order:
            return DateStyle(order=order)
    try:
        probe = datetime(2026, 12, 31, tzinfo=UTC)
        is_whole = datetime.strptime(probe.strftime(wanted), wanted).date() == probe.date()  # noqa: DTZ007
    except ValueError:
        is_whole = False
    if not is_whole or "%" not in wanted:
        raise RequestError(
            f"{quoted(text)} does not say how a date is written.",
            "Say day-first, month-first, excel, or a pattern such as %d.%m.%Y.",
        )
    return DateStyle(formats=(wanted,))


def read_day(cell: Cell, style: DateStyle, latest: date) -> ReadDay | None:
    """Read a day up to `latest`, None from an empty cell; Unreadable, in words, where it is none or in doubt."""
    if isinstance(cell, Moment):
        read: ReadDay | None = ReadDay(cell.value.date())
        text = cell.value.date().isoformat()
    elif isinstance(cell, str):
        text = cell.strip()
        if not text:
            return None
        read = _from_text(text, style)
    elif isinstance(cell, Figure):
        text = cell.raw
        read = _from_number(text, style)
    elif isinstance(cell, Broken):
        raise Unreadable(f"{quoted(cell.shown)} {cell.why}.", "Mend it in the spreadsheet, or leave the row out.")
    else:
        raise Unreadable("a yes or no is no date.")
    if read is None:
        raise _no_day(text, style)
    if not EARLIEST_DAY <= read.day <= latest:
        raise Unreadable(
            f"{quoted(text)} lies outside the dates allowed, {EARLIEST_DAY} to {latest}.",
            "Correct the year, or leave the date empty.",
        )
    return read


def read_moment(cell: Cell, style: DateStyle, latest: date) -> datetime | None:
    """Read a moment as UTC, None from an empty cell; a bare day means its first moment."""
    if isinstance(cell, str):
        text = cell.strip()
        if len(text) > len("2026-11-23") and text[:4].isdigit() and len(text) <= LONGEST:
            try:
                moment = parse_moment(text)
            except RequestError:
                raise _no_day(text, style) from None
            if EARLIEST_DAY <= moment.date() <= latest:
                return moment
    if isinstance(cell, Moment) and EARLIEST_DAY <= cell.value.date() <= latest:
        return cell.value.replace(tzinfo=UTC)
    day = read_day(cell, style, latest)
    return None if day is None else datetime.combine(day.day, time(), UTC)


class OrderEvidence:
    """What the values of a column prove of the order of day and month; each value is shown to it once."""

    def __init__(self) -> None:
        self.day_first: tuple[int, str] | None = None
        """Row and text of the first value that only a day-first reading makes a date."""
        self.month_first: tuple[int, str] | None = None
        self.open: tuple[int, str] | None = None
        """Row and text of the first value that is a date either way, and not the same one."""

    def see(self, row: int, text: str) -> None:
        """Take one more value into account."""
        match = _PARTED.match(text)
        if match is None:
            return
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        as_day_first, as_month_first = _day(year, second, first), _day(year, first, second)
        if as_day_first and as_month_first:
            if first != second and self.open is None:
                self.open = (row, text)
        elif as_day_first and self.day_first is None:
            self.day_first = (row, text)
        elif as_month_first and self.month_first is None:
            self.month_first = (row, text)

    @property
    def order(self) -> DayOrder | None:
        """Give the order that is proven, None where nothing or both are."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return DayOrder.DAY_FIRST if self.day_first else DayOrder.MONTH_FIRST


def _from_text(text: str, style: DateStyle) -> ReadDay | None:
    if len(text) > LONGEST or not text.isascii():
        return None
    if style.formats:
        patterns = (*style.formats, "%Y-%m-%d")  # which nobody can mistake
        return next((ReadDay(day) for pattern in patterns if (day := _by_pattern(text, pattern))), None)
    if style.is_counted and _COUNTED.match(text):
        return _from_number(text, style)
    for shape, read in _SHAPES:
        match = shape.match(text)
        if match is not None:
            return read(match, style)
    if _COUNTED.match(text):
        return _from_number(text, style)
    return None


def _by_pattern(text: str, pattern: str) -> date | None:
    try:
        return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None


def _from_number(text: str, style: DateStyle) -> ReadDay | None:
    compact = _COMPACT.match(text)
    if compact is not None:
        return _compact(compact, style)
    moment = serial_moment(float(text), counts_from_1904=style.counts_from_1904)
    if moment is None or moment.date() < EARLIEST_DAY:
        return None
    if style.is_counted:
        return ReadDay(moment.date())
    raise Unreadable(
        f"{quoted(text)} is {moment.date()} if it counts days as a spreadsheet does.",
        'If that is right, say --dates excel (dates = "excel" in [source] of the mapping).',
        Severity.QUESTION,
    )


def _year_first(match: re.Match[str], _: DateStyle) -> ReadDay | None:
    return _read(_day(int(match[1]), int(match[3]), int(match[4])))


def _compact(match: re.Match[str], _: DateStyle) -> ReadDay | None:
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    note = f"a date such as {match[0]}, which went through a decimal number, is read as its whole number"
    return _read(day, note if match[4] else "")


def _dotted(match: re.Match[str], _: DateStyle) -> ReadDay | None:
    return _read(_day(int(match[3]), int(match[2]), int(match[1])))


def _parted(match: re.Match[str], style: DateStyle) -> ReadDay | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    as_day_first, as_month_first = _day(year, second, first), _day(year, first, second)
    if style.order is not None:
        return _read(as_day_first if style.order is DayOrder.DAY_FIRST else as_month_first)
    if as_day_first and as_month_first and as_day_first != as_month_first:
        raise ask_order(match[0], as_day_first, as_month_first)
    return _read(as_day_first or as_month_first)


def ask_order(text: str, as_day_first: date, as_month_first: date) -> Unreadable:
    """Ask whether the day or the month comes first."""
    return Unreadable(
        f"{quoted(text)} may be {as_day_first} or {as_month_first}.",
        "Say --dates day-first or --dates month-first (dates in [source] of the mapping).",
        Severity.QUESTION,
    )


def _short_year(match: re.Match[str], _: DateStyle) -> ReadDay | None:
    first, second, short = int(match[1]), int(match[3]), int(match[4])
    days = [
        (day, pattern)
        for century in (1900, 2000)
        for month, number, pattern in ((second, first, "%d{0}%m{0}%y"), (first, second, "%m{0}%d{0}%y"))
        if (day := _day(century + short, month, number)) and (match[2] != "." or pattern.startswith("%d"))
    ]
    if not days:
        return None
    shown = " or ".join(dict.fromkeys(day.isoformat() for day, _ in days))
    pattern = days[-1][1] if match[2] == "." else days[0][1]
    raise Unreadable(
        f"{quoted(match[0])} has a year of two digits: it may be {shown}.",
        f"Say how it is written, such as --dates {pattern.format(match[2])} (dates in [source] of the mapping).",
        Severity.QUESTION,
    )


def _named(match: re.Match[str], _: DateStyle) -> ReadDay | None:
    return _read(_day(int(match[3]), _month(match[2]), int(match[1])))


def _named_first(match: re.Match[str], _: DateStyle) -> ReadDay | None:
    return _read(_day(int(match[3]), _month(match[1]), int(match[2])))


def _named_short(match: re.Match[str], _: DateStyle) -> ReadDay | None:
    raise Unreadable(
        f"{quoted(match[0])} has a year of two digits: it may be 19{match[0][-2:]} or 20{match[0][-2:]}.",
        "Say how it is written, such as --dates %d-%b-%y (dates in [source] of the mapping).",
        Severity.QUESTION,
    )


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], DateStyle], ReadDay | None]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_COMPACT, _compact),
    (_DOTTED, _dotted),
    (_PARTED, _parted),
    (_SHORT_YEAR, _short_year),
    (_NAMED, _named),
    (_NAMED_FIRST, _named_first),
    (_NAMED_SHORT, _named_short),
)


def _month(name: str) -> int:
    """Give the number of a month named in English, in full or by three letters or more; 0 where there is none."""
    wanted = name.casefold()
    return next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(wanted)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read(day: date | None, note: str = "") -> ReadDay | None:
    return None if day is None else ReadDay(day, note)


def _no_day(text: str, style: DateStyle) -> Unreadable:
    if style.formats:
        return Unreadable(f"{quoted(text)} is no date written as {' or '.join(style.formats)}.", "Correct it.")
    return Unreadable(f"{quoted(text)} is no date.", "Write it as year-month-day, such as 2026-11-23.")
