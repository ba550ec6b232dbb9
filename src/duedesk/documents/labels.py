"""The words, dates and lists that the layout of a letter prints in a language; its sentences are the wording's."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from string import Template
from typing import Any

from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped
from duedesk.resources import resource

_TIED = "\N{NO-BREAK SPACE}"
"""Keeps an amount with its currency and the parts of a date on one line."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one language; those with a merge field are filled in by the methods."""

    letter_date: str
    account: str
    pay_by: str
    invoice: str
    invoice_date: str
    due_date: str
    overdue: str
    total: str
    open: str
    sum: str
    section: str
    day: str
    days: str
    without_number: str
    to_pay: str
    transfer_to: str
    reference: str
    questions: str
    page_of: str
    list_comma: str
    list_and: str
    long_date: str
    short_date: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    thousands: str = ","
    point: str = "."
    first_day: str = "1"
    """How the first of a month is written: `1er janvier`."""

    def day_in_full(self, day: date) -> str:
        """Write a day for a sentence: `7 December 2026`."""
        number = self.first_day if day.day == 1 else str(day.day)
        return _fill(self.long_date, day=number, month=self.months[day.month - 1], year=str(day.year))

    def day_in_table(self, day: date) -> str:
        """Write a day so that a column of them lines up: `07 Dec 2026`."""
        return _fill(self.short_date, day=f"{day.day:02d}", month=self.short_months[day.month - 1], year=str(day.year))

    def days_overdue(self, count: int) -> str:
        """Write `1 day`, `22 days`."""
        return _fill(self.day if count == 1 else self.days, count=self.count(count))

    def count(self, count: int) -> str:
        """Write a whole number: `1,234`."""
        return f"{count:,}".replace(",", self.thousands)

    def figure(self, amount: Decimal, currency: str) -> str:
        """Write an amount for a column: `1,234.50`."""
        return self.figures(grouped(amount, currency))

    def figures(self, written: str) -> str:
        """Bring a number as the program writes it to what readers of the language expect."""
        if self.point == ".":
            return written.replace(",", self.thousands)
        return written.replace(",", "\0").replace(".", self.point).replace("\0", self.thousands)

    def table_header(self, currency: str) -> tuple[str, ...]:
        """Head the six columns of a table, the last with its currency: `Open, EUR`."""
        open_amount = Template(self.open).substitute(currency=currency)
        return (self.invoice, self.invoice_date, self.due_date, self.overdue, self.total, open_amount)

    def sum_row(self, currency: str) -> str:
        """Name the row of the sum: `Total EUR`."""
        return Template(self.sum).substitute(currency=currency)

    def section_heading(self, currency: str) -> str:
        """Head the table of one currency among several: `Invoices in EUR`."""
        return Template(self.section).substitute(currency=currency)

    def to_pay_by(self, day: date) -> str:
        """Head the amount to pay: `To pay by 7 December 2026`."""
        return Template(self.to_pay).substitute(date=self.day_in_full(day))

    def reference_line(self, reference: str) -> str:
        """Write what the payer is asked to quote: `Reference C-10482`."""
        return Template(self.reference).substitute(reference=reference)

    def amount(self, amount: Decimal, currency: str) -> str:
        """Write an amount with its currency: `1,234.50 EUR`."""
        return f"{self.figure(amount, currency)}{_TIED}{currency}"

    def listed(self, parts: Sequence[str]) -> str:
        """Write `a`, `a and b`, `a, b and c`."""
        if len(parts) < 2:
            return "".join(parts)
        return self.list_comma.join(parts[:-1]) + self.list_and + parts[-1]


@cache
def read_labels(language: str) -> Labels:
    """Read the labels of a language; RequestError where there are none."""
    path = resource("letters", language, "labels.toml")
    if not language.isalpha() or not path.is_file():
        raise RequestError(f"There are no letters in the language “{language}”.", "English is en.")
    said: dict[str, Any] = {}
    for name, text in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if not isinstance(text, dict):  # a table is for one kind of letter only
            said[name] = tuple(text) if isinstance(text, list) else text
    return Labels(**said)


def _fill(label: str, **parts: str) -> str:
    return Template(label).substitute(parts).replace(" ", _TIED)
