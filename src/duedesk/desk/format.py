"""How values are written for people and for copying; it decides no colour and no width."""

from datetime import date, datetime
from decimal import Decimal

from duedesk.domain.catalog import Kind
from duedesk.domain.days import in_words
from duedesk.domain.filters import Value
from duedesk.domain.money import grouped, plain

NOTHING = "–"
"""What stands where a figure is nothing."""


def day(value: date | None) -> str:
    """Write a day: `25 Jul 2026`; nothing where there is none."""
    return "" if value is None else in_words(value)


def moment(value: datetime | None) -> str:
    """Write a moment in UTC to the minute: `25 Jul 2026 14:05`."""
    return "" if value is None else f"{in_words(value.date())} {value:%H:%M}"


def amount(value: Decimal | None, currency: str) -> str:
    """Write an amount without its currency: `-1,234.50` with a true minus sign."""
    return "" if value is None else grouped(value, currency)


def money(value: Decimal | None, currency: str) -> str:
    """Write an amount with its currency behind: `1,234.50 EUR`."""
    return "" if value is None else f"{grouped(value, currency)} {currency}"


def days(overdue: int | None) -> str:
    """Write days overdue for a column: `121 d`, `today`, `in 6 d`."""
    if overdue is None:
        return ""
    if overdue == 0:
        return "today"
    return f"{overdue:,} d" if overdue > 0 else f"in {-overdue:,} d"


def due(overdue: int | None, due_date: date | None) -> str:
    """Write how late something is as a line: `95 days overdue · due 20 Aug 2026`."""
    if due_date is None:
        return ""
    if overdue is None:
        return f"Due {in_words(due_date)}"
    if overdue > 0:
        return f"{plural(overdue, 'day')} overdue · due {in_words(due_date)}"
    return "Due today" if overdue == 0 else f"Due in {plural(-overdue, 'day')} · {in_words(due_date)}"


def count(number: int) -> str:
    """Write a count: `98,310`."""
    return f"{number:,}"


def plural(number: int, noun: str) -> str:
    """Write a count with its noun: `1 invoice`, `2 invoices`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def size(count_of_bytes: int) -> str:
    """Write the size of a file: `950 bytes`, `12.4 kB`, `3.1 MB`."""
    if count_of_bytes < 1_000:
        return plural(count_of_bytes, "byte")
    for unit in ("kB", "MB", "GB"):
        count_of_bytes, rest = divmod(count_of_bytes, 1_000)
        if count_of_bytes < 1_000:
            return f"{count_of_bytes}.{rest // 100} {unit}"
    return f"{count_of_bytes:,} GB"


def value(held: Value, kind: Kind, currency: str) -> str:
    """Write what any field holds, for people."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return "Yes" if held else "No"
    if isinstance(held, datetime):
        return moment(held)
    if isinstance(held, date):
        return day(held)
    if isinstance(held, Decimal):
        return amount(held, currency) if kind is Kind.CURRENCY else f"{held.normalize():,f}"
    return str(held)


def raw(held: Value, kind: Kind, currency: str) -> str:
    """Write what any field holds, for a sheet to calculate with: plain numbers, ISO dates."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return "TRUE" if held else "FALSE"
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, Decimal):
        return plain(held, currency) if kind is Kind.CURRENCY else f"{held.normalize():f}"
    return str(held)
