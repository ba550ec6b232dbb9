"""The workbook of a revenue schedule: every line over its service by month, and billed, recognised and deferred of it.

What a month earns of a line is a number, shared out so that each line adds up; every sum of them is a formula.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from duedesk.domain.days import in_words
from duedesk.domain.money import ZERO
from duedesk.domain.reports.revenue_schedule import RevenueLine, next_month, spread
from duedesk.exchange.sheet_stream import Formula, serial_day
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.pages import Page, Piece, head, note
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import ChartSpec, Column, Heading, Kind, Row, Series, TableSheet
from duedesk.exchange.workbooks.styles import DATE
from duedesk.exchange.workbooks.written_table import WrittenTable

_MOST_CHARTS = 3
_BEFORE, _LATER = "Before", "Later"
MOVEMENTS = {
    "Charge": "Invoiced",
    "Adjustment": "Invoiced",
    "Invoice": "Invoiced",
    "Credit memo": "Credited",
    "Credit memo voided": "Credit voided",
    "Invoice voided": "Voided",
}
"""The movement of a roll-forward that a kind of row is a part of."""


@dataclass(frozen=True, slots=True)
class BilledControl:
    """What the ledger says of one currency and movement: before tax, the tax, and the roll-forward's own figure."""

    currency: str
    movement: str
    net: Decimal
    tax: Decimal
    rolled: Decimal


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the rows come to, by currency, added up as they pass: billed and recognised by month; None is before."""

    months: tuple[date, ...]
    billed: dict[tuple[str, date | None], Decimal]
    earned: dict[tuple[str, date | None], Decimal]
    moved: dict[tuple[str, str], Decimal]
    """What the months bill by movement."""

    def of(self, lines: Iterable[RevenueLine]) -> Iterator[Row]:
        """Give the rows of the table."""
        for one in lines:
            cut = spread(one.earned, self.months)
            month, movement = one.dated.replace(day=1), MOVEMENTS[one.kind]
            if month < self.months[0] and cut.before == one.amount:
                continue
            self._add(self.billed, one.currency, month if month >= self.months[0] else None, one.amount)
            self._add(self.earned, one.currency, None, cut.before)
            if month >= self.months[0]:
                place = one.currency, movement
                self.moved[place] = self.moved.get(place, ZERO) + one.amount
            for at, part in zip(self.months, cut.months, strict=True):
                self._add(self.earned, one.currency, at, part)
            yield (
                one.account_number, one.account, one.currency, one.invoice, one.document, one.line, one.kind,
                movement, one.dated, one.first_day, one.last_day, one.amount,
                cut.before, *cut.months, cut.later, ZERO,
            )  # fmt: skip

    @staticmethod
    def _add(sums: dict[tuple[str, date | None], Decimal], currency: str, month: date | None, amount: Decimal) -> None:
        if amount:
            sums[currency, month] = sums.get((currency, month), ZERO) + amount


def write_revenue(
    path: Path,
    lines: Iterable[RevenueLine],
    months: Sequence[date],
    controls: Sequence[BilledControl],
    *,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the schedule of lines over the months that begin on these days; RequestError where the disk refuses.

    `one_sheet_per` is the heading whose values get a sheet of lines each: Currency, or none.
    """
    with ReportBook(path, heading, making) as book:
        rows = _Rows(tuple(months), {}, {}, {})
        table = book.table(replace(_schedule(months), one_sheet_per=one_sheet_per), rows.of(lines))
        page = book.page("Revenue", "Billed, recognised and deferred by month, one block a currency, before tax.")
        for currency in table.currencies:
            _block(book, page, table, rows, currency)
        if not table.currencies:
            page.put()
            page.put([note("Nothing was billed that these months earn anything of.")])
        page.widen(1, 22)
        _check(book, table, controls, rows)
        _say(book)
    return book.facts


def _say(book: ReportBook) -> None:
    book.note(
        "Straight line by day, not in equal months: each day of a service earns the same, both within, so "
        "that a month of 31 days recognises more than one of 28 (ASC 606-10-25-31, IFRS 15.39: progress measured by "
        "time). Months share what is billed in whole minor units, the largest rests have what is left, so that every "
        "row adds up to its line."
    )
    book.note(
        "A line without a service, or with one that ends before it begins, is recognised on its invoice date; one "
        "that names only one day, on that day. Credit memos take back what they credit: "
        "what had been earned by then in their month, the rest as it would have been earned. What is written off stays "
        "recognised."
    )
    book.note(
        "Deferred is what is billed and not recognised yet: a contract liability where it is above nothing; below "
        "nothing it is recognised and not billed yet."
    )


def _schedule(months: Sequence[date]) -> TableSheet:
    return TableSheet(
        "Schedule",
        "Schedule",
        (
            Column("Account number", Kind.ID, "The customer's number."),
            Column("Account", Kind.TEXT, "The customer."),
            Column("Currency", Kind.TEXT, "Currencies are never added together."),
            Column("Invoice", Kind.ID, "The invoice it is a line of; none where a credit memo is no invoice's."),
            Column("Document", Kind.ID, "The document that says so: the invoice, or the credit memo."),
            Column("Line", Kind.TEXT, "What the line is called."),
            Column("Kind", Kind.TEXT, "Charge, adjustment, whole invoice where it has no lines, credit, voiding."),
            Column("Movement", Kind.TEXT, "The column of the roll-forward it is a part of.", width=14),
            Column("Billed on", Kind.DAY, "Invoice date, or the day of the credit memo or voiding."),
            Column("Service from", Kind.DAY, "First day of the service; empty where none is named."),
            Column("Service to", Kind.DAY, "Last day of the service."),
            Column("Billed", Kind.MONEY, "Before tax; what is taken back is below nothing.", total=True),
            Column(_BEFORE, Kind.MONEY, "Recognised before the first month.", total=True),
            *(
                Column(_called(month), Kind.MONEY, f"Recognised in {month:%B %Y}.", total=True, width=14)
                for month in months
            ),
            Column(_LATER, Kind.MONEY, "To be recognised after the last month.", total=True),
            Column(
                "Difference",
                Kind.MONEY,
                "All of it less what is billed: nothing.",
                formula=f"ROUND(SUM([@{_BEFORE}]:[@{_LATER}])-[@Billed],4)",
                total=True,
                width=12,
            ),
        ),
        tally_by=("Movement",),
        explanation="A row is a line of an invoice, or what a credit memo or a voiding takes back of one.",
    )


def _called(month: date) -> str:
    return in_words(month)[3:]


_HEADS = ("Month", "Ends", "Deferred before", "Billed", "Recognised", "Deferred at the end")


def _block(book: ReportBook, page: Page, table: WrittenTable, rows: _Rows, currency: str) -> None:
    """Write the months of a currency: what was deferred, billed, recognised, and is deferred at the end of each."""
    page.title(currency)
    page.put([head(one, is_figure=place > 0) for place, one in enumerate(_HEADS)], height=19)
    first, code = page.next_row, ("Currency", f'"{currency}"')
    earlier = ("Billed on", f'"<{serial_day(rows.months[0])}"')
    deferred = rows.billed.get((currency, None), ZERO) - rows.earned.get((currency, None), ZERO)
    for place, month in enumerate(rows.months):
        at, name = page.next_row, _called(month)
        billed, earned = rows.billed.get((currency, month), ZERO), rows.earned.get((currency, month), ZERO)
        before = f"F{at - 1}" if place else f"{table.sumifs('Billed', code, earlier)}-({table.sumifs(_BEFORE, code)})"
        within = (("Billed on", f'">={serial_day(month)}"'), ("Billed on", f'"<="&$B{at}'))
        page.put(
            [
                Piece(name, is_ruled=True),
                Piece(
                    next_month(month) - timedelta(days=1), Kind.DAY, number_format=DATE, is_ruled=True, is_quiet=True
                ),
                _amount(before, deferred, currency),
                _amount(table.sumifs("Billed", code, *within), billed, currency),
                _amount(table.sumifs(name, code), earned, currency),
                _amount(f"C{at}+D{at}-E{at}", deferred + billed - earned, currency, is_bold=True),
            ]
        )
        deferred += billed - earned
    last = page.next_row - 1
    sums = [
        Piece(Formula(f"SUM({letter}{first}:{letter}{last})", sum_), Kind.MONEY, currency, is_bold=True)
        for letter, sum_ in zip("DE", (_sum(one, rows, currency) for one in (rows.billed, rows.earned)), strict=True)
    ]
    page.put([Piece("All months", is_bold=True), None, None, *sums], height=19)
    _check_block(book, page, table, (currency, last), deferred)
    book.chart(
        ChartSpec(
            f"Billed, recognised and deferred, {currency}",
            page.at(1, first, last),
            (
                Series("Billed", page.at(4, first, last), book.sheets.styles.look.buckets[1]),
                Series("Recognised", page.at(5, first, last), book.sheets.styles.look.buckets[0]),
                Series("Deferred at the end", page.at(6, first, last), book.sheets.styles.look.accent),
            ),
        )
    )


def _sum(sums: dict[tuple[str, date | None], Decimal], rows: _Rows, currency: str) -> Decimal:
    return sum((sums.get((currency, month), ZERO) for month in rows.months), ZERO)


def _amount(text: str, value: Decimal, currency: str, *, is_bold: bool = False) -> Piece:
    return Piece(Formula(text, value), Kind.MONEY, currency, is_bold=is_bold, is_ruled=True)


def _check_block(book: ReportBook, page: Page, table: WrittenTable, block: tuple[str, int], deferred: Decimal) -> None:
    """Prove that what is deferred at the end is what is to be recognised later."""
    currency, row = block
    later = table.tally(_LATER, currency=currency)
    book.check(
        "Deferred at the end = to be recognised later", later, Formula(page.at(6, row), deferred), currency=currency
    )


def _check(book: ReportBook, table: WrittenTable, controls: Sequence[BilledControl], rows: _Rows) -> None:
    """Hold what was billed in the months against the documents, and these against the roll-forward."""
    off = "+".join(f'COUNTIFS({one},"<>0")' for one in table.refs("Difference"))
    book.check("Lines that do not add up", ZERO, Formula(off if table.rows else "0", ZERO), is_count=True)
    since = ("Billed on", f'">={serial_day(rows.months[0])}"')
    for one in controls:
        code, movement = one.currency, one.movement
        text = table.sumifs("Billed", ("Currency", f'"{code}"'), ("Movement", f'"{movement}"'), since)
        found = rows.moved.get((code, movement), ZERO)
        book.check(f"{movement}, before tax: the documents'", one.net, Formula(text, found), currency=code)
        with_tax = Formula(f"{text}+{one.tax:f}", found + one.tax)
        book.check(f"{movement}, with their tax: the roll-forward's", one.rolled, with_tax, currency=code)
