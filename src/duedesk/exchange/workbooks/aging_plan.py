"""Where everything stands in the aging workbook, worked out before a cell is written; it writes none.

The three sheets refer to one another, so that their rows, columns and names have to be known in one place.
"""

from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal

from openpyxl.utils import get_column_letter

from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis, RowKey
from duedesk.domain.days import in_words
from duedesk.domain.grouping import ACCOUNT, CURRENCY, label_of
from duedesk.domain.grouping import in_words as grouping_in_words
from duedesk.domain.money import ZERO
from duedesk.domain.taking_back import MARKED

AGING = "Aging"
CONVERTED = "Converted"
DETAIL = "Detail"

AS_OF_ROW = 3
FIRST_DAY_ROW = 4
LAST_DAY_ROW = 5
HEAD_ROW = 6
DISPUTED = "Disputed"
UNAPPLIED = "Unapplied"
BALANCE = "Balance"

_FROM = {Basis.DUE: "age from the due date", Basis.INVOICE: "age from the invoice date"}
_DETAIL_COLUMNS = (
    *("Account number", "Account", "Owner", "Kind", "Number", "Date", "Due date", "Days overdue", "Bucket"),
    *("Currency", "Total", BALANCE),
)
_NAMED_COLUMNS = {"ItemBucket": "Bucket", "ItemCurrency": "Currency", "ItemTotal": "Total", "ItemBalance": BALANCE}
_NAMED_COLUMNS |= {"ItemLine": "Line"}
_NAMED_APART = {"ItemDisputed": DISPUTED}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet Aging: its number, the sheet's row it stands in and what Duedesk says of it."""

    number: int
    sheet_row: int
    row: AgingRow
    above: AgingRow | None = None
    """The row of the first level that it is a part of, where there are two."""

    @property
    def key(self) -> tuple[RowKey, RowKey, str]:
        """Give what its items are known by."""
        key, part = (self.row.key, None) if self.above is None else (self.above.key, self.row.key)
        return key, part, self.row.currency


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one currency, and the row of their total (none where a line is a currency already)."""

    currency: str
    lines: tuple[Line, ...]
    control: AgingRow
    total_row: int | None

    @property
    def figures_row(self) -> int:
        """Give the row that holds the figures of the whole currency."""
        return self.total_row or self.lines[0].sheet_row


@dataclass(frozen=True, slots=True)
class Plan:
    """The layout of the workbook of one aging."""

    request: AgingRequest
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Give all lines by number."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def identity(self) -> tuple[str, ...]:
        """Give the headings before the figures."""
        named = (label for path in self.request.by if path != CURRENCY for label in _headings(path))
        return ("Line", *named, "Currency")

    def texts(self, line: Line) -> tuple[str, ...]:
        """Give what a line says under the headings before the figures, but for its number."""
        rows = (line.row,) if line.above is None else (line.above, line.row)
        levels = zip(self.request.by, rows, strict=True)
        named = (text for path, row in levels if path != CURRENCY for text in _texts(path, row))
        return (*named, line.row.currency)

    @property
    def labels(self) -> tuple[str, ...]:
        """Give the headings that Duedesk has for the buckets."""
        return self.request.labels

    @property
    def name_column(self) -> str:
        """Give the column of the names, which the as-of date stands above."""
        return get_column_letter(max(len(self.identity) - 1, 2))

    @property
    def is_apart(self) -> bool:
        """Tell whether what is contested stands in a column of its own."""
        return self.request.apart_disputed

    @property
    def headings(self) -> tuple[str, ...]:
        """Give the headings of the figures but for the balance: the buckets, and what stands beside them."""
        return (*self.labels, *((DISPUTED,) if self.is_apart else ()), UNAPPLIED)

    def figures(self, row: AgingRow) -> tuple[Decimal, ...]:
        """Give the figures of a row under `headings`."""
        return (*row.buckets, *((row.disputed,) if self.is_apart else ()), row.unapplied)

    @property
    def detail(self) -> tuple[str, ...]:
        """Give the headings of Detail."""
        return (*_DETAIL_COLUMNS, *((DISPUTED,) if self.is_apart else ()), "Line", *MARKED)

    def detail_column(self, heading: str) -> str:
        """Give the letter of a column of Detail."""
        return get_column_letter(self.detail.index(heading) + 1)

    def column(self, bucket: int) -> str:
        """Give the column of a bucket; what stands beside the buckets follows, in the end the balance."""
        return get_column_letter(len(self.identity) + 1 + bucket)

    @property
    def first_bucket(self) -> str:
        """Give the column of what is not due."""
        return self.column(0)

    @property
    def last_bucket(self) -> str:
        """Give the column of what is oldest."""
        return self.column(len(self.labels) - 1)

    @property
    def unapplied(self) -> str:
        """Give the column of what is not applied yet."""
        return self.column(len(self.headings) - 1)

    @property
    def balance(self) -> str:
        """Give the column of the balance."""
        return self.column(len(self.headings))

    @property
    def age_from(self) -> str:
        """Give the column of Detail that age is counted from."""
        return self.detail_column("Due date" if self.request.basis is Basis.DUE else "Date")

    def names(self, items: int) -> dict[str, str]:
        """Give the names that formulas use, and what they stand for when Detail has this many items."""
        last = max(items, 1) + 1
        heads = f"${self.first_bucket}${{row}}:${self.last_bucket}${{row}}"
        named = _NAMED_COLUMNS | (_NAMED_APART if self.is_apart else {})
        columns = {name: self.detail_column(heading) for name, heading in named.items()}
        return {
            "AsOf": f"{AGING}!${self.name_column}${AS_OF_ROW}",
            "FirstDays": f"{AGING}!{heads.format(row=FIRST_DAY_ROW)}",
            "BucketNames": f"{AGING}!{heads.format(row=HEAD_ROW)}",
        } | {name: f"{DETAIL}!${column}$2:${column}${last}" for name, column in columns.items()}


def plan(aging: Aging) -> Plan:
    """Lay an aging out: one block a currency, its lines in the order of the aging, a total and an empty row below."""
    blocks = []
    number, sheet_row = 0, HEAD_ROW
    for control in sorted(aging.totals, key=lambda total: total.currency):
        lines = []
        for row in aging.rows:
            if row.currency == control.currency:
                for part in row.parts or (row,):
                    number, sheet_row = number + 1, sheet_row + 1
                    lines.append(Line(number, sheet_row, part, row if row.parts else None))
        total_row = None
        if not aging.request.is_by_currency:
            total_row = sheet_row + 1
            sheet_row += 2
        blocks.append(Block(control.currency, tuple(lines), control, total_row))
    return Plan(aging.request, tuple(blocks))


def subtitle_of(request: AgingRequest, book_name: str) -> str:
    """Say what an aging was asked for, below the title of a sheet."""
    known = ""
    if request.known_on is not None:
        moment = request.known_on.astimezone(UTC)
        known = f"known on {in_words(moment.date())} {moment:%H:%M} UTC"
    currency = f"{request.currency} only" if request.currency else ""
    apart = "what is contested apart" if request.apart_disputed else ""
    by = f"by {grouping_in_words(request.by)}"
    return ", ".join(filter(None, (book_name, by, _FROM[request.basis], apart, known, currency)))


def _headings(path: str) -> tuple[str, ...]:
    return ("Account number", "Account") if path == ACCOUNT else (label_of(path),)


def _texts(path: str, row: AgingRow) -> tuple[str, ...]:
    return (row.number, row.name) if path == ACCOUNT else (row.name,)


class Tally:
    """What the formulas give, added up while the items are written: by line a sum under each heading.

    Only what Excel holds as a number counts, as in the workbook itself.
    """

    def __init__(self, plan: Plan) -> None:
        self.numbers = {line.key: line.number for line in plan.lines}
        self.sums: dict[int, list[Decimal]] = {line.number: [ZERO] * len(plan.headings) for line in plan.lines}
        self.by_currency: dict[str, Decimal] = {}
        self.largest: dict[str, Decimal] = {}
        self.widths = [0] * 5
        """The width that each of the first columns of Detail needs."""
        self.items = 0
        self.strays = 0
        self.too_long = 0

    def balance(self, line: Line) -> Decimal:
        """Give the balance of a line."""
        return sum(self.sums[line.number], ZERO)

    def total(self, block: Block) -> list[Decimal]:
        """Give the sums of a block."""
        columns = zip(*(self.sums[line.number] for line in block.lines), strict=True)
        return [sum(column, ZERO) for column in columns]
