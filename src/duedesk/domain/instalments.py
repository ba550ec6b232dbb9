"""What of an open balance lies on which instalment, and since when it is overdue; it stores nothing.

Payments fill instalments in the order they are due, so that what is open lies on the last ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of an invoice with its own due date; `later` is what all that are due after it come to."""

    due: date
    requested: Decimal
    later: Decimal = ZERO


def in_order(parts: Iterable[tuple[date, Decimal]]) -> tuple[Instalment, ...]:
    """Give instalments of these days and amounts by day, each with what comes after it."""
    made: list[Instalment] = []
    later = ZERO
    for due, requested in sorted(parts, key=lambda part: part[0], reverse=True):
        made.insert(0, Instalment(due, requested, later))
        later += requested
    return tuple(made)


def held(balance: Decimal, instalments: Sequence[Instalment]) -> tuple[Decimal, ...]:
    """Give what each instalment holds of an open balance; what they do not ask for lies on the last of them."""
    asked = sum((one.requested for one in instalments), ZERO)
    return tuple(
        min(one.requested, max(ZERO, balance - one.later)) + (ZERO if one.later else max(ZERO, balance - asked))
        for one in instalments
    )


def oldest_due(balance: Decimal, instalments: Sequence[Instalment], due_date: date) -> date:
    """Give the day from which days overdue are counted: of the first instalment still open, else the invoice's own."""
    return min((one.due for one in instalments if one.later < balance), default=due_date)
