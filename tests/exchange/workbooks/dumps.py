"""A workbook as a text that people read and compare: a line for each row, what stands in it, how, and what it gives."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook


def dump(path: Path) -> str:
    """Write down every sheet but Read me; the format of a cell where it is not that of the cell above it."""
    book, results = load_workbook(path), load_workbook(path, data_only=True)
    return "\n".join(_lines(book, results)) + "\n"


def _lines(book: Workbook, results: Workbook) -> Iterator[str]:
    for sheet in book.worksheets:
        if sheet.title == "Read me":
            continue
        tables = ", ".join(f"{table.name} {table.ref}" for table in sheet.tables.values())
        yield f"[{sheet.title}]" + (f" {tables}" if tables else "")
        formats: dict[int, str] = {}
        for row in sheet.iter_rows():
            cells = [
                _said(cell, results[sheet.title][cell.coordinate].value, formats)
                for cell in row
                if cell.value is not None
            ]
            if cells:
                yield f"{row[0].row}: " + " | ".join(cells)
    for name, given in sorted(book.defined_names.items()):
        yield f"{name}: {given.attr_text}"


def _said(cell: Cell, result: object, formats: dict[int, str]) -> str:
    is_formula = cell.data_type == "f"
    said = f"{cell.column_letter} {cell.value if is_formula else _value(cell.value)}"
    if result != cell.value:
        said += f" -> {_value(result)}"
    if formats.get(cell.column, "General") != cell.number_format:
        formats[cell.column] = cell.number_format
        said += f" [{cell.number_format}]"
    return said


def _value(value: object) -> str:
    if isinstance(value, datetime) and not (value.hour or value.minute):
        return value.date().isoformat()
    if isinstance(value, date):
        return str(value)
    return repr(round(value, 6)) if isinstance(value, float) else repr(value)
