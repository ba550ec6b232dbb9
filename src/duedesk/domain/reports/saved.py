"""Reports kept with their parameters, and the days on which they are due; it asks no clock and produces none.

A parameter stays as it was typed, so that `LAST_MONTH` is another month each time. What was missed is caught up once:
only the last of the days on which a report was due is produced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from duedesk.domain.business_days import is_weekend
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.offered import ReportName

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAILY, FIRST, LAST = "daily", "first-working-day", "last-working-day"

SCHEDULES = (DAILY, *WEEKDAYS, FIRST, LAST)
"""When a report is produced by itself, as the terminal spells it; no schedule is an empty text."""

ENDINGS = ("xlsx", "csv")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A report under a name: what was said of its parameters, where it goes, and when it is produced by itself.

    `since` is the day from which it is due, `produced_for` the last day for which it was produced.
    """

    key: int
    name: str
    report: ReportName
    said: Mapping[str, str]
    folder: str = ""
    ending: str = ENDINGS[0]
    schedule: str = ""
    since: date = date.min
    by: str = ""
    last: "Production | None" = None

    def due_on(self, today: date) -> date | None:
        """Give the last day by today on which it was due; None where it was due on none, or has no schedule."""
        day = last_due(self.schedule, today)
        return day if day is not None and day >= self.since else None

    def next_due(self, today: date) -> date | None:
        """Give the first day from today on for which it will be produced; None without a schedule."""
        if not self.schedule:
            return None
        day = self.due_on(today)
        if day is not None and (self.last is None or self.last.is_open or self.last.due_on < day):
            return day
        return next(today + timedelta(days=n) for n in range(1, 63) if is_due(self.schedule, today + timedelta(days=n)))


@dataclass(frozen=True, slots=True)
class Production:
    """A saved report as it was produced for a day, or is being produced; `remark` says what went wrong."""

    due_on: date
    status: str
    at: datetime
    file: str = ""
    remark: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it has not come out yet."""
        return self.status != "Done"


@dataclass(frozen=True, slots=True)
class ToSave:
    """What a report is saved with."""

    name: str
    report: ReportName
    said: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    ending: str = ENDINGS[0]
    schedule: str = ""


def is_due(schedule: str, day: date) -> bool:
    """Tell whether a schedule falls on a day."""
    if schedule == DAILY:
        return True
    if schedule in WEEKDAYS:
        return day.weekday() == WEEKDAYS.index(schedule)
    if is_weekend("", day):
        return False
    month, step = day.month, timedelta(days=1 if schedule == LAST else -1)
    other = day + step
    while is_weekend("", other) and other.month == month:
        other += step
    return other.month != month


def last_due(schedule: str, today: date) -> date | None:
    """Give the last day by today on which a schedule falls; None without one."""
    if not schedule:
        return None
    return next((day for n in range(63) if is_due(schedule, day := today - timedelta(days=n))), None)


def schedule_named(text: str) -> str:
    """Read a schedule; RequestError where it is none."""
    said = text.strip().casefold().replace(" ", "-")
    if said in {"", "never"}:
        return ""
    found = next((one for one in SCHEDULES if said == one or (len(said) == 3 and one.startswith(said))), None)
    if found is None:
        raise RequestError(f"“{text}” is no schedule.", f"Say {', '.join(SCHEDULES)} or never.")
    return found


def schedule_in_words(schedule: str) -> str:
    """Say when a report is produced: `every Monday`."""
    if not schedule:
        return "not by itself"
    if schedule == DAILY:
        return "every day"
    if schedule in WEEKDAYS:
        return f"every {schedule.capitalize()}"
    return f"on the {'first' if schedule == FIRST else 'last'} working day of the month"


def said_in_words(said: Mapping[str, str]) -> str:
    """Say parameters in a line: `period last month, currency EUR`."""
    return ", ".join(f"{name.replace('-', ' ')} {_in_words(text)}" for name, text in sorted(said.items()) if text)


def _in_words(text: str) -> str:
    is_relative = text.isupper() and ("_" in text or text in {"TODAY", "YESTERDAY", "TOMORROW"})
    return text.replace("_", " ").lower() if is_relative else " and ".join(text.split("\n"))
