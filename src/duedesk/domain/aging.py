"""Buckets of days overdue and the aging they make; the one place that says where a bucket ends."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import ACCOUNT, CURRENCY
from duedesk.domain.money import ZERO
from duedesk.domain.rates import Rate

RowKey = int | str | None
"""What a row stands for: the key of a record, a value in words, or None for what has none."""


class Basis(StrEnum):
    """The date that age is counted from."""

    DUE = "due"
    INVOICE = "invoice"


LAST_EDGE = 36_500
"""No bucket ends later than after a hundred years."""


@dataclass(frozen=True, slots=True)
class Buckets:
    """Ranges of days overdue, closed at the upper end: not due, 1-30, 31-60, 61-90, over 90.

    There is always a bucket for what is not due and one for what is older than the last edge.
    """

    edges: tuple[int, ...] = (30, 60, 90)

    def __post_init__(self) -> None:
        if not self.edges or self.edges[0] < 1 or any(a >= b for a, b in zip(self.edges, self.edges[1:], strict=False)):
            raise RequestError(
                f"Buckets {','.join(map(str, self.edges))} do not grow.",
                "Give upper ends in days, such as 30,60,90.",
            )
        if self.edges[-1] > LAST_EDGE:
            raise RequestError(f"{self.edges[-1]} days are more than a hundred years.", "Give a smaller last bucket.")

    @classmethod
    def parse(cls, text: str) -> "Buckets":
        """Read `30,60,90`."""
        try:
            return cls(tuple(int(part) for part in text.replace(" ", "").split(",")))
        except ValueError:
            raise RequestError(f"“{text}” is no list of days.", "Give upper ends in days, such as 30,60,90.") from None

    def __len__(self) -> int:
        return len(self.edges) + 2

    def index(self, days_overdue: int) -> int:
        """Give the bucket of an item this many days overdue; 0 is not due."""
        return 0 if days_overdue <= 0 else 1 + bisect_left(self.edges, days_overdue)

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the buckets for machines: `not_due`, `1-30`, ..., `over_90`."""
        starts = (1, *(edge + 1 for edge in self.edges))
        ranges = (f"{start}-{end}" for start, end in zip(starts, self.edges, strict=False))
        return ("not_due", *ranges, f"over_{self.edges[-1]}")

    @property
    def labels(self) -> tuple[str, ...]:
        """Name the buckets for people: `Not due`, `1–30`, ..., `Over 90`; of a single day `1`."""
        days = (self.days(index) for index in range(1, len(self.edges) + 1))
        ranges = (str(first) if first == last else f"{first}–{last}" for first, last in days)
        return ("Not due", *ranges, f"Over {self.edges[-1]}")

    def labels_from(self, basis: Basis) -> tuple[str, ...]:
        """Name the buckets for people by the date that age is counted from: what is dated that day has no age yet."""
        return self.labels if basis is Basis.DUE else ("That day", *self.labels[1:])

    def days(self, index: int) -> tuple[int | None, int | None]:
        """Give the first and last day overdue of a bucket; None where it is open."""
        if index == 0:
            return None, 0
        lower = 1 if index == 1 else self.edges[index - 2] + 1
        return lower, self.edges[index - 1] if index <= len(self.edges) else None

    def oldest_dates(self, as_of: date) -> tuple[date, ...]:
        """Give for every bucket but the last the earliest due date that still falls into it, newest bucket first.

        A query compares due dates with these in turn, so that it needs no arithmetic on days.
        """
        first = date.min.toordinal()
        return (as_of, *(date.fromordinal(max(first, as_of.toordinal() - edge)) for edge in self.edges))


DEFAULT_BUCKETS = Buckets()


@dataclass(frozen=True, slots=True)
class AgingRequest:
    """What an aging is asked for. `known_on` None means all that is recorded by now.

    `by` holds one path of the catalogue, or two; `domain.grouping` reads and names them. With `apart_disputed`, what
    is contested stands in a column of its own instead of its bucket.
    """

    as_of: date
    known_on: datetime | None = None
    by: tuple[str, ...] = (ACCOUNT,)
    basis: Basis = Basis.DUE
    buckets: Buckets = DEFAULT_BUCKETS
    currency: str | None = None
    apart_disputed: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """Name the buckets for people."""
        return self.buckets.labels_from(self.basis)

    @property
    def is_by_currency(self) -> bool:
        """Tell whether a row is a whole currency, so that rows are totals already."""
        return self.by == (CURRENCY,)


@dataclass(slots=True, unsafe_hash=True)
class AgingRow:
    """One group in one currency: not due + buckets + disputed + unapplied = balance.

    `unapplied` is negative or nothing; `balance` is worked out apart, from the documents. `parts` are the rows of the
    second level, which add up to this one. A row is never changed; to say so to Python as well would make the making
    of it four times as long, and an aging may have twenty thousand.
    """

    key: RowKey
    name: str
    currency: str
    buckets: tuple[Decimal, ...]
    unapplied: Decimal
    balance: Decimal
    number: str = ""
    parts: tuple["AgingRow", ...] = ()
    disputed: Decimal = ZERO
    rounding: Decimal = ZERO
    """By what rounding after a conversion parts the figures from the balance; nothing in the invoices' own currency."""

    @property
    def open(self) -> Decimal:
        """Give what the invoices of the row leave open."""
        return sum(self.buckets, self.disputed)

    @property
    def overdue(self) -> Decimal:
        """Give what is past due."""
        return sum(self.buckets[1:], ZERO)

    @property
    def difference(self) -> Decimal:
        """Give by how much the row breaks the rule; nothing where it holds."""
        return self.open + self.unapplied - self.balance - self.rounding


@dataclass(frozen=True, slots=True)
class Aging:
    """An aging as it is shown, exported and proved: rows by name, one total a currency.

    `is_proved` tells whether the balances come from the documents; else they are the sum of what stands beside them.
    """

    request: AgingRequest
    rows: tuple[AgingRow, ...]
    totals: tuple[AgingRow, ...] = ()
    is_proved: bool = True
    rates: tuple[Rate, ...] = ()
    """The rates at which it was converted, where it was."""

    @property
    def mismatches(self) -> tuple[AgingRow, ...]:
        """Give the rows of both levels and the totals in which the figures do not make the balance."""
        parts = (part for row in self.rows for part in row.parts)
        return tuple(row for row in (*self.rows, *parts, *self.totals) if row.difference)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing behind a figure of an aging: an open invoice or instalment, a payment or credit memo not applied yet.

    What is unapplied has a negative balance, no due date and no bucket (None).
    """

    kind: str
    """Invoice, Payment or Credit memo."""
    number: str
    account: str
    account_number: str
    owner: str
    currency: str
    item_date: date
    due_date: date | None
    days_overdue: int | None
    bucket: int | None
    total: Decimal
    balance: Decimal
    key: RowKey = None
    """The key of the aging row it stands in; names alone do not tell two accounts apart."""
    part: RowKey = None
    """The key of its row of the second level, where there is one."""
    instalment: int | None = None
    """Which instalment of the invoice it is, from 1, where it is paid in instalments; then `total` is its amount."""
    disputed: Decimal = ZERO
    """What of the balance is contested, where it was asked for apart."""


def total_by_currency(rows: tuple[AgingRow, ...]) -> tuple[AgingRow, ...]:
    """Add the rows up, one total a currency; currencies are never added together."""
    by_currency: dict[str, list[AgingRow]] = {}
    for row in rows:
        by_currency.setdefault(row.currency, []).append(row)
    return tuple(added_up(by_currency[currency], None, "Total") for currency in sorted(by_currency))


def added_up(rows: Sequence[AgingRow], key: RowKey, name: str, number: str = "") -> AgingRow:
    """Give the row that rows of one currency add up to."""
    return AgingRow(
        key,
        name,
        rows[0].currency,
        tuple(sum(column, ZERO) for column in zip(*(row.buckets for row in rows), strict=True)),
        sum((row.unapplied for row in rows), ZERO),
        sum((row.balance for row in rows), ZERO),
        number,
        disputed=sum((row.disputed for row in rows), ZERO),
    )
