"""The workbook of open items: what each account owes by age, the items behind it, and columns that finance fills in."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from duedesk.domain.aging import AgingRequest, AgingRow, Basis, OpenItem, total_by_currency
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.marked_columns import MARKED_COLUMNS, MARKED_NOTE
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import (
    BUCKET_FORMULA,
    UNAPPLIED,
    BucketHead,
    ChartSpec,
    Column,
    Controls,
    Figure,
    Heading,
    Input,
    Kind,
    Row,
    Series,
    Summary,
    TableSheet,
)
from duedesk.exchange.workbooks.summary_plan import WrittenSummary, bucket_labels

_BALANCE = "Balance"
_MOST_CHARTS = 6
_DAYS = {Basis.DUE: "Days overdue", Basis.INVOICE: "Days since"}
_DAYS_FORMULAS = {
    Basis.DUE: 'IF([@Due date]="","",AsOf-[@Due date])',
    Basis.INVOICE: 'IF([@Due date]="","",AsOf-[@Date])',
}


def write_open_items(
    path: Path,
    asked: AgingRequest,
    items: Iterable[OpenItem],
    lines: tuple[AgingRow, ...],
    *,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the open items, and the aging of accounts over them; `lines` are the ledger's own, which Checks holds.

    `one_sheet_per` is the heading whose values get a sheet of items each: Currency, Owner, or none.
    """
    with ReportBook(path, heading, making) as book:
        spec = TableSheet(
            "Items",
            "Items",
            _columns(asked.basis),
            lines_by=("Account number", "Account"),
            tally_by=("Bucket",),
            is_keyed=True,
            one_sheet_per=one_sheet_per,
            tint_buckets="Bucket",
            explanation="One row an open invoice or instalment, and one a payment or credit memo that is not applied.",
        )
        table = book.table(spec, (_row(asked, item) for item in items))
        summary = book.summary(_summary(asked), table, _controls(asked, lines))
        for chart in _charts(summary):
            book.chart(chart)
        book.fact("Age counted from", "Due date" if asked.basis is Basis.DUE else "Invoice date")
        book.fact("Known on (UTC)", asked.known_on or "all that was recorded when this was written")
        book.note(MARKED_NOTE)
        book.note("What is not applied yet is below nothing: buckets + unapplied = balance.")
    return book.facts


def _columns(basis: Basis) -> tuple[Column, ...]:
    days = _DAYS[basis]
    counted = "the due date" if basis is Basis.DUE else "the invoice date"
    return (
        Column("Account number", Kind.ID, "The customer's number."),
        Column("Account", Kind.TEXT, "The customer who owes it."),
        Column("Owner", Kind.TEXT, "Who collects it."),
        Column("Kind", Kind.TEXT, "Invoice, Payment or Credit memo.", width=14),
        Column("Number", Kind.ID, "The number of the document; what is filled in is matched by it."),
        Column("Instalment", Kind.COUNT, "Which instalment of the invoice it is, where it is paid in instalments."),
        Column("Date", Kind.DAY, "The date of the document."),
        Column("Due date", Kind.DAY, "When it is to be paid; nothing for what is not applied."),
        Column(days, Kind.COUNT, f"Days from {counted} to the as-of date.", _DAYS_FORMULAS[basis]),
        Column("Bucket", Kind.TEXT, "The range those days lie in.", BUCKET_FORMULA.format(days=days), width=13),
        Column("Currency", Kind.TEXT, "The currency of the amounts of this row.", width=12),
        Column("Total", Kind.MONEY, "What the document came to."),
        Column(_BALANCE, Kind.MONEY, "What of it is open; below nothing for what is not applied.", total=True),
        Column("Disputed", Kind.MONEY, "What of the balance the customer contests.", total=True),
        *MARKED_COLUMNS,
    )


def _row(asked: AgingRequest, item: OpenItem) -> Row:
    days: int | str = ""
    if item.due_date is not None:
        days = (asked.as_of - (item.due_date if asked.basis is Basis.DUE else item.item_date)).days
    return (
        item.account_number,
        item.account,
        item.owner,
        item.kind,
        item.number,
        item.instalment,
        item.item_date,
        item.due_date,
        days,
        UNAPPLIED if item.bucket is None else asked.labels[item.bucket],
        item.currency,
        item.total,
        item.balance,
        item.disputed or None,
        None,
        None,
        None,
        None,
        item.key,
    )


def _summary(asked: AgingRequest) -> Summary:
    note = "Change what is blue: ages, buckets and sums follow."
    return Summary(
        "Summary",
        (
            Figure(UNAPPLIED, of=_BALANCE, where=(("Bucket", UNAPPLIED),)),
            Figure(_BALANCE, of=_BALANCE, bold=True),
            Figure("Disputed", of="Disputed", explanation="What of the balance is contested."),
            Figure("Items", kind=Kind.COUNT, explanation="How many items there are."),
        ),
        inputs=(Input("AsOf", "As of", asked.as_of, Kind.DAY, f"{note} Balances stay as they were written."),),
        buckets=BucketHead(asked.buckets, asked.basis, of=_BALANCE),
        parts=(UNAPPLIED,),
        whole=_BALANCE,
        explanation="One line an account and currency; each figure is a sum over the sheets of items.",
    )


def _controls(asked: AgingRequest, lines: tuple[AgingRow, ...]) -> Controls:
    totals: dict[tuple[str, str], Decimal] = {}
    for total in total_by_currency(lines):
        figures = (*total.buckets, total.unapplied, total.balance)
        for name, amount in zip((*asked.labels, UNAPPLIED, _BALANCE), figures, strict=True):
            totals[total.currency, name] = amount
    return Controls(totals, {(line.key, line.currency): line.balance for line in lines})


def _charts(summary: WrittenSummary) -> Iterable[ChartSpec]:
    head = summary.spec.buckets
    if head is None:
        return
    first, *_, last = bucket_labels(head)
    colours = tuple(figure.foot for figure in summary.figures if figure.foot)
    for block in summary.blocks[:_MOST_CHARTS]:
        totals = Series(block.currency, summary.across(first, last, block.figures_row))
        names = summary.across(first, last, summary.head_row)
        yield ChartSpec(f"Open by age, {block.currency}", names, (totals,), points=colours)
