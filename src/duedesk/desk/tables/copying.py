"""Rows as text for the clipboard: for a sheet to calculate with, and for a letter to be pasted into; it copies nothing.

Text that a sheet would take for a formula is marked as text: names come from outside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from duedesk.desk import format as written
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBERS = {Kind.CURRENCY, Kind.DOUBLE, Kind.PERCENT, Kind.INT}


@dataclass(frozen=True, slots=True)
class Copied:
    """The same rows twice: `text` with tabs, `html` as a table."""

    text: str
    html: str


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
    return Copied(text + "\n", f"<table>{''.join(lines)}</table>")


def _plain_cells(cells: Sequence[str], columns: Sequence[Column]) -> list[str]:
    return [_plain_cell(cell, column) for cell, column in zip(cells, columns, strict=True)]


def _plain_cell(cell: str, column: Column) -> str:
    if column.kind in _NUMBERS:
        return cell
    safe = f"'{cell}" if _FORMULA.match(cell) else cell
    return '"' + safe.replace('"', '""') + '"' if re.search('[\t\r\n"]', safe) else safe


def _html_cell(cell: str, column: Column) -> str:
    if column.kind in _NUMBERS or column.kind in {Kind.DATE, Kind.DATETIME}:
        return f"<td>{escape(cell)}</td>"
    return f"<td style=\"mso-number-format:'\\@'\">{escape(cell)}</td>"
