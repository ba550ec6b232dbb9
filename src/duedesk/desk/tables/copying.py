"""Rows as text for the clipboard: for a sheet to calculate with, and for a letter to be pasted into; it copies nothing.

Text that a sheet would take for a formula is marked as text: names come from outside.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO

from duedesk.desk import format as written
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBERS = {Kind.CURRENCY, Kind.DOUBLE, Kind.PERCENT, Kind.INT}


@dataclass(frozen=True, slots=True)
class Copied:
    """The same rows three times: `text` with tabs, `html` as a table, `csv` with commas."""

    text: str
    html: str
    csv: str = ""


def copied(rows: Sequence[ShownRow], columns: Sequence[Column]) -> Copied:
    """Write rows under their labels, numbers without grouping, dates as ISO 8601."""
    head = [column.label for column in columns]
    body = [
        [written.raw(value, column.kind, row.currency) for value, column in zip(row.values, columns, strict=True)]
        for row in rows
        if row.values
    ]
    text = "\n".join("\t".join(line) for line in (head, *(_plain_cells(cells, columns) for cells in body)))
    lines = ["<tr>" + "".join(f"<th>{escape(label)}</th>" for label in head) + "</tr>"]
    lines += ["<tr>" + "".join(map(_html_cell, cells, columns)) + "</tr>" for cells in body]
    return Copied(text + "\n", f"<table>{''.join(lines)}</table>", _csv(head, body, columns))


def _csv(head: Sequence[str], body: Sequence[Sequence[str]], columns: Sequence[Column]) -> str:
    """Write rows as RFC 4180 has it; what a sheet would take for a formula is marked as in the text with tabs."""
    made = StringIO()
    writing = csv.writer(made)
    writing.writerow(head)
    writing.writerows([_safe(cell, column) for cell, column in zip(cells, columns, strict=True)] for cells in body)
    return made.getvalue()


def _plain_cells(cells: Sequence[str], columns: Sequence[Column]) -> list[str]:
    return [_plain_cell(cell, column) for cell, column in zip(cells, columns, strict=True)]


def _plain_cell(cell: str, column: Column) -> str:
    safe = _safe(cell, column)
    if column.kind in _NUMBERS:
        return safe
    return '"' + safe.replace('"', '""') + '"' if re.search('[\t\r\n"]', safe) else safe


def _safe(cell: str, column: Column) -> str:
    return f"'{cell}" if column.kind not in _NUMBERS and _FORMULA.match(cell) else cell


def _html_cell(cell: str, column: Column) -> str:
    if column.kind in _NUMBERS or column.kind in {Kind.DATE, Kind.DATETIME}:
        return f"<td>{escape(cell)}</td>"
    return f"<td style=\"mso-number-format:'\\@'\">{escape(cell)}</td>"
