"""The head of an allowance: the as-of date, the limits of buckets and the loss rates by currency, all cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from duedesk.domain.aging import AgingRequest
from duedesk.domain.metrics import HUNDRED
from duedesk.exchange.sheet_stream import Formula, Value
from duedesk.exchange.workbooks.pages import Page, Piece, head, note
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Kind

_FIRST_RATE = 4


@dataclass(slots=True)
class LossMatrix:
    """Where the limits and the rates stand; `rates` are in per cent, by currency and bucket."""

    request: AgingRequest
    currencies: tuple[str, ...]
    rates: Mapping[str, tuple[Decimal, ...]]
    first_row: int = 0
    cells: list[str] = field(default_factory=list)

    def of(self, currency: str) -> tuple[Decimal, ...]:
        """Give the rates of a currency."""
        return self.rates[currency]

    def name_cell(self, index: int) -> str:
        """Give the cell with the name of a bucket, on the same sheet."""
        return f"$A${self.first_row + index}"

    def rate_cell(self, index: int, currency: str) -> str:
        """Give the cell with a rate, on the same sheet."""
        return f"{self.cells[self.currencies.index(currency)]}${self.first_row + index}"


def write_matrix(book: ReportBook, page: Page, matrix: LossMatrix) -> None:
    """Write the inputs and give them the names that formulas use: AsOf, FirstDays, BucketNames, LossRates."""
    buckets, count = matrix.request.buckets, len(matrix.request.buckets)
    as_of = page.put(
        [
            Piece("As of"),
            Piece(matrix.request.as_of, Kind.DAY, is_input=True),
            note("Change what is blue: buckets, rates and the allowance follow. Balances stay as they were.", indent=1),
        ]
    )
    book.sheets.name("AsOf", page.at(2, as_of))
    page.put()
    codes = [head(code, is_figure=True) for code in matrix.currencies]
    at = page.put(
        [head("Loss rates"), head("First day", is_figure=True), head("Last day", is_figure=True), *codes], height=19
    )
    matrix.first_row = first = at + 1
    matrix.cells = [page.letter(_FIRST_RATE + place) for place in range(len(matrix.currencies))]
    for index, label in enumerate(buckets.labels):
        row = page.next_row
        from_day, to_day = buckets.days(index)
        name: Value = label if index == 0 else Formula(f'B{row}&"–"&C{row}', label)
        if index == count - 1:
            name = Formula(f'"Over "&C{row - 1}', label)
        rates = [matrix.of(code)[index] / HUNDRED for code in matrix.currencies]
        last = Piece("–", Kind.COUNT, is_quiet=True)
        if to_day is not None:
            last = Piece(to_day, Kind.COUNT, is_input=index > 0, is_quiet=index == 0)
        page.put(
            [
                Piece(name, is_ruled=True),
                Piece(0 if from_day is None else Formula(f"C{row - 1}+1", from_day), Kind.COUNT, is_quiet=True),
                last,
                *(Piece(rate, Kind.PERCENT, is_input=True) for rate in rates),
            ]
        )
    last_row = first + count - 1
    book.sheets.name("FirstDays", page.at(2, first, last_row))
    book.sheets.name("BucketNames", page.at(1, first, last_row))
    end = _FIRST_RATE + max(len(matrix.currencies), 1) - 1
    book.sheets.name("RateCurrencies", page.across(_FIRST_RATE, end, at))
    book.sheets.name("LossRates", f"{page.at(_FIRST_RATE, first)}:${page.letter(end)}${last_row}")
