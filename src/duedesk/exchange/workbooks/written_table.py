"""A table that has been written: what formulas call it by, and what they give; it writes nothing.

A table may lie on several sheets, each with an Excel table of its own; whatever is said of it covers all of them.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce

from openpyxl.utils import get_column_letter

from duedesk.domain.money import ZERO
from duedesk.exchange.sheet_stream import Formula, Value
from duedesk.exchange.workbooks.specs import Column, Kind, TableSheet

LINE = "Line"
"""The heading of the column that the kit adds for the number of the line a row stands in."""


@dataclass(slots=True)
class Part:
    """The part of a table that stands on one sheet."""

    sheet: str
    name: str
    rows: int = 0


@dataclass(slots=True)
class Line:
    """A line that rows stand in: its number, what tells it apart, its texts under `lines_by` and its currency."""

    number: int
    key: Hashable
    texts: tuple[Value, ...]
    currency: str


@dataclass(slots=True)
class WrittenTable:
    """What became of a `TableSheet`."""

    spec: TableSheet
    columns: tuple[Column, ...]
    parts: list[Part] = field(default_factory=list)
    lines: dict[Hashable, Line] = field(default_factory=dict)
    sums: dict[tuple[Value, ...], list[Decimal]] = field(default_factory=dict)
    """By line number, currency and the values of `tally_by`: how many rows, then the sum of each `total` column."""
    numbers: dict[int, int] = field(default_factory=dict)
    """By the number of a line, which it got as it came, the one it is shown by: its place on its summary."""
    too_long: int = 0

    @property
    def rows(self) -> int:
        """Give how many rows it has."""
        return sum(part.rows for part in self.parts)

    def letter(self, heading: str) -> str:
        """Give the letter of a column."""
        return get_column_letter(self.place(heading) + 1)

    def place(self, heading: str) -> int:
        """Give where a column stands, from 0."""
        return place_of(self.columns, heading)

    def refs(self, heading: str) -> list[str]:
        """Give what a column is called in formulas, once for each part."""
        self.place(heading)
        return [f"{part.name}[{_escaped(heading)}]" for part in self.parts]

    def sumifs(self, heading: str, *criteria: tuple[str, str], sign: str = "+") -> str:
        """Give the formula that adds a column up where columns are what is said; with no heading it counts rows.

        A criterion is a heading and what its cells are compared with, as it stands in a formula: `$A7`, `"EUR"`.
        With the `sign` of minus each sum is taken off what stands before it.
        """
        sums = []
        for place in range(len(self.parts)):
            picked = ",".join(f"{self.refs(name)[place]},{wanted}" for name, wanted in criteria)
            if heading and picked:
                sums.append(f"SUMIFS({self.refs(heading)[place]},{picked})")
            elif heading:
                sums.append(f"SUM({self.refs(heading)[place]})")
            elif picked:
                sums.append(f"COUNTIFS({picked})")
            else:
                sums.append(f"COUNTA({self.refs(self._always())[place]})")
        return ("" if sign == "+" else sign) + sign.join(sums)

    def tally(self, heading: str, **where: Value) -> Decimal:
        """Give what a `total` column adds up to, or how many rows there are; `line`, `currency` and tally columns pick.

        The columns of `tally_by` are said by their place: `by_0`, `by_1`.
        """
        place = self.sum_place(heading)
        wanted = {
            (0 if name == "line" else 1 if name == "currency" else 2 + int(name.removeprefix("by_"))): value
            for name, value in where.items()
        }
        return sum(
            (found[place] for key, found in self.sums.items() if all(key[at] == value for at, value in wanted.items())),
            ZERO,
        )

    def sum_place(self, heading: str) -> int:
        """Give where the sum of a `total` column stands in `sums`; with no heading the count of rows."""
        return 1 + self.totals.index(heading) if heading else 0

    @property
    def totals(self) -> list[str]:
        """Give the headings of the columns that are added up."""
        return [column.heading for column in self.columns if column.total]

    @property
    def currencies(self) -> list[str]:
        """Give the currencies its rows are in."""
        return sorted({str(key[1]) for key in self.sums})

    def total(self, heading: str, currency: str = "") -> Formula:
        """Give the formula of the sum of a column, in one currency where one is named, with what it gives."""
        if currency and self.spec.currency:
            text = self.sumifs(heading, (self.spec.currency, f'"{currency}"'))
            return Formula(text, self.tally(heading, currency=currency))
        return Formula(self.sumifs(heading), self.tally(heading))

    def count(self) -> Formula:
        """Give the formula of how many rows there are, with what it gives."""
        return Formula(self.sumifs(""), self.rows)

    def texts_among_numbers(self) -> Formula:
        """Give the formula of how many amounts have too many digits, which are texts and in no sum."""
        refs = [ref for column in self.columns if _is_number(column) for ref in self.refs(column.heading)]
        text = "+".join(f"COUNTA({ref})-COUNT({ref})" for ref in refs) or "0"
        return Formula(text, self.too_long)

    def _always(self) -> str:
        """Give a column in which every row has something: a sum's, else the line's, else the first."""
        if self.spec.lines_by:
            return LINE
        return self.totals[0] if self.totals else self.columns[0].heading


def place_of(columns: tuple[Column, ...], heading: str) -> int:
    """Give where a column stands, from 0; ValueError where there is none."""
    for place, column in enumerate(columns):
        if column.heading == heading:
            return place
    raise ValueError(f"There is no column {heading}.")


def all_columns(spec: TableSheet) -> tuple[Column, ...]:
    """Give the columns of a table with those the kit adds; ValueError where two are named alike."""
    added = (Column(LINE, Kind.COUNT, "The number of the line this row stands in.", width=9),) if spec.lines_by else ()
    columns = (*spec.columns, *added)
    if len({column.heading.casefold() for column in columns}) < len(columns):
        raise ValueError(f"Two columns of {spec.title} have one heading.")
    return columns


def cell_refs(formula: str, columns: tuple[Column, ...], row: str) -> str:
    """Put cells of a row in the place of `[@Heading]`."""

    def put(text: str, named: tuple[int, Column]) -> str:
        place, column = named
        return text.replace(f"[@{column.heading}]", f"{get_column_letter(place + 1)}{row}")

    return reduce(put, _longest_first(columns), formula)


def _longest_first(columns: tuple[Column, ...]) -> Iterator[tuple[int, Column]]:
    return iter(sorted(enumerate(columns), key=lambda named: -len(named[1].heading)))


def _is_number(column: Column) -> bool:
    """Tell whether numbers of Duedesk's own stand in a column, which may have more digits than Excel holds."""
    is_written = not (column.formula or column.marked or column.is_input)
    return is_written and column.kind in {Kind.MONEY, Kind.DECIMAL, Kind.PERCENT}


def _escaped(heading: str) -> str:
    return "".join(f"'{letter}" if letter in "[]#'@" else letter for letter in heading)
