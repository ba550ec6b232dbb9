"""The aging workbook: lines that calculate, the items behind them, and the proof; it asks the book nothing itself."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from pathlib import Path

from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis, OpenItem
from duedesk.domain.days import in_words
from duedesk.domain.grouping import ACCOUNT, CURRENCY, label_of
from duedesk.domain.grouping import in_words as grouping_in_words
from duedesk.exchange.workbooks.aging_converted import add_converted
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
from duedesk.exchange.workbooks.specs import (
    UNAPPLIED,
    BucketHead,
    Controls,
    Figure,
    Heading,
    KnownLine,
    Summary,
)

_SENTENCE = "Who owes what, and how late it is."
_FROM = {Basis.DUE: "age from the due date", Basis.INVOICE: "age from the invoice date"}


def write_aging_workbook(
    path: Path,
    aging: Aging,
    items: Iterable[OpenItem],
    *,
    making: Making,
    converted: Aging | None = None,
    has_instalments: bool = False,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the workbook of an aging and the items behind it to `path`; RequestError where the disk refuses.

    `items` are taken one by one and never held. `converted` is the aging in one currency, which stands on a sheet of
    its own; `one_sheet_per` is the heading whose values get a sheet of items each: Currency, Owner, or none.
    """
    asked = aging.request
    lines = dict(_lines(aging))
    with ReportBook(path, _heading(asked, making.book_name), making) as book:
        shape = ItemTable(asked, has_disputed=asked.apart_disputed, has_instalments=has_instalments)
        table = shape.spec("Detail", _headings(asked), lines=tuple(lines), one_sheet_per=one_sheet_per)
        written = book.table(table, shape.rows(items))
        by_line = {(line.key, line.currency): row.balance for line, row in lines.items()}
        totals = totals_of(asked, aging.totals, is_apart=asked.apart_disputed)
        summary = book.summary(_summary(asked), written, Controls(totals, by_line))
        if converted is not None and converted.totals:
            add_converted(book, converted, asked, summary)
        for chart in age_charts(summary):
            book.chart(chart)
        book.fact("One line for each", " / ".join(map(label_of, asked.by)))
        for name, said in said_of(asked).items():
            book.fact(name, said)
        book.fact("Currency", asked.currency or "all, never added together")
        book.note(parts_note(is_apart=asked.apart_disputed))
        book.note(MARKED_NOTE)
    return book.facts


def _heading(asked: AgingRequest, book_name: str) -> Heading:
    """Say what an aging was asked for."""
    known = ""
    if asked.known_on is not None:
        moment = asked.known_on.astimezone(UTC)
        known = f"known on {in_words(moment.date())} {moment:%H:%M} UTC"
    currency = f"{asked.currency} only" if asked.currency else ""
    apart = "what is contested apart" if asked.apart_disputed else ""
    by = f"by {grouping_in_words(asked.by)}"
    subtitle = ", ".join(filter(None, (book_name, by, _FROM[asked.basis], apart, known, currency)))
    return Heading(f"Aging as of {in_words(asked.as_of)}", subtitle, _SENTENCE, asked.as_of)


def _headings(asked: AgingRequest) -> tuple[str, ...]:
    """Give the headings of what lines are called; their currency stands behind."""
    named = (heading for path in asked.by if path != CURRENCY for heading in _headings_of(path))
    return (*named, "Currency")


def _headings_of(path: str) -> tuple[str, ...]:
    return ("Account number", "Account") if path == ACCOUNT else (label_of(path),)


def _lines(aging: Aging) -> Iterator[tuple[KnownLine, AgingRow]]:
    """Give the lines by currency, in the order of the aging: the rows of its last level, those above in their texts."""
    for currency in sorted({total.currency for total in aging.totals}):
        for row in aging.rows:
            if row.currency == currency:
                for part in row.parts or (row,):
                    key = (row.key, part.key if row.parts else None)
                    levels = (row, part) if row.parts else (row,)
                    yield KnownLine(key, _texts(aging.request, levels), currency), part


def _texts(asked: AgingRequest, levels: tuple[AgingRow, ...]) -> tuple[str, ...]:
    named = zip(asked.by, levels, strict=True)
    texts = [(row.number, row.name) if path == ACCOUNT else (row.name,) for path, row in named if path != CURRENCY]
    return (*(text for some in texts for text in some), levels[-1].currency)


def _summary(asked: AgingRequest) -> Summary:
    disputed = Figure(DISPUTED, of=DISPUTED, explanation="What is contested, out of its bucket.")
    counted = "the due date" if asked.basis is Basis.DUE else "the invoice date"
    return Summary(
        "Aging",
        (
            *((disputed,) if asked.apart_disputed else ()),
            Figure(
                UNAPPLIED,
                of=BALANCE,
                where=(("Bucket", UNAPPLIED),),
                explanation="Payments and credit memos on no invoice yet, below nothing.",
            ),
            Figure(BALANCE, of=BALANCE, bold=True, explanation="What is owed: the sum of all columns before."),
        ),
        inputs=(as_of_input(asked),),
        buckets=BucketHead(asked.buckets, asked.basis, less=DISPUTED if asked.apart_disputed else ""),
        parts=(*((DISPUTED,) if asked.apart_disputed else ()), UNAPPLIED),
        whole=BALANCE,
        explanation=f"One line a group and currency, by days from {counted}: sums over the items.",
    )
