"""Rows of Excel sheets of any length, read for the sake of a few columns: memory holds only rows that have something.

What is looked for stands in the columns `asked`; a row without anything there is passed over. Texts that sheets share
are picked out afterwards, as there may be millions of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers.expat import XMLParserType

from openpyxl.utils import get_column_letter

from duedesk.exchange.cells import Cell, Row, is_blank
from duedesk.exchange.faults import FileRefused
from duedesk.exchange.row_sieve import RowSieve
from duedesk.exchange.xlsx_cells import CellValues, place_of, too_long
from duedesk.exchange.xlsx_file import MOST_COLUMNS, MOST_ROWS, column_number
from duedesk.exchange.xlsx_parts import LONGEST_CELL, SheetInfo, WorkbookParts, chosen_texts

MOST_HELD = 200_000
"""Rows that have something in the columns asked for."""

_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """What is read of a sheet: columns from 0, those one of which must hold something, and the row it lies below.

    No columns at all means every one of them.
    """

    info: SheetInfo
    columns: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    below: int = 0
    until: int = MOST_ROWS


class _Raw(NamedTuple):
    kind: str
    style: str
    value: str | None
    formula: str | None
    length: int


@dataclass(slots=True)
class _Held:
    number: int
    cells: dict[int, _Raw] = field(default_factory=dict)


class LongSheets:
    """Reads parts of the sheets of a workbook; `seen` counts the rows that held anything where they were read."""

    def __init__(self, parts: WorkbookParts, heard: Callable[[], None]) -> None:
        self._parts, self._heard = parts, heard
        self.seen = 0

    def rows(self, wanted: Sequence[Part]) -> list[tuple[Part, list[Row]]]:
        """Give the rows of parts that have something where it is asked for, with the cells of their columns.

        FileRefused where a sheet is damaged, or more has something than is held at once.
        """
        held: list[tuple[Part, list[_Held]]] = []
        count = 0
        for part in wanted:
            reader = _Reader(self._parts, part)
            found: list[_Held] = []
            sieve = RowSieve(get_column_letter(place + 1) for place in part.asked) if part.asked else None
            for _ in self._parts.package.parse_bare(part.info.part, reader.begin, sieve):
                self._heard()
                found += reader.take()
                if count + len(found) > MOST_HELD:
                    raise self._too_much()
                if reader.is_over:
                    break
            else:
                found += reader.finish()
            self.seen += reader.seen + (0 if sieve is None else sieve.passed_over)
            count += len(found)
            held.append((part, found))
        places = {place for _, rows in held for row in rows for place in _shared(row)}
        texts = chosen_texts(self._parts, places, self._heard)
        values = CellValues(self._parts, texts.get)
        return [(part, [_row(row, values) for row in rows]) for part, rows in held]

    def _too_much(self) -> FileRefused:
        name = self._parts.package.name
        said = f"{name} has something typed in more than {MOST_HELD:,} rows."
        return FileRefused(name, said, "Take it back in parts: delete rows of a copy.")


def _shared(row: _Held) -> Iterator[int]:
    for raw in row.cells.values():
        if raw.kind == "s" and raw.value and (place := place_of(raw.value)) is not None:
            yield place


def _row(held: _Held, values: CellValues) -> Row:
    cells: list[Cell] = [""] * (max(held.cells, default=-1) + 1)
    for place, raw in held.cells.items():
        if raw.length > LONGEST_CELL:
            cells[place] = too_long(raw.value or "", raw.length)
        else:
            cells[place] = values.cell(raw.kind, raw.style, raw.value, raw.formula)
    return Row(held.number, [] if is_blank(cells) else cells)


class _Reader:
    """Listens to the parser: to every element's begin, and to ends and texts only inside a cell that is wanted."""

    def __init__(self, parts: WorkbookParts, part: Part) -> None:
        self._parts, self._part = parts, part
        self._parser: XMLParserType | None = None
        self._found: list[_Held] = []
        self._row: _Held | None = None
        self._number = self._column = 0
        self._columns: dict[str, int] = {}
        """The place of a column by its letters, below nothing where it is not wanted."""
        self._is_filled = False
        self._cell = _Cell()
        self.seen = 0
        self.is_over = False

    def begin(self, parser: XMLParserType) -> None:
        """Listen to a parser."""
        self._parser = parser
        parser.StartElementHandler = self._start

    def take(self) -> list[_Held]:
        """Give the rows that were found since the last time."""
        found, self._found = self._found, []
        return found

    def finish(self) -> list[_Held]:
        """Give what was found since the last time, when there is nothing more to come."""
        self._end_row()
        return self.take()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"}:
            self._is_filled = True
        elif name == "row":
            self._start_row(attributes)
        elif ":" in name:
            self._start(name.rpartition(":")[2], attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._end_row()
        said = attributes.get("r")
        number = self._number + 1
        if said is not None:
            number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
        if not self._number < number <= MOST_ROWS:
            raise self._parts.package.damaged()
        self._number, self._column = number, 0
        self.is_over = number > self._part.until
        self._row = _Held(number) if self._part.below < number <= self._part.until else None

    def _end_row(self) -> None:
        row, self._row = self._row, None
        if row is not None and self._is_filled:
            self.seen += 1
            asked = self._part.asked
            if not asked or any(place in row.cells for place in asked):
                self._found.append(row)
        self._is_filled = False

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row, parser = self._row, self._parser
        if row is None or parser is None:
            return
        place = self._place(attributes.get("r"))
        if place < 0:
            return
        if place in row.cells:
            raise self._parts.package.damaged()
        self._cell = _Cell(attributes.get("t", "n"), attributes.get("s", ""))
        parser.StartElementHandler = self._start_within
        parser.EndElementHandler = self._end_within
        parser.CharacterDataHandler = self._cell.text
        self._column = place + 1

    def _start_within(self, name: str, _: dict[str, str]) -> None:
        self._cell.start(name.rpartition(":")[2])

    def _end_within(self, name: str) -> None:
        if name.rpartition(":")[2] != "c":
            self._cell.end(name.rpartition(":")[2])
            return
        row, parser = self._row, self._parser
        if row is None or parser is None:
            return
        parser.StartElementHandler = self._start
        parser.EndElementHandler = parser.CharacterDataHandler = None
        if self._cell.is_filled:
            self._is_filled = True
            row.cells[self._column - 1] = self._cell.raw()

    def _place(self, said: str | None) -> int:
        """Give the place of a cell where its column is wanted, below nothing where it is not."""
        if said is None:
            self._column += 1
            return self._column - 1 if self._is_wanted(self._column - 1) else -1
        letters = said.rstrip("0123456789")
        place = self._columns.get(letters)
        if place is None:
            match = _PLACE.match(said)
            if match is None:
                raise self._parts.package.damaged()
            number = column_number(match[1])
            place = self._columns[letters] = number - 1 if self._is_wanted(number - 1) else -1
        return place

    def _is_wanted(self, place: int) -> bool:
        return place < MOST_COLUMNS and (not self._part.columns or place in self._part.columns)


class _Cell:
    """Puts together what stands in a cell."""

    def __init__(self, kind: str = "n", style: str = "") -> None:
        self._kind, self._style = kind, style
        self._value: str | None = None
        self._formula: str | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._reading = ""

    @property
    def is_filled(self) -> bool:
        """Tell whether anything stands in it."""
        return bool(self._value or self._pieces or self._formula is not None)

    def start(self, tag: str) -> None:
        if tag in {"v", "t", "f", "rPh"} and self._reading != "rPh":
            self._reading = tag
            if tag != "t":
                self._pieces.clear()
                self._length = 0

    def end(self, tag: str) -> None:
        if tag != self._reading:
            return
        if tag == "v":
            self._value = "".join(self._pieces)
        elif tag == "f":
            self._formula = "".join(self._pieces)
            self._pieces.clear()
            self._length = 0
        self._reading = ""

    def text(self, piece: str) -> None:
        if self._reading in {"v", "t", "f"}:
            if self._length <= LONGEST_CELL:
                self._pieces.append(piece[:LONGEST_CELL])
            self._length += len(piece)

    def raw(self) -> _Raw:
        value = "".join(self._pieces) if self._kind == "inlineStr" else self._value
        return _Raw(self._kind, self._style, value, self._formula, self._length)
