"""The workbook of a roll-forward: by currency, by account, and every document that moved a balance; it asks no book."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from duedesk.domain.days import in_words
from duedesk.domain.roll_forward import MOVEMENTS, MovedDocument, RollForward
from duedesk.exchange.sheet_stream import Formula
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import (
    ChartSpec,
    Column,
    Controls,
    Figure,
    Heading,
    Kind,
    Row,
    Series,
    Summary,
    TableSheet,
)
from duedesk.exchange.workbooks.summary_plan import WrittenSummary, quoted_sheet
from duedesk.exchange.workbooks.written_table import WrittenTable
from duedesk.resources import Look

OPENING, CLOSING = "Opening", "Closing"
_ALWAYS = 4
"""Movements that are shown though nothing moved that way: invoiced, paid, credited, written off."""
_MOST_CHARTS = 3


def write_roll_forward(
    path: Path,
    accounts: Sequence[RollForward],
    ledger: Sequence[RollForward],
    documents: Iterable[MovedDocument],
    *,
    heading: Heading,
    making: Making,
) -> WorkbookFacts:
    """Write the roll-forward of accounts and the documents behind it; RequestError where the disk refuses.

    `ledger` has the opening and closing balances of agings and the sums of documents, one row a currency, which Checks
    holds against the workbook.
    """
    shown = tuple(
        one for place, one in enumerate(MOVEMENTS) if place < _ALWAYS or any(getattr(row, one[0]) for row in ledger)
    )
    with ReportBook(path, heading, making) as book:
        table = book.table(_accounts(shown), map(_row_of(shown), accounts))
        parts = (OPENING, *(label for _, label in shown))
        figures = tuple(Figure(name, of=name, bold=name in {OPENING, CLOSING}) for name in (*parts, CLOSING))
        summary = Summary(
            "Roll-forward",
            figures,
            by=("Currency",),
            parts=parts,
            whole=CLOSING,
            explanation="One line a currency: opening + movements = closing.",
        )
        totals = {
            (one.currency, label): getattr(one, name)
            for one in ledger
            for name, label in (("opening", OPENING), *shown, ("closing", CLOSING))
        }
        written = book.summary(summary, table, Controls(totals))
        behind = book.table(_DOCUMENTS, _documents(documents))
        for one in ledger:
            for name, label in shown:
                _check(book, behind, one.currency, label, getattr(one, name))
        for one in list(ledger)[:_MOST_CHARTS]:
            book.chart(_chart(written, one.currency, figures, book.sheets.styles.look))
        for one in list(ledger)[:1]:
            book.note(
                f"{in_words(one.first_day)} and {in_words(one.end)} are both within the period; opening is the balance "
                f"at the end of {in_words(one.opens_on)}."
            )
        book.note("What raises the balance is above nothing, what lowers it below: opening + movements = closing.")
    return book.facts


def _accounts(shown: Sequence[tuple[str, str]]) -> TableSheet:
    names = [OPENING, *(label for _, label in shown)]
    return TableSheet(
        "By account",
        "Accounts",
        (
            Column("Account number", Kind.ID, "The customer's number."),
            Column("Account", Kind.TEXT, "The customer."),
            Column("Currency", Kind.TEXT, "Currencies are never added together."),
            Column(OPENING, Kind.MONEY, "Balance at the end of the day before the first of the period.", total=True),
            *(Column(label, Kind.MONEY, _SAID[name], total=True) for name, label in shown),
            Column(
                CLOSING,
                Kind.MONEY,
                "Opening and all movements, added up.",
                formula="+".join(f"[@{name}]" for name in names),
                total=True,
            ),
        ),
        lines_by=("Currency",),
        explanation="A row is an account in one currency that owed or moved something.",
    )


_SAID = {
    "invoiced": "Invoices dated in the period, with tax.",
    "paid": "Payments received in the period, applied or not.",
    "credited": "Credit memos of the period, applied or not; write-offs stand apart.",
    "written_off": "Write-offs of the period, less those voided.",
    "refunded": "Money given back in the period, less what of that was canceled.",
    "voided": "Invoices voided in the period.",
    "reversed": "Payments canceled and credit memos voided in the period.",
    "elsewhere": "Put on invoices that the reader may not see.",
}


_DOCUMENTS = TableSheet(
    "Documents",
    "Documents",
    (
        Column("Movement", Kind.TEXT, "The column of the roll-forward it is in."),
        Column("Date", Kind.DAY, "The day on which it counts."),
        Column("What", Kind.TEXT, "What happened."),
        Column("Document", Kind.ID, "Its number."),
        Column("Account number", Kind.ID, "The customer's number."),
        Column("Account", Kind.TEXT, "The customer."),
        Column("Currency", Kind.TEXT),
        Column("Amount", Kind.MONEY, "What it did to the balance.", total=True),
    ),
    tally_by=("Movement",),
    explanation="A row is one document that came or went in the period.",
)


def _row_of(shown: Sequence[tuple[str, str]]) -> Callable[[RollForward], Row]:
    names = ["opening", *(name for name, _ in shown)]

    def row(one: RollForward) -> Row:
        amounts = [getattr(one, name) for name in names]
        return (one.number, one.name, one.currency, *amounts, sum(amounts, Decimal(0)))

    return row


def _documents(documents: Iterable[MovedDocument]) -> Iterator[Row]:
    labels = dict(MOVEMENTS)
    for one in documents:
        label = labels[one.movement]
        yield (label, one.on, one.what, one.number, one.account_number, one.account, one.currency, one.amount)


def _check(book: ReportBook, behind: WrittenTable, currency: str, label: str, expected: Decimal) -> None:
    text = behind.sumifs("Amount", ("Movement", f'"{label}"'), ("Currency", f'"{currency}"'))
    found = Formula(text, behind.tally("Amount", currency=currency, by_0=label))
    book.check(f"{label}, documents", expected, found, currency=currency)


def _chart(written: WrittenSummary, currency: str, figures: Sequence[Figure], look: Look) -> ChartSpec:
    """Show opening, each movement and closing of a currency beside each other."""
    row = next(block.figures_row for block in written.blocks if block.currency == currency)
    first, last = written.letter(figures[0].heading), written.letter(figures[-1].heading)
    sheet = quoted_sheet(written.sheet)

    def cells(at: int) -> str:
        return f"{sheet}!${first}${at}:${last}${at}"

    balance, movement = look.accent, look.buckets[0]
    return ChartSpec(
        f"From opening to closing, {currency}",
        cells(written.head_row),
        (Series(currency, cells(row)),),
        points=(balance, *[movement] * (len(figures) - 2), balance),
    )
