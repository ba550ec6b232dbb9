"""The workbook of statements: a sheet for each account and currency; of several, an overview and all lines besides."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from duedesk.domain.aging import Basis
from duedesk.domain.money import ZERO
from duedesk.domain.reports.statements import Statement, StatementFrame
from duedesk.domain.roll_forward import MOVEMENTS
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import (
    BUCKET_FORMULA,
    UNAPPLIED,
    BucketHead,
    Column,
    Controls,
    Figure,
    Heading,
    Input,
    Kind,
    Row,
    Summary,
    TableSheet,
)
from duedesk.exchange.workbooks.statement_sheet import OPENING, StatementSheet
from duedesk.exchange.workbooks.statement_words import StatementWords

_WHOSE = (
    Column("Account number", Kind.ID, "The number of the account."),
    Column("Account", Kind.TEXT, "The account."),
)
_CURRENCY = Column("Currency", Kind.TEXT, "The currency of all amounts of the row.")
_OPEN = (
    *_WHOSE,
    Column("Kind", Kind.TEXT, "Invoice, payment, credit memo or write-off."),
    Column("Number", Kind.ID, "Its number."),
    Column("Instalment", Kind.COUNT, "Which instalment of the invoice, where it is paid in several."),
    Column("Date", Kind.DAY, "The day it is dated."),
    Column("Due date", Kind.DAY, "The day it is due."),
    Column("Days overdue", Kind.COUNT, "Days from then to the as-of date.", formula="AsOf-[@Due date]"),
    Column("Bucket", Kind.TEXT, "The bucket of its age.", formula=BUCKET_FORMULA.replace("{days}", "Days overdue")),
    _CURRENCY,
    Column("Amount", Kind.MONEY, "What it came to; below nothing what counts against it.", total=True),
    Column("Open", Kind.MONEY, "What is open of it.", total=True),
    Column("Reference", Kind.TEXT, "What was noted on it."),
)
_MOVED = (
    *_WHOSE,
    Column("Date", Kind.DAY, "The day it counts from."),
    Column("Movement", Kind.TEXT, "What it is in a roll-forward."),
    Column("What", Kind.TEXT, "What happened."),
    Column("Number", Kind.ID, "Its number."),
    Column("Due date", Kind.DAY, "The day an invoice is due."),
    _CURRENCY,
    Column("Amount", Kind.MONEY, "What it did to the balance.", total=True),
    Column("Reference", Kind.TEXT, "What was noted on it."),
)
_OF_THE_HOUSE = "en"
_LABELS = dict(MOVEMENTS)
_ELSEWHERE = "elsewhere"


def write_statements(
    path: Path,
    statements: Sequence[Statement],
    frame: StatementFrame,
    words: Mapping[str, StatementWords],
    *,
    heading: Heading,
    making: Making,
) -> WorkbookFacts:
    """Write statements: of one account its sheets alone, of several an overview and all lines besides.

    Each is in the language of its account, `words` those of each. What is beside them in a file is the house's own:
    of one account in another language than the house's sheets are written in, it is there and not shown. Where the
    name ends in .csv, all lines alone.
    """
    is_one = len({one.to.key for one in statements}) <= 1
    if is_one and statements:
        own = words[statements[0].to.language]
        heading = replace(heading, title=own.title, subtitle=f"{statements[0].to.name}, {own.days}")
    with ReportBook(path, heading, making) as book:
        if is_one and any(one.to.language != _OF_THE_HOUSE for one in statements):
            book.hide_ending()
        if not is_one or path.suffix.lower() == ".csv":
            _overview(book, statements, frame)
        for statement, title in zip(statements, _titles(statements, words, is_one=is_one), strict=True):
            written = StatementSheet(book.sheets, frame, statement, words[statement.to.language], title).write()
            name = f"{statement.to.name}: closing balance" if frame.is_activity else f"{statement.to.name}: balance"
            book.check(name, statement.closing, written.total, currency=statement.currency)
            if written.aged is not None:
                aged = f"{statement.to.name}: buckets and what is not applied"
                book.check(aged, statement.closing, written.aged, currency=statement.currency)
    lines = sum(one.lines for one in statements)
    return replace(book.facts, lines=len(statements), items=max(book.facts.items, lines))


def _titles(statements: Sequence[Statement], words: Mapping[str, StatementWords], *, is_one: bool) -> Iterator[str]:
    """Name the sheets by their account, or plainly where there is one; by the currency too where it has several."""
    currencies = Counter(one.to.key for one in statements)
    for one in statements:
        name = words[one.to.language].title[:24] if is_one else one.to.name[:24]
        yield f"{name} {one.currency}" if currencies[one.to.key] > 1 else name


def _overview(book: ReportBook, statements: Sequence[Statement], frame: StatementFrame) -> None:
    spec = TableSheet(
        "Lines",
        "Lines",
        _MOVED if frame.is_activity else _OPEN,
        lines_by=("Account number", "Account"),
        tally_by=("Movement",) if frame.is_activity else ("Bucket",),
        is_keyed=True,
        explanation="A row is a line of a statement.",
        tint_buckets="" if frame.is_activity else "Bucket",
    )
    table = book.table(spec, _moved_rows(statements, frame) if frame.is_activity else _open_rows(statements, frame))
    totals: dict[tuple[str, str], Decimal] = {}
    for one in statements:
        for name, amount in (("Opening", one.opening), ("Balance", one.closing)):
            totals[one.currency, name] = totals.get((one.currency, name), ZERO) + amount
    lines: dict[tuple[Hashable, str], Decimal] = {(one.to.key, one.currency): one.closing for one in statements}
    has_hidden = any(line.movement == _ELSEWHERE for one in statements for line in one.moved_lines)
    summary = _of_moved(has_hidden=has_hidden) if frame.is_activity else _of_open(frame)
    book.summary(summary, table, Controls(totals, lines))


def _of_open(frame: StatementFrame) -> Summary:
    return Summary(
        "Accounts",
        (
            Figure(UNAPPLIED, of="Open", where=(("Bucket", UNAPPLIED),)),
            Figure("Balance", of="Open", bold=True),
        ),
        inputs=(Input("AsOf", "As of", frame.as_of, Kind.DAY, "Days and buckets follow; amounts stay."),),
        buckets=BucketHead(frame.buckets, Basis.DUE, of="Open"),
        parts=(UNAPPLIED,),
        whole="Balance",
        explanation="What each account owes; buckets + unapplied = balance.",
    )


def _of_moved(*, has_hidden: bool) -> Summary:
    movements = [label for name, label in MOVEMENTS if has_hidden or name != _ELSEWHERE]
    return Summary(
        "Accounts",
        (
            Figure("Opening", of="Amount", where=(("Movement", "Opening"),)),
            *(Figure(label, of="Amount", where=(("Movement", label),)) for label in movements),
            Figure("Balance", of="Amount", bold=True),
        ),
        parts=("Opening", *movements),
        whole="Balance",
        explanation="How the balance of each account became what it is: opening + what moved it = balance.",
    )


def _open_rows(statements: Iterable[Statement], frame: StatementFrame) -> Iterator[Row]:
    labels = frame.buckets.labels
    for one in statements:
        for line in one.open_lines:
            days = line.days_overdue
            yield (
                one.to.number,
                one.to.name,
                line.kind,
                line.number,
                line.instalment,
                line.on,
                line.due_date,
                days,
                UNAPPLIED if days is None else labels[frame.buckets.index(days)],
                one.currency,
                line.total,
                line.balance,
                line.reference,
                one.to.key,
            )


def _moved_rows(statements: Iterable[Statement], frame: StatementFrame) -> Iterator[Row]:
    for one in statements:
        whose = (one.to.number, one.to.name)
        if one.opening or not one.moved_lines:
            yield (
                *whose, frame.first_day, "Opening", OPENING, "", None, one.currency, one.opening, "", one.to.key
            )  # fmt: skip
        for line in one.moved_lines:
            yield (
                *whose,
                line.on,
                _LABELS[line.movement],
                line.what,
                line.number,
                line.due_date,
                one.currency,
                line.amount,
                line.reference,
                one.to.key,
            )
