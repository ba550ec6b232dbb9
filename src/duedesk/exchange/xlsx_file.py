"""Rows of an Excel sheet, streamed from its XML: stored values only, no formula is calculated and no link followed.

The parser is our own because a number must keep the digits that were written, a hidden row and a formula must be
known as such, and a sheet that lies about its size must cost nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duedesk.exchange.cells import Cell, Row, is_blank
from duedesk.exchange.faults import FileRefused
from duedesk.exchange.xlsx_cells import CellValues, all_texts, too_long
from duedesk.exchange.xlsx_parts import LONGEST_CELL, SheetInfo, WorkbookParts
from duedesk.exchange.xml_parts import Handlers

MOST_ROWS = 1_048_576
MOST_COLUMNS = 4_096
MOST_CELLS = 5_000_000
_MOST_PLACES = 30_000_000
"""Cells and the gaps between them: a sheet with one cell far to the right in every row."""

_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class XlsxSheet:
    """A sheet that may be read any number of times."""

    parts: WorkbookParts
    info: SheetInfo
    row_count: int
    hears: Callable[[], None]

    def rows(self) -> Iterator[Row]:
        """Give the rows that hold anything, the hidden ones marked; FileRefused where the sheet is damaged."""
        reader = _SheetReader(self.parts)
        handlers = Handlers(reader.start, reader.end, reader.text)
        for _ in self.parts.package.parse(self.info.part, handlers):
            self.hears()
            yield from reader.rows
            reader.rows.clear()

    def runs(self) -> Iterator[Row]:
        """Give the same rows: those of a sheet come one at a time."""
        return self.rows()


class _SheetReader:
    """Puts the cells of a sheet together from what the parser tells."""

    def __init__(self, parts: WorkbookParts) -> None:
        self._parts = parts
        self._values = CellValues(parts, all_texts(parts))
        self.rows: list[Row] = []
        self._in_data = False
        self._in_cell = False
        self._hides_rows = False
        self._number = 0
        self._is_hidden = False
        self._cells: list[Cell] = []
        self._calculated: list[int] = []
        self._column = 0
        self._kind = ""
        self._style = ""
        self._formula: str | None = None
        self._value: str | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._reading = ""
        self._cell_count = 0
        self._places = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c" and self._in_data:
            self._start_cell(attributes)
        elif tag in {"v", "t", "f", "rPh"} and self._in_cell:
            if self._reading != "rPh":  # a reading aid for names in Japanese is no part of them
                self._reading = tag
                if tag != "t":
                    self._pieces.clear()
                    self._length = 0
        elif tag == "row" and self._in_data:
            self._start_row(attributes)
        elif tag == "sheetData":
            self._in_data = True
        elif tag == "sheetFormatPr":
            self._hides_rows = attributes.get("zeroHeight") in {"1", "true"}

    def end(self, tag: str) -> None:
        if not self._in_data:
            return
        if tag == "c" and self._in_cell:
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == self._reading:
            if tag == "v":
                self._value = "".join(self._pieces)
            elif tag == "f":
                self._formula = "".join(self._pieces)
                self._pieces.clear()
                self._length = 0
            self._reading = ""
        elif tag == "sheetData":
            self._in_data = False

    def text(self, piece: str) -> None:
        if self._reading in {"v", "t", "f"}:
            if self._length <= LONGEST_CELL:
                self._pieces.append(piece[:LONGEST_CELL])
            self._length += len(piece)

    def _start_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        number = self._number + 1
        if said is not None:
            number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
        if not self._number < number <= MOST_ROWS:
            raise self._parts.package.damaged()
        self._number = number
        height = attributes.get("ht", "")
        self._is_hidden = attributes.get("hidden") in {"1", "true"} or height in {"0", "0.0"}
        if self._hides_rows and "hidden" not in attributes and not height:
            self._is_hidden = True
        self._cells = []
        self._calculated = []
        self._column = 0

    def _end_row(self) -> None:
        if not is_blank(self._cells):
            self._places += len(self._cells)
            if self._places > _MOST_PLACES:
                raise self._too_large()
            calculated = tuple(self._calculated)
            self.rows.append(Row(self._number, self._cells, calculated=calculated, is_hidden=self._is_hidden))
        self._cells = []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell_count += 1
        if self._cell_count > MOST_CELLS:
            raise self._too_large()
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            match = _PLACE.match(place)
            column = column_number(match[1]) if match else 0
            if column <= self._column:
                raise self._parts.package.damaged()
            self._column = column
        self._in_cell = True
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._formula = self._value = None
        self._pieces.clear()
        self._length = 0
        self._reading = ""

    def _end_cell(self) -> None:
        self._in_cell = False
        self._reading = ""
        cell = self._cell()
        if cell == "" or self._column > MOST_COLUMNS:  # far to the right stands nothing that belongs to a table
            return
        self._cells.extend([""] * (self._column - 1 - len(self._cells)))
        self._cells.append(cell)
        if self._formula is not None:
            self._calculated.append(self._column - 1)

    def _cell(self) -> Cell:
        if self._length > LONGEST_CELL:
            return too_long("".join(self._pieces), self._length)
        value = "".join(self._pieces) if self._kind == "inlineStr" else self._value
        return self._values.cell(self._kind, self._style, value, self._formula)

    def _too_large(self) -> FileRefused:
        name = self._parts.package.name
        return FileRefused(name, f"{name} holds more than {MOST_CELLS:,} cells.", "Split it, or save it as .csv.")


def column_number(letters: str) -> int:
    """Give the number of a column by its letters: 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
