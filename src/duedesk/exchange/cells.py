"""What stands in the cells of a file, CSV or spreadsheet, before anyone says what it means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import NamedTuple, TypeAlias, overload

SHOWN = 60
"""Characters of a value that a message repeats."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a spreadsheet as its XML writes it; `digits` is the width of a format such as 00000."""

    raw: str
    digits: int = 0

    @property
    def amount(self) -> Decimal:
        """Give the number to the 15 digits a spreadsheet keeps: 119.05000000000001 was 119.05."""
        exact = Decimal(self.raw)
        if not exact or len(exact.as_tuple().digits) <= 15:
            return exact
        return exact.quantize(Decimal(1).scaleb(exact.adjusted() - 14)).normalize()


@dataclass(frozen=True, slots=True)
class Moment:
    """A number of a spreadsheet that is shown as a date."""

    value: datetime


@dataclass(frozen=True, slots=True)
class Truth:
    """TRUE or FALSE of a spreadsheet."""

    value: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that holds no value: an error, a formula never calculated, a text no spreadsheet can hold."""

    shown: str
    why: str


Cell: TypeAlias = str | Figure | Moment | Truth | Broken


class Row(NamedTuple):
    """One row of a file: the line a person sees it on, its cells, and what is wrong with it as a whole."""

    number: int
    cells: Sequence[Cell]
    fault: str = ""
    remedy: str = ""
    calculated: tuple[int, ...] = ()
    """Positions of cells that hold a formula's stored result."""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of one width that stand line after line and each on one: the line of the first, and their columns."""

    number: int
    columns: Sequence[Sequence[str]]

    def __len__(self) -> int:
        """Give how many rows there are."""
        return len(self.columns[0])

    def text(self, place: int) -> str:
        """Give a column as one text, a line a cell."""
        return self.columns.texts[place] if isinstance(self.columns, Columns) else "\n".join(self.columns[place])

    def packed(self) -> "Run":
        """Give the same rows as texts of their columns."""
        return Run(self.number, Columns(["\n".join(column) for column in self.columns]))

    def afresh(self) -> "Run":
        """Give the same rows, with nothing cut yet of columns that are texts."""
        return Run(self.number, Columns(self.columns.texts)) if isinstance(self.columns, Columns) else self

    def each(self) -> Iterator[Row]:
        """Give them one at a time."""
        return (Row(number, cells) for number, cells in enumerate(zip(*self.columns, strict=True), self.number))

    def row(self, place: int) -> Row:
        """Give one of them."""
        return Row(self.number + place, [column[place] for column in self.columns])

    def part(self, begin: int, end: int | None = None) -> "Run":
        """Give those from one place to before another."""
        return Run(self.number + begin, [column[begin:end] for column in self.columns])

    def goes_on_in(self, other: "Run") -> bool:
        """Tell whether another stands right below it and is as wide."""
        return self.number + len(self) == other.number and len(self.columns) == len(other.columns)

    @staticmethod
    def joined(runs: Sequence["Run"]) -> "Run":
        """Make one of several that stand below each other."""
        if len(runs) == 1:
            return runs[0]
        each = zip(*(run.columns for run in runs), strict=True)
        return Run(runs[0].number, [list(chain.from_iterable(columns)) for columns in each])


class Columns(Sequence[Sequence[str]]):
    """Columns kept as one text each, a line a cell: a fifth of the room, and cut when they are looked at."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._cut: dict[int, list[str]] = {}

    def __len__(self) -> int:
        """Give how many columns there are."""
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        """Give the cells of a column."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        cells = self._cut.get(place)
        if cells is None:
            cells = self._cut[place] = self.texts[place].split("\n")
        return cells


def shown(cell: Cell) -> str:
    """Give a cell as a person sees it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Figure):
        return figure_text(cell)
    if isinstance(cell, Moment):
        moment = cell.value
        midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        return moment.date().isoformat() if midnight else moment.isoformat(" ", "seconds")
    if isinstance(cell, Truth):
        return "TRUE" if cell.value else "FALSE"
    return cell.shown


def figure_text(figure: Figure) -> str:
    """Write a number of a spreadsheet without an exponent, with the zeros its format puts in front."""
    amount = figure.amount
    text = f"{amount.normalize() if amount == amount.to_integral_value() else amount:f}"
    return text.zfill(figure.digits) if text.isdigit() else text


def quoted(text: str) -> str:
    """Repeat a value in a message: in quotes, cut where it is long, nothing in it that a screen would obey."""
    visible = "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in text[: SHOWN + 1])
    return f"“{visible[:SHOWN]}…”" if len(text) > SHOWN else f"“{visible}”"


def is_blank(cells: Sequence[Cell]) -> bool:
    """Tell whether nothing stands in a row."""
    return not any(not isinstance(cell, str) or cell.strip() for cell in cells)
