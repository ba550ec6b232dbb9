"""Holds: a reason with a last day why an invoice, or all of an account, is not dunned; it stores nothing."""

from dataclasses import dataclass
from datetime import date

from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError

REASONS = ("Under clarification", "Goods on their way", "Payment plan", "Insolvency", "Goodwill", "Management")
"""Reasons that are offered; a book may use others."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps letters back from a day to another; one that is released ends the day before."""

    reason: str
    start: date
    end: date
    released_on: date | None = None
    by: str = ""

    def stands(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.start <= on <= self.end and (self.released_on is None or on < self.released_on)


def check_hold(start: date, end: date, today: date) -> None:
    """Refuse a hold that ends before it begins, or has ended already: RequestError."""
    if end < start:
        raise RequestError(f"A hold from {in_words(start)} cannot end on {in_words(end)}.", "Give a later day.")
    if end < today:
        raise RequestError(f"{in_words(end)} is past.", "Give today or a later day as the last one of the hold.")


def check_releasing(name: str, released_on: date | None, end: date, on: date) -> None:
    """Refuse to release what holds no more: RequestError."""
    if released_on is not None:
        raise RequestError(f"Hold {name} was released on {in_words(released_on)} already.")
    if end < on:
        raise RequestError(f"Hold {name} ended on {in_words(end)} by itself.", "There is nothing to release.")
