"""One question to the book as a value: which records, as of when, in what order; it knows no SQL.

The filter bar, a saved view, a click on a chart and the command line all make a `Filter`, and the same value feeds
the list, its totals, the workbook, the letters and the charts.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from duedesk.domain.aging import Basis, Buckets
from duedesk.domain.catalog import Kind
from duedesk.domain.grouping import target_of
from duedesk.domain.objects import CATALOG
from duedesk.domain.relative_days import RelativeDays

Value = str | int | bool | Decimal | date | datetime | None
"""What a field holds."""

Operand = Value | RelativeDays
"""What a field is compared with."""


class Operator(StrEnum):
    """How a field is compared."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    LIKE = "LIKE"
    IN = "IN"
    WITHIN = "WITHIN"


@dataclass(frozen=True, slots=True)
class Compare:
    """A field, by its path from the object (`BillingAccount.Name`), compared with a value; IN takes a tuple.

    WITHIN takes two values, the least and the most; NULL is no limit. `DaysInvoiceOverdue WITHIN (1, 30)` finds an
    invoice of which anything is open that is so many days overdue: where it is paid in instalments, any of them,
    while the field itself tells of the oldest.
    LIKE takes a pattern in which % stands for any text and _ for any letter; a backslash takes that meaning away.
    `LAST_MONTH` and its like are kept as they are, and mean days from where the reader stands: = and IN that the day
    is within, < that it is before the first, > that it is behind the last.
    """

    path: str
    operator: Operator
    value: Operand | tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Compare | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Order:
    """A field to sort by; what has no value comes last either way, or first where that is asked for."""

    path: str
    descending: bool = False
    nulls_first: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records of an object, on which day, in what order.

    `search` is free text over what `searching` names of the record and of its account. `known_on` None means all that
    is recorded.
    """

    as_of: date
    object: str = "Invoice"
    where: Condition | None = None
    search: str = ""
    known_on: datetime | None = None
    order_by: tuple[Order, ...] = ()

    def narrowed(self, *conditions: Condition) -> Self:
        """Give the same question with more conditions."""
        if not conditions:
            return self
        parts = (*((self.where,) if self.where else ()), *conditions)
        return replace(self, where=parts[0] if len(parts) == 1 else All(parts))

    def sorted_by(self, *order: Order) -> Self:
        """Give the same question in another order."""
        return replace(self, order_by=order)


OPEN = Compare("Balance", Operator.GT, Decimal(0))
"""Something is still to be paid."""


def in_group(path: str, key: int | str | None) -> Compare:
    """Give the condition that an invoice stands in the group with this key."""
    steps, _, _ = path.rpartition(".")
    target = target_of(path)
    if target is not None:
        return Compare(".".join(filter(None, (steps, target.relationship, "RecordKey"))), Operator.EQ, key)
    kind = CATALOG.follow("Invoice", path)[1].kind
    value = date.fromisoformat(key) if kind is Kind.DATE and isinstance(key, str) else key
    return Compare(path, Operator.EQ, bool(key) if kind is Kind.BOOLEAN else value)


def in_bucket(buckets: Buckets, index: int | None, basis: Basis = Basis.DUE) -> tuple[Condition, ...]:
    """Give the conditions that find the invoices with something open in a bucket, or in any where the index is None.

    An invoice that is paid in instalments lies in every bucket in which an instalment of it is open.
    """
    if index is None:
        return (OPEN,)
    path = "DaysInvoiceOverdue" if basis is Basis.DUE else "DaysInvoiceOpen"
    return (OPEN, Compare(path, Operator.WITHIN, buckets.days(index)))
