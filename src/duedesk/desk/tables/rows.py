"""The rows of a list as they are drawn: every value written once, behind the window; it knows no colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from duedesk.desk import format as written
from duedesk.desk.tables.columns import CURRENCY, OVERDUE, STATUS, Column, Shown
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.filters import Value
from duedesk.domain.invoice import SettlementStatus
from duedesk.store.queries.listing import ListRow

NEEDED = (CURRENCY, OVERDUE, STATUS)
"""Read with every invoice, whatever its columns."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One record, its values in the order of the columns, written and as they are.

    `bucket` is the place of its bucket among the default ones; None where nothing is open.
    """

    key: int
    texts: tuple[str, ...]
    values: tuple[Value, ...] = ()
    currency: str = ""
    bucket: int | None = None


def paths_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """Give the paths to read for columns: theirs, then what their cells need beside."""
    return (*(column.path for column in columns), *NEEDED)


def shown_row(row: ListRow, columns: Sequence[Column]) -> ShownRow:
    """Write a row that was read by `paths_of` these columns."""
    values = row.values[: len(columns)]
    currency, overdue, status = row.values[len(columns) :]
    code = str(currency or "")
    texts = tuple(_text(column, value, code, str(status or "")) for column, value in zip(columns, values, strict=True))
    bucket = DEFAULT_BUCKETS.index(overdue) if isinstance(overdue, int) else None
    return ShownRow(row.key, texts, values, code, bucket)


def _text(column: Column, value: Value, currency: str, status: str) -> str:
    if column.shown is Shown.DAYS:
        return written.days(value) if isinstance(value, int) else ""
    if column.shown is Shown.STATUS:
        # What is no debt (a draft, a voided invoice) is told by its status: it is not settled in any way.
        is_debt = value and value != SettlementStatus.NOT_APPLICABLE
        return str(value if is_debt else status).capitalize()
    return written.value(value, column.kind, currency)
