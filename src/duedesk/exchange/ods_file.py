"""Rows of an OpenDocument sheet, streamed from its XML: stored values only, no formula is calculated."""

from collections.abc import Callable, Iterator

from duedesk.exchange.cells import Broken, Cell, Figure, Row, Truth, is_blank
from duedesk.exchange.xlsx_cells import NUMBER, iso_moment, too_long
from duedesk.exchange.xlsx_file import MOST_COLUMNS, MOST_ROWS
from duedesk.exchange.xlsx_parts import LONGEST_CELL
from duedesk.exchange.xml_parts import Handlers, Package

_CONTENT = "content.xml"
_NUMBERS = {"float", "currency", "percentage"}
_BESIDE = {"annotation", "shapes", "frame", "custom-shape", "ruby-text"}
"""What hangs on a cell and is none of its text."""


class OdsSheets:
    """The sheets of an OpenDocument file; a file that is damaged is refused as it is read."""

    def __init__(self, package: Package, heard: Callable[[], None]) -> None:
        self._package, self._heard = package, heard

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Give the rows of all sheets that hold anything, each with the name of its sheet."""
        reader = _Reader(self._package)
        handlers = Handlers(reader.start, reader.end, reader.text)
        for _ in self._package.parse(_CONTENT, handlers):
            self._heard()
            yield from reader.found
            reader.found.clear()


class _Reader:
    """Puts rows together from what the parser tells."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.found: list[tuple[str, Row]] = []
        self._sheet = ""
        self._number = self._row_repeats = self._cell_repeats = 0
        self._cells: list[Cell] = []
        self._width = 0
        self._attributes: dict[str, str] | None = None
        self._pieces: list[str] = []
        self._length = self._beside = self._paragraphs = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins."""
        said = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "table" and self._attributes is None:
            self._sheet, self._number = said.get("name", ""), 0
        elif tag == "table-row":
            self._cells, self._width = [], 0
            self._row_repeats = self._count(said.get("number-rows-repeated"), MOST_ROWS)
        elif tag in {"table-cell", "covered-table-cell"}:
            self._attributes = said
            self._cell_repeats = self._count(said.get("number-columns-repeated"), 1 << 24)
            self._pieces, self._length, self._beside, self._paragraphs = [], 0, 0, 0
        elif tag in _BESIDE:
            self._beside += 1
        elif self._attributes is not None and not self._beside:
            self._start_text(tag, said)

    def _start_text(self, tag: str, said: dict[str, str]) -> None:
        if tag == "p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._add("\n")
        elif tag == "s":
            self._add(" " * self._count(said.get("c"), LONGEST_CELL))
        elif tag in {"tab", "line-break"}:
            self._add("\t" if tag == "tab" else "\n")

    def end(self, tag: str) -> None:
        """Hear that an element ends."""
        if tag in _BESIDE:
            self._beside -= 1
        elif tag in {"table-cell", "covered-table-cell"} and self._attributes is not None:
            self._end_cell(self._attributes)
        elif tag == "table-row":
            self._end_row()

    def text(self, piece: str) -> None:
        """Hear a text."""
        if self._attributes is not None and self._paragraphs and not self._beside:
            self._add(piece)

    def _add(self, piece: str) -> None:
        if self._length <= LONGEST_CELL:
            self._pieces.append(piece[:LONGEST_CELL])
        self._length += len(piece)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        cell = self._cell(attributes)
        if cell != "" and self._width < MOST_COLUMNS:  # far to the right stands nothing that belongs to a table
            self._cells.extend([""] * (self._width - len(self._cells)))
            self._cells.extend([cell] * min(self._cell_repeats, MOST_COLUMNS - self._width))
        self._width += self._cell_repeats
        self._attributes = None

    def _end_row(self) -> None:
        if is_blank(self._cells):
            self._number += self._row_repeats
            return
        for _ in range(self._row_repeats):
            self._number += 1
            if self._number > MOST_ROWS:
                raise self._package.damaged()
            self.found.append((self._sheet, Row(self._number, self._cells)))

    def _cell(self, attributes: dict[str, str]) -> Cell:
        kind, text = attributes.get("value-type", ""), "".join(self._pieces)
        if self._length > LONGEST_CELL:
            return too_long(text, self._length)
        if text.startswith(("#", "Err:")) and kind in {"", "string", "float"} and "formula" in attributes:
            return Broken(text, "is an error of the spreadsheet")
        if kind in _NUMBERS:
            return _figure(attributes.get("value", ""), text)
        if kind == "date":
            return iso_moment(attributes.get("date-value", ""), text)
        if kind == "boolean":
            return Truth(attributes.get("boolean-value") == "true")
        return text

    def _count(self, said: str | None, most: int) -> int:
        if said is None:
            return 1
        if not (said.isascii() and said.isdigit() and len(said) < 9):
            raise self._package.damaged()
        return min(int(said), most)


def _figure(value: str, text: str) -> Cell:
    if not NUMBER.match(value):
        return Broken(text or value, "is no number, though the spreadsheet says so")
    digits = len(text) if text.isascii() and text.isdigit() and text.startswith("0") else 0
    return Figure(value, digits)
