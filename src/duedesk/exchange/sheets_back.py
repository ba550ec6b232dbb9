"""The sheets of a file that comes back, Excel, OpenDocument or CSV, read for the sake of a few marked columns.

Which row is the headings of a table, and what is taken of a row, a `Taker` says. Of a workbook of any length only the
rows with something in a marked column are held.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Protocol

from duedesk.domain.days import parse_moment
from duedesk.domain.errors import RequestError
from duedesk.exchange.cells import Cell, Row
from duedesk.exchange.csv_file import open_csv
from duedesk.exchange.dates import DayOrder, OrderEvidence
from duedesk.exchange.encoding import read_facts
from duedesk.exchange.gate import Admitted, FileKind
from duedesk.exchange.long_sheets import LongSheets, Part
from duedesk.exchange.ods_file import OdsSheets
from duedesk.exchange.rejected import safe_cell
from duedesk.exchange.xlsx_parts import read_parts
from duedesk.exchange.xml_parts import Handlers, Package

LATEST_HEAD = 60
"""Rows above a table: a title, the day, the filter, a summary."""

DAYS = ("Date", "Due date")
"""Columns of a table that hold days of documents."""


class Taker(Protocol):
    """Takes the rows of the tables it knows by their headings."""

    seen: int
    """Rows of tables, with and without anything in a marked column."""

    def head(self, sheet: str, row: Row) -> dict[str, int] | None:
        """Give where the columns stand if a row is the headings of a table."""

    def take(self, sheet: str, row: Row, places: dict[str, int]) -> None:
        """Take a row of a table."""

    def heed(self, order: DayOrder | None) -> None:
        """Hear in which order a file writes day and month, where that is proven."""

    def count_days_from(self, *, is_1904: bool) -> None:
        """Hear from when a workbook counts its days."""


def read_sheets(
    file: Admitted, into: Taker, marked: Sequence[str], heard: Callable[[], None]
) -> tuple[int, datetime | None]:
    """Read all tables of a file; give how many there are, and when it was made where it says so."""
    if file.kind is FileKind.CSV:
        return _read_csv(file, into, heard), None
    package = Package(file.path)
    if file.kind is FileKind.ODS:
        return _read_ods(package, into, heard), _made_at(package, "meta.xml", "creation-date")
    return _read_xlsx(package, into, marked, heard), _made_at(package, "docprops/core.xml", "created")


def _read_xlsx(package: Package, into: Taker, marked: Sequence[str], heard: Callable[[], None]) -> int:
    """Read the tables of a workbook, and count them: first where their headings stand, then what was typed below."""
    parts = read_parts(package, with_texts=False)
    into.count_days_from(is_1904=parts.counts_from_1904)
    tables: list[Part] = []
    places: dict[str, dict[str, int]] = {}
    for part, rows in LongSheets(parts, heard).rows([Part(one, until=LATEST_HEAD) for one in parts.sheets]):
        for row in rows:
            if found := into.head(part.info.name, row):
                columns = frozenset(at for heading, at in found.items() if heading not in DAYS)
                asked = frozenset(found[heading] for heading in marked if heading in found)
                tables.append(Part(part.info, columns, asked, below=row.number))
                places[part.info.part] = found
                break
    sheets = LongSheets(parts, heard)
    for part, rows in sheets.rows(tables):
        for row in rows:
            into.take(part.info.name, row, places[part.info.part])
    into.seen += sheets.seen
    return len(tables)


def _read_ods(package: Package, into: Taker, heard: Callable[[], None]) -> int:
    count = 0
    for name, rows in groupby(OdsSheets(package, heard).rows(), lambda one: one[0]):
        count += _read(into, name, (row for _, row in rows))
    return count


def _read_csv(file: Admitted, into: Taker, heard: Callable[[], None]) -> int:
    """Read a CSV, of which texts that might have been formulas begin with an apostrophe.

    A program that saved it wrote all its days its own way: which way, those of the documents prove.
    """
    text = open_csv(file, read_facts(file, None, heard), None, heard)
    into.heed(_order_of(text.rows(), into).order)
    rows = text.rows()
    return int(_read(into, "", (row._replace(cells=[_bared(cell) for cell in row.cells]) for row in rows)))


def _order_of(rows: Iterator[Row], into: Taker) -> OrderEvidence:
    evidence, places = OrderEvidence(), None
    for row in rows:
        if places is None:
            places = into.head("", row) if row.number <= LATEST_HEAD else {}
            continue
        for at in (places[name] for name in DAYS if name in places):
            if at < len(row.cells) and isinstance(cell := row.cells[at], str):
                evidence.see(row.number, cell.strip())
    return evidence


def _bared(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith("'") and safe_cell(cell[1:]) == cell:
        return cell[1:]
    return cell


def _read(into: Taker, sheet: str, rows: Iterator[Row]) -> bool:
    """Read a sheet row by row; tell whether it has a table."""
    places: dict[str, int] | None = None
    for row in rows:
        if places is None:
            if row.number > LATEST_HEAD:
                return False
            places = into.head(sheet, row)
            continue
        into.seen += 1
        into.take(sheet, row, places)
    return places is not None


def _made_at(package: Package, properties: str, called: str) -> datetime | None:
    """Give when the workbook was made, which spreadsheet programs keep as they save it."""
    part = next((one for one in package.parts() if one.casefold().lstrip("/") == properties), None)
    if part is None:
        return None
    pieces: list[str] = []
    inside: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        inside.append(tag)

    def end(_: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        if inside and inside[-1] == called and len(pieces) < 100:
            pieces.append(piece)

    package.parse_whole(part, Handlers(start, end, text))
    try:
        return parse_moment("".join(pieces).strip())
    except RequestError:
        return None
