"""The workbook of what is unapplied: payments and credit memos on no invoice, by account and age."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from duedesk.domain.aging import AgingRow, Basis, Buckets
from duedesk.domain.money import ZERO
from duedesk.domain.reports.ledger import CREDIT_MEMO, PAYMENT, WRITE_OFF, UnappliedItem
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import (
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

_COLUMNS = (
    Column("Kind", Kind.TEXT, "Payment, credit memo or write-off."),
    Column("Number", Kind.ID, "Its number."),
    Column("Account number", Kind.ID, "The number of the account it came from."),
    Column("Account", Kind.TEXT, "The account it came from."),
    Column("Owner", Kind.TEXT, "Whose account it is."),
    Column("Date", Kind.DAY, "The day it counts from."),
    Column("Days", Kind.COUNT, "Days from then to the as-of date.", formula="AsOf-[@Date]"),
    Column("Bucket", Kind.TEXT, "The bucket of its age.", formula="LOOKUP(MAX(0,[@Days]),FirstDays,BucketNames)"),
    Column("Currency", Kind.TEXT, "The currency of all amounts of the row."),
    Column("Amount", Kind.MONEY, "What it came to.", total=True),
    Column("Used", Kind.MONEY, "What of it was applied or given back.", formula="[@Amount]-[@Unapplied]", total=True),
    Column("Unapplied", Kind.MONEY, "What of it is on no invoice.", total=True),
    Column("Reason", Kind.TEXT, "The reason of a credit."),
    Column("Reference", Kind.ID, "Its reference."),
    Column("Comments", Kind.TEXT, "What was noted on it."),
)


def write_unapplied(
    path: Path,
    items: Iterable[UnappliedItem],
    owed: Sequence[AgingRow],
    *,
    buckets: Buckets,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the items; `owed` are the lines of the aging by account, whose unapplied they come to."""
    as_of = heading.as_of
    if as_of is None:
        raise ValueError("What is unapplied is so on a day.")
    labels = buckets.labels_from(Basis.INVOICE)
    with ReportBook(path, heading, making) as book:
        spec = TableSheet(
            "Items",
            "Items",
            _COLUMNS,
            lines_by=("Account number", "Account"),
            tally_by=("Bucket", "Kind"),
            is_keyed=True,
            one_sheet_per=one_sheet_per,
            explanation="A row is a payment or a credit memo of which something is on no invoice.",
            tint_buckets="Bucket",
        )
        table = book.table(spec, (_row(one, labels[buckets.index(one.days)]) for one in items))
        book.summary(_summary(as_of, buckets), table, _controls(owed))
    return book.facts


def _summary(as_of: date, buckets: Buckets) -> Summary:
    return Summary(
        "Unapplied",
        (
            Figure("Payments", of="Unapplied", where=(("Kind", PAYMENT),)),
            Figure("Credit memos", of="Unapplied", where=(("Kind", CREDIT_MEMO),)),
            Figure("Write-offs", of="Unapplied", where=(("Kind", WRITE_OFF),)),
            Figure("Unapplied", of="Unapplied", bold=True),
        ),
        inputs=(Input("AsOf", "As of", as_of, Kind.DAY, "Ages and buckets follow; amounts stay."),),
        buckets=BucketHead(buckets, Basis.INVOICE, of="Unapplied", counted="since it counts"),
        whole="Unapplied",
        explanation="What is on no invoice by account: by its age, and by what it is.",
    )


def _controls(owed: Sequence[AgingRow]) -> Controls:
    """Turn the aging's figures around: it takes off what this workbook adds up."""
    totals: dict[tuple[str, str], Decimal] = {}
    for row in owed:
        place = (row.currency, "Unapplied")
        totals[place] = totals.get(place, ZERO) - row.unapplied
    return Controls(totals, {(row.key, row.currency): -row.unapplied for row in owed if row.unapplied})


def _row(one: UnappliedItem, bucket: str) -> Row:
    return (
        one.kind,
        one.number,
        one.account_number,
        one.account,
        one.owner,
        one.on,
        one.days,
        bucket,
        one.currency,
        one.amount,
        one.used,
        one.unapplied,
        one.reason,
        one.reference,
        one.comments,
        one.account_key,
    )
