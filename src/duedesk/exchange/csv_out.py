"""Answers as CSV as Salesforce's Data Loader writes it: API names, ISO dates, true and false, nothing for null."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from duedesk.domain.catalog import Field
from duedesk.domain.filters import Value
from duedesk.domain.money import plain
from duedesk.exchange.files import write_safely
from duedesk.exchange.rejected import safe_cell

Cells = tuple[Sequence[Value], Sequence[str]]
"""The values of a row, and beside each the currency it is in."""


def write_csv(path: Path, names: Sequence[str], fields: Sequence[Field], rows: Iterable[Cells], *, raw: bool) -> int:
    """Write a file whole or not at all, and give how many rows it has.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, unless it is to stay `raw`.
    """
    count = 0
    with write_safely(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(names)
        for values, currencies in rows:
            cells = map(csv_value, fields, values, currencies)
            writer.writerow(cells if raw else map(_safe, values, cells))
            count += 1
    return count


def csv_value(field: Field, value: Value, currency: str) -> str:
    """Write what a field holds."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value, currency) if field.kind == "currency" else f"{value.normalize():f}"
        case datetime():
            moment = value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
            return f"{moment.removesuffix('000')}Z"  # thousandths, and more where there is more
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _safe(value: Value, cell: str) -> str:
    return safe_cell(cell) if isinstance(value, str) else cell
