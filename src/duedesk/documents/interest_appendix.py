"""The table of a letter that shows how its interest was worked out: period, days, balance, rate, amount; no layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from duedesk.domain.days import in_words
from duedesk.domain.interest.accrual import InterestStatement
from duedesk.domain.interest.reference_rates import percent_in_words
from duedesk.domain.money import grouped

_UP_TO = " – "


class AppendixLabels(Protocol):
    """What a language must say and write for the table."""

    @property
    def interest_header(self) -> Sequence[str]:
        """Head the columns: invoice, period, days, balance, rate, interest."""

    @property
    def interest_sum(self) -> str:
        """Name the row of the sum."""

    def day_in_table(self, day: date) -> str:
        """Write a day so that a column of them lines up."""

    def figure(self, amount: Decimal, currency: str) -> str:
        """Write an amount without its currency."""

    def percent(self, rate: Decimal) -> str:
        """Write a rate."""


@dataclass(frozen=True, slots=True)
class English:
    """The labels in English."""

    interest_header: Sequence[str] = ("Invoice", "Period", "Days", "Balance", "Rate", "Interest")
    interest_sum: str = "Total"

    def day_in_table(self, day: date) -> str:
        """Write a day: `01 Jun 2024`."""
        return in_words(day)

    def figure(self, amount: Decimal, currency: str) -> str:
        """Write an amount: `1,234.50`."""
        return grouped(amount, currency)

    def percent(self, rate: Decimal) -> str:
        """Write a rate: `12.25%`."""
        return percent_in_words(rate)


@dataclass(frozen=True, slots=True)
class Appendix:
    """The table, written: its header, a row for each period, and the sum; the first column is the invoice's number."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sum: tuple[str, ...]


def appendix_rows(
    statements: Sequence[tuple[str, InterestStatement]], labels: AppendixLabels | None = None
) -> Appendix:
    """Write the statements of a letter's invoices, each with its number; all are of one currency.

    The amounts of the rows come to the sum, because each period was given its share of the rounded total.
    """
    said = labels or English()
    rows = tuple(
        (
            number if place == 0 else "",
            f"{said.day_in_table(one.first_day)}{_UP_TO}{said.day_in_table(one.last_day)}",
            f"{one.days:,}",
            said.figure(one.balance, stated.currency),
            said.percent(one.rate),
            said.figure(one.amount, stated.currency),
        )
        for number, stated in statements
        for place, one in enumerate(stated.periods)
    )
    total = sum((stated.total for _, stated in statements), Decimal(0))
    currency = next((stated.currency for _, stated in statements), "")
    return Appendix(
        tuple(said.interest_header), rows, (said.interest_sum, "", "", "", "", said.figure(total, currency))
    )
