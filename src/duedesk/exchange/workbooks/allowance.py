"""The workbook of an allowance for doubtful debts: a provision matrix by bucket over open invoices, rates as cells.

Rates, limits and the as-of date may be changed, and an item may have a rate of its own: all figures follow.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from duedesk.domain.aging import AgingRequest, AgingRow, OpenItem
from duedesk.domain.metrics import HUNDRED
from duedesk.domain.money import ZERO, minor_digits
from duedesk.domain.reports.allowance import LossHistory, allowance
from duedesk.exchange.sheet_stream import Formula
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.loss_matrix import LossMatrix, write_matrix
from duedesk.exchange.workbooks.pages import SHARE, Page, Piece, head, note
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import ChartSpec, Column, Heading, Kind, Row, Series, TableSheet
from duedesk.exchange.workbooks.styles import amount_format
from duedesk.exchange.workbooks.written_table import WrittenTable

_MOST_CHARTS = 3
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Expected:
    """What the ledger and the settings say: open amounts by currency, rates of each in per cent, what was lost before.

    `said` tells where the rates are from.
    """

    request: AgingRequest
    totals: tuple[AgingRow, ...]
    rates: Mapping[str, tuple[Decimal, ...]]
    history: tuple[LossHistory, ...]
    said: str


def write_allowance(
    path: Path,
    expected: Expected,
    items: Iterable[OpenItem],
    *,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the matrix and the open invoices behind it; RequestError where the disk refuses.

    What is not applied yet is no part of it. `one_sheet_per` is the heading whose values get a sheet of items each:
    Currency, Owner, or none.
    """
    matrix = LossMatrix(expected.request, tuple(one.currency for one in expected.totals if one.open), expected.rates)
    with ReportBook(path, heading, making) as book:
        table = book.table(replace(_ITEMS, one_sheet_per=one_sheet_per), _rows(items, matrix))
        page = book.page("Allowance", "What is expected to be lost of open invoices, by currency and bucket.")
        write_matrix(book, page, matrix)
        page.put()
        page.put([note(expected.said)])
        page.put([note("Own rates: balances of items that have a rate of their own among the items.")])
        page.put([note("Open then, written off since: what the rate of the past is made of; Read me says how.")])
        history = {one.currency: one for one in expected.history}
        for total in expected.totals:
            if total.open:
                block = _Block(total, matrix.of(total.currency), history.get(total.currency))
                _block(book, page, table, matrix, block)
        if not matrix.currencies:
            page.put([note("Nothing is open.")])
        book.note(
            "Loss rates are those of the provision matrix of IFRS 9, 5.5.15 (simplified approach): the expected credit "
            "losses over the life of receivables, by how long they are past due."
        )
        book.note(
            "History: what invoices of a bucket came to at twelve ends of months, a year old and older, and what of "
            "them was written off since."
        )
    return book.facts


_RATE = "INDEX(LossRates,MATCH([@Bucket],BucketNames,0),MATCH([@Currency],RateCurrencies,0))"
_ITEMS = TableSheet(
    "Items",
    "Items",
    (
        Column("Account number", Kind.ID, "The customer's number."),
        Column("Account", Kind.TEXT, "The customer."),
        Column("Owner", Kind.TEXT, "Who looks after it."),
        Column("Currency", Kind.TEXT, "Currencies are never added together."),
        Column("Invoice", Kind.ID, "Its number."),
        Column("Invoice date", Kind.DAY),
        Column("Due", Kind.DAY, "When it is due; of an instalment, when that is."),
        Column("Days overdue", Kind.COUNT, "From the due date to the as-of date.", formula="AsOf-[@Due]"),
        Column(
            "Bucket",
            Kind.TEXT,
            "The range its days overdue are in.",
            formula="LOOKUP(MAX(0,[@Days overdue]),FirstDays,BucketNames)",
            width=12,
        ),
        Column("Balance", Kind.MONEY, "What is open of it.", total=True),
        Column(
            "Own rate",
            Kind.PERCENT,
            "Where one customer or invoice is judged by itself, its rate: it stands for that of the bucket.",
            is_input=True,
            width=12,
        ),
        Column(
            "Allowance",
            Kind.MONEY,
            "Balance × its own rate, else that of its bucket; it is rounded where it is added up.",
            formula=f'[@Balance]*IF([@Own rate]="",{_RATE},[@Own rate])',
            total=True,
        ),
    ),
    tally_by=("Bucket",),
    tint_buckets="Bucket",
    explanation="A row is an open invoice or instalment.",
)


def _rows(items: Iterable[OpenItem], matrix: LossMatrix) -> Iterator[Row]:
    labels = matrix.request.buckets.labels
    for one in items:
        if one.bucket is None:
            continue
        rate = matrix.of(one.currency)[one.bucket]
        yield (
            one.account_number, one.account, one.owner, one.currency,
            one.number if one.instalment is None else f"{one.number} / {one.instalment}",
            one.item_date, one.due_date, one.days_overdue, labels[one.bucket],
            one.balance, None, one.balance * rate / HUNDRED,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Block:
    total: AgingRow
    rates: tuple[Decimal, ...]
    history: LossHistory | None


_HEADS = ("Gross", "Share", "Loss rate", "Allowance", "Own rates", "Open then", "Written off since", "History")


def _block(book: ReportBook, page: Page, table: WrittenTable, matrix: LossMatrix, block: _Block) -> None:
    """Write the matrix of one currency: a row a bucket, and what they come to."""
    code = block.total.currency
    page.title(code)
    page.put([head("Bucket"), *(head(one, is_figure=True) for one in _HEADS)], height=19)
    first = page.next_row
    last = first + len(block.rates) - 1
    labels = matrix.request.buckets.labels
    open_ = sum((table.tally("Balance", currency=code, by_0=label) for label in labels), ZERO)
    for index, (label, rate) in enumerate(zip(labels, block.rates, strict=True)):
        at, gross = page.next_row, table.tally("Balance", currency=code, by_0=label)
        picked = (("Currency", f'"{code}"'), ("Bucket", f"$A{at}"))
        given = Formula(table.sumifs("Balance", *picked), gross)
        lost = Formula(table.sumifs("Allowance", *picked), table.tally("Allowance", currency=code, by_0=label))
        own = Formula(table.sumifs("Balance", *picked, ("Own rate", '"<>"')), ZERO)
        share = gross / open_ if open_ else ZERO
        page.put(
            [
                Piece(Formula(matrix.name_cell(index), label), is_ruled=True),
                Piece(given, Kind.MONEY, code, is_ruled=True),
                _share(f"B{at}/SUM(B${first}:B${last})", share),
                Piece(Formula(matrix.rate_cell(index, code), rate / HUNDRED), Kind.PERCENT, is_ruled=True),
                Piece(lost, Kind.MONEY, code, amount_format(code), is_ruled=True),
                Piece(own, Kind.MONEY, code, is_ruled=True),
                *_past(block.history, index, at, code),
            ]
        )
        book.check(f"Open, {label}", block.total.buckets[index], Formula(page.at(2, at), gross), currency=code)
    _total(book, page, table, block, (first, last))


def _share(text: str, value: Decimal) -> Piece:
    return Piece(Formula(text, round(value, _DIGITS)), Kind.PERCENT, number_format=SHARE, is_ruled=True)


def _past(history: LossHistory | None, index: int, at: int, code: str) -> Sequence[Piece]:
    """Give what was open then, what was written off since, and the rate that comes to."""
    if history is None:
        return ()
    rate = history.rates[index] or ZERO
    return (
        Piece(history.exposure[index], Kind.MONEY, code, is_ruled=True, is_quiet=True),
        Piece(history.lost[index], Kind.MONEY, code, is_ruled=True, is_quiet=True),
        Piece(
            Formula(f"IF(G{at}>0,H{at}/G{at},0)", round(rate / HUNDRED, _DIGITS)),
            Kind.PERCENT,
            is_ruled=True,
            is_quiet=True,
        ),
    )


def _total(book: ReportBook, page: Page, table: WrittenTable, block: _Block, rows: tuple[int, int]) -> None:
    code, (first, last) = block.total.currency, rows
    digits, at = minor_digits(code), page.next_row
    step = Decimal(1).scaleb(-digits)
    gross = table.tally("Balance", currency=code)
    rounded = table.tally("Allowance", currency=code).quantize(step, ROUND_HALF_UP)
    expected = allowance(block.total.buckets, block.rates).quantize(step, ROUND_HALF_UP)
    lost = Formula(f"ROUND(SUM(E{first}:E{last}),{digits})", rounded)
    page.put(
        [
            Piece("Total", is_bold=True),
            Piece(Formula(f"SUM(B{first}:B{last})", gross), Kind.MONEY, code, is_bold=True),
            None,
            Piece(
                Formula(f"IF(B{at}=0,0,E{at}/B{at})", round(rounded / gross if gross else ZERO, _DIGITS)),
                Kind.PERCENT,
                is_bold=True,
            ),
            Piece(lost, Kind.MONEY, code, is_bold=True),
            Piece(Formula(f"SUM(F{first}:F{last})", ZERO), Kind.MONEY, code, is_bold=True),
        ],
        height=19,
    )
    book.check("Open, all buckets", block.total.open, Formula(page.at(2, at), gross), currency=code)
    book.check("Allowance", expected, Formula(page.at(5, at), rounded), currency=code)
    colours = tuple(book.sheets.styles.look.bucket(index, len(block.rates)) for index in range(len(block.rates)))
    book.chart(
        ChartSpec(
            f"Expected to be lost, {code}",
            page.at(1, first, last),
            (Series("Allowance", page.at(5, first, last)),),
            points=colours,
        )
    )
