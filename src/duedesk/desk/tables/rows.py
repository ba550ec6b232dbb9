"""The rows of a list as they are drawn: every value written once, behind the window; it knows no colour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from duedesk.desk import format as written
from duedesk.desk.tables.columns import CURRENCY, Column, Shown
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.filters import Value
from duedesk.domain.invoice import SettlementStatus
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists.listing import ListRow

OVERDUE, STATUS, LEVEL = "DaysInvoiceOverdue", "Status", "DunningLevel"

_PARENTS = ("Invoice", "CreditMemo", "Payment")
"""Whose currency a record is in that has none of its own, by the name of the reference."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One record, its values in the order of the columns, written and as they are.

    `bucket` is the place of its bucket among the default ones; None where nothing is open. `status` is the state it is
    in, whatever its columns; `level` how far it is dunned.
    """

    key: int
    texts: tuple[str, ...]
    values: tuple[Value, ...] = ()
    currency: str = ""
    bucket: int | None = None
    status: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class GroupHead:
    """The head of a group as it is written: what it is, how many, and what they add up to in each currency.

    The sums are amounts with their currencies: of what is open, or of the whole where nothing is.
    """

    label: str
    count: str
    sums: tuple[tuple[str, str], ...] = ()
    are_open: bool = True
    is_folded: bool = True

    @property
    def others(self) -> str:
        """Give the sums behind the first in words; empty where there is one."""
        more = [f"{amount} {currency}" for amount, currency in self.sums[1:]]
        return f"and {', '.join(more)}" if more else ""

    @property
    def aloud(self) -> str:
        """Give it as it is read out."""
        state = "folded" if self.is_folded else "unfolded"
        return ", ".join(part for part in (self.label, self.count, *map(" ".join, self.sums), state) if part)


@cache
def needed_beside(object_name: str) -> tuple[str, ...]:
    """Give the paths that are read with every record of an object, whatever its columns: as far as it has them."""
    described = CATALOG.object(object_name)
    beside = [name for name in (CURRENCY, OVERDUE, STATUS, LEVEL) if described.has_field(name)]
    if CURRENCY not in beside:
        steps = {field.relationship: field.refers_to[0] for field in described.fields if field.refers_to}
        known = [one for one in _PARENTS if CATALOG.has(steps.get(one, ""))]
        beside += [f"{known[0]}.{CURRENCY}"] if known else []
    return tuple(beside)


def paths_of(columns: Sequence[Column], object_name: str) -> tuple[str, ...]:
    """Give the paths to read for columns: theirs, then what their cells need beside."""
    return (*(column.path for column in columns), *needed_beside(object_name))


def shown_rows(rows: Iterable[ListRow], columns: Sequence[Column], object_name: str) -> list[ShownRow]:
    """Write rows that were read by `paths_of` these columns."""
    width, beside = len(columns), needed_beside(object_name)
    at_currency = next((width + at for at, path in enumerate(beside) if path.endswith(CURRENCY)), None)
    at_overdue = width + beside.index(OVERDUE) if OVERDUE in beside else None
    at_status = width + beside.index(STATUS) if STATUS in beside else None
    at_level = width + beside.index(LEVEL) if LEVEL in beside else None
    made = []
    for row in rows:
        values = row.values
        code = "" if at_currency is None else str(values[at_currency] or "")
        status = "" if at_status is None else str(values[at_status] or "")
        overdue = None if at_overdue is None else values[at_overdue]
        texts = tuple([_text(column, value, code, status) for column, value in zip(columns, values, strict=False)])
        bucket = DEFAULT_BUCKETS.index(overdue) if isinstance(overdue, int) else None
        level = 0 if at_level is None else values[at_level]
        made.append(
            ShownRow(row.key, texts, values[:width], code, bucket, status, level if isinstance(level, int) else 0)
        )
    return made


def _text(column: Column, value: Value, currency: str, status: str) -> str:
    if column.shown is Shown.DAYS:
        return written.days(value) if isinstance(value, int) else ""
    if column.shown is Shown.LEVEL:
        return str(value) if value else ""
    if column.shown is Shown.STATUS:
        # What is no debt (a draft, a voided invoice) is told by its status: it is not settled in any way.
        is_debt = value and value != SettlementStatus.NOT_APPLICABLE
        return str(value if is_debt else status).capitalize()
    return written.value(value, column.kind, currency)
