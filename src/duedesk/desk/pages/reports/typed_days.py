"""Days, moments and periods as people type them into a report's form, said as the terminal takes them; it asks none.

What cannot be read stays as it was typed: the report says what is wrong with it.
"""

import re
from datetime import date

from duedesk.desk import day_entry
from duedesk.domain.reports.offered import ParameterKind

_TIMED = re.compile(r"(?P<day>.+?),?\s+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\s*UTC)?", re.IGNORECASE)
_MONTH = re.compile(r"([a-z]{3})[a-z]*\.?\s*(\d{4})", re.IGNORECASE)
_MONTHS = re.compile(
    r"([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?\s*(?:\.\.|[–-])\s*([a-z]{3})[a-z]*\.?\s+(\d{4})", re.IGNORECASE
)
_FROM_TO = re.compile(r"\s*\.\.\s*|\s*–\s*|\s+-\s+")


def said_as_typed(kind: ParameterKind, text: str, day: date) -> str:
    """Say what was typed of a parameter of that kind; what is left out of a day is taken from `day`."""
    match kind:
        case ParameterKind.DAY:
            return _day(text, day)
        case ParameterKind.MOMENT:
            return _moment(text, day)
        case ParameterKind.PERIOD:
            return _period(text, day)
        case _:
            return text


def _day(text: str, day: date) -> str:
    read = day_entry.read(text, day)
    return text if read is None else read.isoformat()


def _moment(text: str, day: date) -> str:
    timed = _TIMED.fullmatch(text)
    read = day_entry.read(timed["day"], day) if timed else None
    return f"{read.isoformat()}T{timed['time'].zfill(5)}" if timed and read else _day(text, day)


def _period(text: str, day: date) -> str:
    if (found := _MONTH.fullmatch(text)) and (month := day_entry.month_called(found[1])):
        return f"{found[2]}-{month:02d}"
    if found := _MONTHS.fullmatch(text):
        first, last = day_entry.month_called(found[1]), day_entry.month_called(found[3])
        if first and last:
            begins = f"{found[2] or found[4]}-{first:02d}-01"
            return f"{begins}..{day_entry.last_of_month(date(int(found[4]), last, 1)).isoformat()}"
    ends = _FROM_TO.split(text)
    return "..".join(_day(one, day) for one in ends) if len(ends) in {1, 2} else text
