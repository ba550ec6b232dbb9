"""The rows of a table as CSV: headings, ISO dates, plain numbers, texts no spreadsheet takes for formulas; no sums."""

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from duedesk.domain.money import plain
from duedesk.exchange.files import write_safely
from duedesk.exchange.rejected import safe_cell
from duedesk.exchange.sheet_stream import Formula, Value
from duedesk.exchange.workbooks.specs import Column, Kind, Row, TableSheet
from duedesk.exchange.workbooks.written_table import place_of


def write_plain_rows(path: Path, spec: TableSheet, rows: Iterable[Row]) -> int:
    """Write a file whole or not at all, and give how many rows it has; RequestError where the disk refuses."""
    place = place_of(spec.columns, spec.currency) if spec.currency and not spec.fixed_currency else None
    count = 0
    with write_safely(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.heading for column in spec.columns])
        for row in rows:
            currency = spec.fixed_currency if place is None else str(row[place] or "")
            cells = zip(spec.columns, row, strict=False)  # a row may carry its key behind
            writer.writerow([_plain(column, value, currency) for column, value in cells])
            count += 1
    return count


def _plain(column: Column, value: Value, currency: str) -> str:
    match value:
        case None:
            return ""
        case Formula():
            return _plain(column, value.value, currency)
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value, currency) if column.kind is Kind.MONEY else f"{value.normalize():f}"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case int():
            return str(value)
    return safe_cell(value)
