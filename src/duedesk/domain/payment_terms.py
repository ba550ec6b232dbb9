"""Payment terms: the days an invoice is due on, the parts it is paid in, and the discount for paying early.

An item of a term counts its period from the invoice date, goes on to a day of the month where it names one, and then
adds days: 30 days; 0 months on the 31st is the end of the month; 1 month on the 15th; and any of these plus days.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.days import LATEST_DAY
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, round_amount

DAYS = "Days"
MONTHS = "Months"
END_OF_MONTH = 31
LONGEST = {DAYS: 3_650, MONTHS: 120}
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a term: when it is due, and how much it is of; the rest where neither share nor amount is given."""

    period: int
    unit: str = DAYS
    day_of_month: int | None = None
    added_days: int = 0
    percentage: Decimal | None = None
    amount: Decimal | None = None

    @property
    def is_rest(self) -> bool:
        """Tell whether the part is what the others leave."""
        return self.percentage is None and self.amount is None


@dataclass(frozen=True, slots=True)
class Term:
    """A payment term: net `days`, or its items where it has any; in 2/10 net 30 the discount is 2 within 10 days."""

    days: int = 0
    items: tuple[Item, ...] = ()
    discount_percent: Decimal | None = None
    discount_days: int | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of an invoice and the day it is due."""

    due: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Discount:
    """What may be kept by who pays until that day."""

    until: date
    amount: Decimal


def instalments(term: Term, invoice_date: date, total: Decimal, currency: str) -> tuple[Instalment, ...]:
    """Give the parts of a total in the order they are due; they add up to it exactly, and none is nothing.

    Nothing to pay is one part, due at once.
    """
    if total == 0:
        return (Instalment(invoice_date, ZERO),)
    items = term.items or (Item(term.days),)
    left, amounts = total, []
    for item in items:
        part = ZERO if item.is_rest else min(left, _part(item, total, currency))
        amounts.append(part)
        left -= part
    amounts[next((place for place, item in enumerate(items) if item.is_rest), len(items) - 1)] += left
    parts = [Instalment(due_on(item, invoice_date), part) for item, part in zip(items, amounts, strict=True) if part]
    return tuple(sorted(parts, key=lambda part: part.due))


def due_date(term: Term, invoice_date: date, total: Decimal, currency: str) -> date:
    """Give the day by which all of an invoice is due: that of its last part."""
    return instalments(term, invoice_date, total, currency)[-1].due


def discount(term: Term, invoice_date: date, total: Decimal, currency: str) -> Discount | None:
    """Give the discount for paying early, where the term has one."""
    if term.discount_percent is None or term.discount_days is None:
        return None
    amount = round_amount(total * term.discount_percent / _HUNDRED, currency)
    return Discount(_later(invoice_date, term.discount_days), amount) if amount else None


def later_amounts(parts: Sequence[Instalment]) -> tuple[Decimal, ...]:
    """Give for each part what the parts after it come to."""
    later, sums = ZERO, []
    for part in reversed(parts):
        sums.append(later)
        later += part.amount
    return tuple(reversed(sums))


def due_on(item: Item, invoice_date: date) -> date:
    """Give the day a part is due; RequestError where it lies beyond the calendar."""
    if item.unit == MONTHS:
        day = _months_later(invoice_date, item.period)
        if item.day_of_month is not None:
            day = _on_day(day.year, day.month, item.day_of_month)
    else:
        day = _later(invoice_date, item.period)
        if item.day_of_month is not None:
            day = _next_on(day, item.day_of_month)
    return _later(day, item.added_days)


def check_term(term: Term) -> None:
    """Refuse a term that says no day, or shares that do not make a whole: RequestError."""
    if not 0 <= term.days <= LONGEST[DAYS]:
        raise RequestError(f"A term of {term.days} days cannot be.", f"Give from 0 to {LONGEST[DAYS]:,} days.")
    _check_discount(term)
    for item in term.items:
        _check_item(item)
    if not term.items:
        return
    rests = sum(1 for item in term.items if item.is_rest)
    shares = sum((item.percentage for item in term.items if item.percentage is not None), ZERO)
    if rests > 1:
        raise RequestError("Only one part can be the rest.", "Give the others a share or an amount.")
    if shares > _HUNDRED:
        raise RequestError(f"The shares come to {shares:f} percent.", "They are at most 100.")
    if rests == 0 and shares != _HUNDRED:
        raise RequestError("The parts may leave something over.", "Let one be the rest: without share and amount.")
    if shares == _HUNDRED and (rests or any(item.amount is not None for item in term.items)):
        raise RequestError("The shares come to 100 percent and leave nothing.", "Lower one of them.")


def _check_item(item: Item) -> None:
    if item.unit not in LONGEST:
        raise RequestError(f"A period is not counted in {item.unit}.", "Give Days or Months.")
    if not 0 <= item.period <= LONGEST[item.unit]:
        raise RequestError(
            f"A period of {item.period} {item.unit.lower()} cannot be.",
            f"Give from 0 to {LONGEST[item.unit]:,}.",
        )
    if item.day_of_month is not None and not 1 <= item.day_of_month <= END_OF_MONTH:
        raise RequestError(f"There is no day {item.day_of_month} in a month.", "31 is the end of any month.")
    if not 0 <= item.added_days <= LONGEST[DAYS]:
        raise RequestError(f"{item.added_days} days cannot be added.", f"Give from 0 to {LONGEST[DAYS]:,}.")
    if item.percentage is not None and item.amount is not None:
        raise RequestError("A part has a share or an amount, not both.")
    if item.percentage is not None and not 0 < item.percentage <= _HUNDRED:
        raise RequestError(f"A share of {item.percentage:f} percent cannot be.", "Give more than 0, at most 100.")
    if item.amount is not None and item.amount <= 0:
        raise RequestError(f"An amount of {item.amount:f} cannot be a part.", "Give more than 0.")


def _check_discount(term: Term) -> None:
    if (term.discount_percent is None) != (term.discount_days is None):
        raise RequestError("A discount needs its percentage and its days.", "In 2/10 net 30 they are 2 and 10.")
    if term.discount_percent is not None and not 0 < term.discount_percent < _HUNDRED:
        raise RequestError(
            f"A discount of {term.discount_percent:f} percent cannot be.", "Give more than 0, below 100."
        )
    if term.discount_days is not None and not 0 <= term.discount_days <= LONGEST[DAYS]:
        raise RequestError(f"A discount within {term.discount_days} days cannot be.")


def _part(item: Item, total: Decimal, currency: str) -> Decimal:
    if item.percentage is not None:
        return round_amount(total * item.percentage / _HUNDRED, currency)
    return round_amount(item.amount or ZERO, currency)


def _later(day: date, days: int) -> date:
    if days > (LATEST_DAY - day).days:
        raise RequestError(f"{days:,} days after {day} is beyond the calendar.")
    return day + timedelta(days=days)


def _months_later(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    if place > LATEST_DAY.year * 12 + 11:
        raise RequestError(f"{months:,} months after {day} is beyond the calendar.")
    return _on_day(place // 12, place % 12 + 1, day.day)


def _on_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _next_on(day: date, day_of_month: int) -> date:
    here = _on_day(day.year, day.month, day_of_month)
    if here >= day:
        return here
    following = _months_later(day.replace(day=1), 1)
    return _on_day(following.year, following.month, day_of_month)
