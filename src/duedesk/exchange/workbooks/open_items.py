"""The workbook of open items: what each account owes by age, the items behind it, and columns that finance fills in."""

from collections.abc import Hashable, Iterable
from decimal import Decimal
from pathlib import Path

from duedesk.domain.aging import AgingRequest, AgingRow, OpenItem, total_by_currency
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.item_table import (
    BALANCE,
    DISPUTED,
    ItemTable,
    age_charts,
    as_of_input,
    parts_note,
    said_of,
    totals_of,
)
from duedesk.exchange.workbooks.marked_columns import MARKED_NOTE
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import UNAPPLIED, BucketHead, Controls, Figure, Heading, Kind, Summary


def write_open_items(
    path: Path,
    asked: AgingRequest,
    items: Iterable[OpenItem],
    lines: tuple[AgingRow, ...],
    *,
    heading: Heading,
    making: Making,
    has_instalments: bool = False,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the open items, and the aging of accounts over them; `lines` are the ledger's own, which Checks holds.

    `one_sheet_per` is the heading whose values get a sheet of items each: Currency, Owner, or none.
    """
    with ReportBook(path, heading, making) as book:
        by = ("Account number", "Account")
        shape = ItemTable(asked, has_disputed=True, has_instalments=has_instalments)
        written = book.table(shape.spec("Items", by, one_sheet_per=one_sheet_per), shape.rows(items))
        by_line: dict[tuple[Hashable, str], Decimal] = {
            ((line.key, None), line.currency): line.balance for line in lines
        }
        controls = Controls(totals_of(asked, total_by_currency(lines)), by_line)
        summary = book.summary(_summary(asked), written, controls)
        for chart in age_charts(summary):
            book.chart(chart)
        for name, said in said_of(asked).items():
            book.fact(name, said)
        book.note(parts_note())
        book.note(MARKED_NOTE)
    return book.facts


def _summary(asked: AgingRequest) -> Summary:
    return Summary(
        "Summary",
        (
            Figure(UNAPPLIED, of=BALANCE, where=(("Bucket", UNAPPLIED),)),
            Figure(BALANCE, of=BALANCE, bold=True),
            Figure(DISPUTED, of=DISPUTED, explanation="What of the balance is contested."),
            Figure("Items", kind=Kind.COUNT, explanation="How many items there are."),
        ),
        inputs=(as_of_input(asked),),
        buckets=BucketHead(asked.buckets, asked.basis),
        parts=(UNAPPLIED,),
        whole=BALANCE,
        explanation="One line an account and currency; each figure is a sum over the sheets of items.",
    )
