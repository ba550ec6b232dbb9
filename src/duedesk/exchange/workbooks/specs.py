"""What a report says of its workbook: columns, tables, summaries, inputs and charts; `report_book` lays them out.

A report gives a `TableSheet` and rows, and gets a table back that summaries and checks are formulas over:

    with ReportBook(path, heading, making) as book:
        items = book.table(TableSheet("Items", "Items", COLUMNS, lines_by=(...)), rows)
        book.summary(Summary("Summary", items, figures=(Figure("Balance", of="Balance"),)), controls)
    return book.facts
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from duedesk.domain.aging import Basis, Buckets
from duedesk.exchange.sheet_stream import Formula, Result, Value

Row = Sequence[Value]
"""The values of a row in the order of the columns; under a formula's column what it gives, None leaves it out."""


class Kind(StrEnum):
    """What a column holds, which says how it is written and how it looks."""

    TEXT = "text"
    ID = "id"
    """A text that may look like a number: it keeps its zeros and all its digits."""
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"
    """A Decimal with the digits of the row's currency."""
    DECIMAL = "decimal"
    """A Decimal with the digits it has: a rate, a quantity, a number of days with a fraction."""
    PERCENT = "percent"
    """A Decimal that is a share of one: 0.25 is shown as 25.00%."""
    COUNT = "count"

    @property
    def is_figure(self) -> bool:
        """Tell whether it stands at the right."""
        return self not in {Kind.TEXT, Kind.ID}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Its heading is its name in formulas, so that no two of a table are alike.

    `explanation` is what the sheet Read me says of it. A column of `formula` calculates: `[@Due date]` in it is the
    cell of that column in the same row, names such as AsOf may be used, and the rows give what comes of it. A `marked`
    column is for finance to type into; it is read in again by the row's id. `total` adds the column up, so that
    summaries and checks can use its sums. `width` is in characters where what stands in it shall not decide.
    """

    heading: str
    kind: Kind = Kind.TEXT
    explanation: str = ""
    formula: str = ""
    total: bool = False
    marked: bool = False
    is_input: bool = False
    """Whether it may be typed into for what is worked out here; it is not read in again."""
    choices: tuple[str, ...] = ()
    """What may be entered into a marked column, offered as a list."""
    width: int | None = None
    number_format: str = ""
    """How its figures are shown, where it is not as their kind is."""


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line of a summary, there whether a row stands in it or not: what its rows are known by, and its texts."""

    key: Hashable
    texts: tuple[str, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet with one Excel table, of any length: over 1,048,576 rows it goes on on the next sheet.

    `table` names it in formulas. `currency` is the heading of the column that says in what currency a row's money
    is; empty where `fixed_currency` says it for all. `lines_by` are the headings that together make a line of a
    summary: the kit adds a column Line with its number, which summaries add up by, as text is never compared. Where
    texts do not tell lines apart, `is_keyed` rows carry one value more than there are columns: the key of their line.
    `lines` are those known before, in the order and with the texts they shall have; then `lines_by` need be no columns.
    `tally_by` are further columns that figures pick by (`Figure.where`). `one_sheet_per` is the heading whose values
    get a sheet each.
    """

    title: str
    table: str
    columns: tuple[Column, ...]
    currency: str = "Currency"
    fixed_currency: str = ""
    lines_by: tuple[str, ...] = ()
    lines: tuple[KnownLine, ...] = ()
    tally_by: tuple[str, ...] = ()
    is_keyed: bool = False
    one_sheet_per: str = ""
    explanation: str = ""
    """One sentence for Read me: what a row is."""
    tint_buckets: str = ""
    """The heading of a column of bucket names, which are tinted as buckets are everywhere."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a summary's lines, a formula over its table.

    `of` is the column that is added up (its `total` is true), empty to count rows, and `less` one that is taken off;
    `where` picks rows by columns of `tally_by`: the value is the heading's own cell where it is the heading's text.
    A figure of `formula` is made of others of its line, `[@Paid]/[@Invoiced]`, and of named inputs; `gives` works the
    same out from their values, None for what cannot be divided; in a total it is made of the totals.
    """

    heading: str
    of: str = ""
    less: str = ""
    where: tuple[tuple[str, Value], ...] = ()
    kind: Kind = Kind.MONEY
    formula: str = ""
    gives: Callable[[Mapping[str, Decimal]], Decimal | None] | None = None
    explanation: str = ""
    foot: str = ""
    """The colour of the line below its heading, where it is not the common one."""
    heat: str = ""
    """The colour its cells are tinted in by their size, where they are."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A cell that may be changed, with a name that formulas use."""

    name: str
    label: str
    value: date | Decimal | int | str
    kind: Kind
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row above a summary's headings with a cell for some of its figures: rates, limits.

    Formulas of figures reach the cell of their own column by `[#Loss rate]`.
    """

    label: str
    values: Mapping[str, Value]
    """By the heading of the figure."""
    kind: Kind
    is_input: bool = True


@dataclass(frozen=True, slots=True)
class BucketHead:
    """Figures for the buckets of days overdue, with their limits as cells above them.

    The table's column `column` looks its bucket up by `BUCKET_FORMULA`; `of` is added up, `less` taken off.
    """

    buckets: Buckets
    basis: Basis = Basis.DUE
    column: str = "Bucket"
    of: str = "Balance"
    less: str = ""
    counted: str = ""
    """What days are counted from, behind `First day`, where it is not a date of invoices."""


UNAPPLIED = "Unapplied"
"""What stands in a column of buckets where a row is no invoice."""

BUCKET_FORMULA = 'IF([@{days}]="","Unapplied",LOOKUP(MAX(0,[@{days}]),FirstDays,BucketNames))'
"""The bucket of a row by its column of days, whose heading is put in for `days`."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A sheet of lines over a table: one for each that `lines_by` of the table makes, by currency, with totals.

    `by` are the headings it shows, those of `lines_by` where it is empty. Where `by` is other than the table's own
    lines, rows are found by their texts: only for values that are the house's own (reasons, months, states), which
    stand in the table's `tally_by`. `sort` orders the lines by their texts; else they stand as they came.
    """

    title: str
    figures: tuple[Figure, ...]
    by: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    buckets: BucketHead | None = None
    head_rows: tuple[HeadRow, ...] = ()
    parts: tuple[str, ...] = ()
    """Headings of figures that add up to `whole`, besides the buckets; checked on each line."""
    whole: str = ""
    sort: Callable[[tuple[Value, ...]], tuple[str | int, ...]] | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Controls:
    """What the ledger itself says, which the sheet Checks sets beside what the formulas give.

    `totals` by currency and heading of a figure; `lines` by the line's key (its texts where rows are not keyed) and
    currency what the figure `whole` of the summary is.
    """

    totals: Mapping[tuple[str, str], Decimal] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[tuple[Hashable, str], Decimal] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars or one line of a chart: its name, and the cells its values stand in (`Summary!$B$4:$B$9`)."""

    name: str
    values: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A native chart on the sheet Charts: bars, stacked bars or lines over categories, in the house's colours."""

    title: str
    categories: str
    series: tuple[Series, ...]
    form: str = "bars"
    """bars, stacked, lines, or pareto: bars of the first series under lines of the others."""
    number_format: str = "#,##0"
    points: tuple[str, ...] = ()
    """The colour of each bar, where a series has several."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top of sheets and at the foot of prints: the report, its day or period, its filter."""

    title: str
    subtitle: str
    sentence: str = ""
    as_of: date | None = None


__all__ = [
    "BUCKET_FORMULA",
    "UNAPPLIED",
    "BucketHead",
    "ChartSpec",
    "Column",
    "Controls",
    "Figure",
    "Formula",
    "HeadRow",
    "Heading",
    "Input",
    "Kind",
    "KnownLine",
    "Result",
    "Row",
    "Series",
    "Summary",
    "TableSheet",
]
