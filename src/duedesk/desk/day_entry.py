"""How a day is entered: one key steps it, and it is read from what people write; it knows no field and no clock."""

import re
from datetime import date, timedelta

from duedesk.domain.days import EARLIEST_DAY, LATEST_DAY

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

KEYS_IN_WORDS = (
    ("+  −", "a day on or back"),
    ("[  ]", "a month back or on"),
    ("T", "today"),
    ("W  K", "first or last day of the week"),
    ("M  H", "first or last day of the month"),
    ("Y  R", "first or last day of the year"),
    ("F4", "calendar"),
)
"""The keys of a date field, for the page that lists all keys."""


def step(key: str, day: date, today: date) -> date | None:
    """Give the day that one key leads to from `day`; None where the key is none of ours."""
    moved: date | None
    match key.lower():
        case "+" | "=":
            moved = _shifted(day, 1)
        case "-" | "−":
            moved = _shifted(day, -1)
        case "[":
            moved = _month(day, -1)
        case "]":
            moved = _month(day, 1)
        case "t":
            moved = today
        case _:
            moved = _edge(key.lower(), day)
    return None if moved is None else _held(moved)


def read(text: str, day: date) -> date | None:
    """Read a day as people write it: `2026-11-23`, `23 Nov 2026`, `23.11.2026`, `23 Nov`, `15`; None where it is none.

    What is left out is taken from `day`. A date in slashes is not read: two countries mean two days by it.
    """
    words = text.strip().casefold().rstrip(".")
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):
        year, month, number = map(int, words.split("-"))
        return _made(year, month, number)
    if re.fullmatch(r"\d{8}", words):
        return _made(int(words[:4]), int(words[4:6]), int(words[6:]))
    dotted = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})(?:\.\s*(\d{2}|\d{4}))?", words)
    if dotted:
        return _made(_year(dotted[3], day), int(dotted[2]), int(dotted[1]))
    named = re.fullmatch(r"(\d{1,2})\.?[ -]*([a-z]{3})[a-z]*\.?,?[ -]*(\d{2}|\d{4})?", words)
    if named and named[2] in _MONTHS:
        return _made(_year(named[3], day), month_called(named[2]), int(named[1]))
    if re.fullmatch(r"\d{1,2}", words):
        return _made(day.year, day.month, int(words))
    return None


def month_called(word: str) -> int:
    """Give the number of a month by the first three letters of its English name; 0 where there is none."""
    short = word.casefold()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def last_of_month(day: date) -> date:
    """Give the last day of the month that a day lies in."""
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def _edge(key: str, day: date) -> date | None:
    match key:
        case "m":
            return day.replace(day=1)
        case "h":
            return last_of_month(day)
        case "y":
            return day.replace(month=1, day=1)
        case "r":
            return day.replace(month=12, day=31)
        case "w":
            return _shifted(day, -day.weekday())
        case "k":
            return _shifted(day, 6 - day.weekday())
    return None


def _shifted(day: date, days: int) -> date:
    return _held(day) + timedelta(days=days)


def _month(day: date, months: int) -> date:
    """Go to the same day of another month, or to its last where it is shorter."""
    place = day.year * 12 + day.month - 1 + months
    first = date(place // 12, place % 12 + 1, 1)
    return first.replace(day=min(day.day, last_of_month(first).day))


def _year(written: str | None, day: date) -> int:
    if not written:
        return day.year
    return int(written) if len(written) == 4 else 2000 + int(written)


def _made(year: int, month: int, number: int) -> date | None:
    try:
        made = date(year, month, number)
    except ValueError:
        return None
    return made if EARLIEST_DAY <= made <= LATEST_DAY else None


def _held(day: date) -> date:
    return min(max(day, EARLIEST_DAY), LATEST_DAY)
