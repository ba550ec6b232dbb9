"""The rows below a header, held against its width; control sums are told apart; no cell has a meaning yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from duedesk.domain.names import tidy
from duedesk.exchange.cells import Cell, Row, Run, is_blank, shown
from duedesk.exchange.headers import Header

_CONTROL = re.compile(r"#\s*(sum|total|checksum|control|count|rows|records)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |sub)?(?:total|totals|sum|summe|gesamt|gesamtsumme|gesamtbetrag|totaal|totale|suma|somme)\s*:?\Z",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(r"(?:grand )?total\b", re.IGNORECASE)
_MARKED = {"", "#", " "}
"""How the first cell of a control line may begin."""

_COUNTS = {"count", "rows", "records"}


class RowSource(Protocol):
    """Anything that gives rows, any number of times."""

    @property
    def row_count(self) -> int:
        """Give about how many rows there are."""

    def rows(self) -> Iterator[Row]:
        """Give the rows that hold anything."""

    def runs(self) -> Iterator[Run | Row]:
        """Give the same rows, as many at a time as stand line after line."""


@dataclass(frozen=True, slots=True)
class Control:
    """A line that is no data: the file's own total or number of rows, as `#SUM,356.99`, or its headers once more."""

    row: int
    label: str
    cells: tuple[Cell, ...]
    is_count: bool = False
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a file, which may be gone through any number of times."""

    source: RowSource
    header: Header
    is_csv: bool
    skips_hidden: bool = False
    is_report: bool = False
    """Lines stand above the header, so that titles and subtotals may stand among the rows."""

    def rows(self) -> Iterator[Row | Control]:
        """Give the data rows in order, and the control lines where they stand."""
        for item in self.runs():
            if isinstance(item, Run):
                yield from item.each()
            else:
                yield item

    def runs(self) -> Iterator[Run | Row | Control]:
        """Give the same, as many rows at a time as stand line after line and need no second look."""
        held: Run | Row | None = None
        for item in self._parts():
            if held is not None:
                yield held if isinstance(held, Run) else self._judged(held)
            held = item
        if isinstance(held, Run):
            if len(held) > 1:
                yield held.part(0, -1)
            held = held.row(len(held) - 1)
        if held is not None:
            yield self._judged(held, is_last=True)

    def _parts(self) -> Iterator[Run | Row]:
        """Give what stands below the header: runs that need no second look, and all other rows one by one."""
        for item in self.source.runs():
            if isinstance(item, Run):
                above = max(self.header.row - item.number + 1, 0)
                run = item.part(above) if above else item
                if len(run) and self._is_plain(run):
                    yield run
                    continue
            for row in item.each() if isinstance(item, Run) else (item,):
                if row.number <= self.header.row or (row.is_hidden and self.skips_hidden):
                    continue
                if not (self.is_report and is_outline(row)):
                    yield row

    def _is_plain(self, run: Run) -> bool:
        """Tell whether the rows are as wide as the header, and none may be a control line, a title or the headers."""
        if self.is_report or len(run.columns) != len(self.header.names):
            return False
        firsts = set(run.columns[0])
        if self.header.names[0] in firsts:
            return False
        if {first[:1] for first in firsts}.isdisjoint(_MARKED):
            return True
        marked = (row for row in run.each() if str(row.cells[0])[:1] in _MARKED)
        return not any(_control(row, is_last=False) for row in marked)

    def _judged(self, row: Row, *, is_last: bool = False) -> Row | Control:
        first = row.cells[0] if row.cells else ""
        if is_last or not isinstance(first, str) or first[:1] in _MARKED:
            control = _control(row, is_last=is_last)
            if control is not None:
                return control
        if first == self.header.names[0] and self._repeats_header(row):
            return Control(row.number, str(first), tuple(row.cells), is_header=True)
        return row if row.fault else self._fitted(row)

    def _repeats_header(self, row: Row) -> bool:
        """Tell whether the headers stand here again, as where files were put one behind the other."""
        names = [tidy(shown(cell)) for cell in row.cells]
        return self.header.row > 0 and self.header.width > 1 and tuple(names) == self.header.names

    def _fitted(self, row: Row) -> Row:
        """Hold a row against the header; a sheet leaves out empty cells, a CSV file has no reason to."""
        names, cells = self.header.names, row.cells
        if len(cells) == len(names):
            return row
        if len(cells) < len(names):
            if self.is_csv and len(cells) < self.header.width:
                return row._replace(
                    fault=f"{len(cells)} of {self.header.width} columns",
                    remedy="A line may be broken in two, or a delimiter missing.",
                )
            return row._replace(cells=[*cells, *[""] * (len(names) - len(cells))])
        if self.is_csv and not is_blank(cells[len(names) :]):
            return row._replace(
                fault=f"{len(cells)} columns, and the header has {len(names)}",
                remedy="A text that holds the delimiter needs quotes around it.",
            )
        return row._replace(cells=cells[: len(names)])


def is_outline(row: Row) -> bool:
    """Tell whether a line of a report is a title, a subtotal or a remark: one cell, or one that says `Total for`."""
    said = [text for cell in row.cells if (text := shown(cell).strip())]
    return len(said) == 1 or (bool(said) and _SUBTOTAL.match(said[0]) is not None)


def _control(row: Row, *, is_last: bool) -> Control | None:
    """Tell whether a line is the file's own sum: marked as one anywhere, or called a total at the end."""
    label = next((text for cell in row.cells if (text := shown(cell).strip())), "")
    marked = _CONTROL.match(label)
    if marked is None and not (is_last and _TOTAL.match(label)):
        return None
    is_count = marked is not None and marked[1].casefold() in _COUNTS
    return Control(row.number, label, tuple(row.cells), is_count)
