"""The table of open items, alike in every workbook that has it: columns, rows, charts of their ages; it sums nothing.

Days and bucket are formulas of the as-of date and the last days on the summary that stands over it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from duedesk.domain.aging import AgingRequest, AgingRow, Basis, OpenItem
from duedesk.domain.days import in_words
from duedesk.exchange.workbooks.marked_columns import MARKED_COLUMNS
from duedesk.exchange.workbooks.specs import (
    BUCKET_FORMULA,
    UNAPPLIED,
    ChartSpec,
    Column,
    Input,
    Kind,
    KnownLine,
    Row,
    Series,
    TableSheet,
)
from duedesk.exchange.workbooks.summary_plan import WrittenSummary, bucket_labels

BALANCE, DISPUTED = "Balance", "Disputed"
_PARTS_NOTE = "What is not applied yet is below nothing: not due + buckets + {apart}unapplied = balance."
_MOST_CHARTS = 6
_DAYS = {Basis.DUE: "Days overdue", Basis.INVOICE: "Days since"}
_DAYS_FORMULAS = {
    Basis.DUE: 'IF([@Due date]="","",AsOf-[@Due date])',
    Basis.INVOICE: 'IF([@Due date]="","",AsOf-[@Date])',
}
_EMPTY = (None,) * len(MARKED_COLUMNS)
_AGE_FROM = {Basis.DUE: "Due date", Basis.INVOICE: "Invoice date"}


@dataclass(frozen=True, slots=True)
class ItemTable:
    """How the items of an aging stand in a table; columns that would be empty throughout are left away."""

    asked: AgingRequest
    has_disputed: bool
    has_instalments: bool

    def spec(
        self,
        title: str,
        lines_by: tuple[str, ...],
        *,
        lines: tuple[KnownLine, ...] = (),
        one_sheet_per: str = "",
    ) -> TableSheet:
        """Give the table; its rows are those of `rows`, each with the key of its line behind."""
        return TableSheet(
            title,
            "Items",
            tuple(self._columns()),
            lines_by=lines_by,
            lines=lines,
            tally_by=("Bucket",),
            is_keyed=True,
            one_sheet_per=one_sheet_per,
            tint_buckets="Bucket",
            explanation="One row an open invoice or instalment, and one a payment or credit memo that is not applied.",
        )

    def rows(self, items: Iterable[OpenItem]) -> Iterator[Row]:
        """Give the values of each item, and what its line is known by."""
        buckets = dict(enumerate(self.asked.labels)) | {None: UNAPPLIED}
        return (self._row(item, buckets[item.bucket]) for item in items)

    def _row(self, item: OpenItem, bucket: str) -> Row:
        asked = self.asked
        days: int | str = ""
        if item.due_date is not None:
            days = (asked.as_of - (item.due_date if asked.basis is Basis.DUE else item.item_date)).days
        return (
            item.account_number,
            item.account,
            item.owner,
            item.kind,
            item.number,
            *((item.instalment,) if self.has_instalments else ()),
            item.item_date,
            item.due_date,
            days,
            bucket,
            item.currency,
            item.total,
            item.balance,
            *((item.disputed or None,) if self.has_disputed else ()),
            *_EMPTY,
            (item.key, item.part),
        )

    def _columns(self) -> Iterator[Column]:
        days = _DAYS[self.asked.basis]
        counted = "the due date" if self.asked.basis is Basis.DUE else "the invoice date"
        yield Column("Account number", Kind.ID, "The customer's number.")
        yield Column("Account", Kind.TEXT, "The customer who owes it.")
        yield Column("Owner", Kind.TEXT, "Who collects it.")
        yield Column("Kind", Kind.TEXT, "Invoice, Payment or Credit memo.", width=14)
        yield Column("Number", Kind.ID, "The number of the document; what is filled in is matched by it.")
        if self.has_instalments:
            yield Column("Instalment", Kind.COUNT, "Which instalment of the invoice it is, where it is paid in some.")
        yield Column("Date", Kind.DAY, "The date of the document.")
        yield Column("Due date", Kind.DAY, "When it is to be paid; nothing for what is not applied.")
        yield Column(days, Kind.COUNT, f"Days from {counted} to the as-of date.", _DAYS_FORMULAS[self.asked.basis])
        yield Column("Bucket", Kind.TEXT, "The range those days lie in.", BUCKET_FORMULA.format(days=days), width=13)
        yield Column("Currency", Kind.TEXT, "The currency of the amounts of this row.", width=12)
        yield Column("Total", Kind.MONEY, "What the document came to.", total=True)
        yield Column(BALANCE, Kind.MONEY, "What of it is open; below nothing for what is not applied.", total=True)
        if self.has_disputed:
            yield Column(DISPUTED, Kind.MONEY, "What of the balance the customer contests.", total=True)
        yield from MARKED_COLUMNS


def parts_note(*, is_apart: bool = False) -> str:
    """Say of what a balance is made, what is contested among it where it stands apart."""
    return _PARTS_NOTE.format(apart="disputed + " if is_apart else "")


def as_of_input(asked: AgingRequest) -> Input:
    """Give the cell of the as-of date."""
    note = f"Change what is blue: ages, buckets and sums follow. Balances stay as of {in_words(asked.as_of)}."
    return Input("AsOf", "As of", asked.as_of, Kind.DAY, note)


def said_of(asked: AgingRequest) -> dict[str, str | datetime]:
    """Give what Checks says of the way it was asked for."""
    return {
        "Age counted from": _AGE_FROM[asked.basis],
        "Known on (UTC)": asked.known_on or "all that was recorded when this was written",
    }


def totals_of(
    asked: AgingRequest, totals: Iterable[AgingRow], *, is_apart: bool = False
) -> dict[tuple[str, str], Decimal]:
    """Give what the ledger says of each figure, by currency and heading."""
    said: dict[tuple[str, str], Decimal] = {}
    for total in totals:
        for label, amount in zip(asked.labels, total.buckets, strict=True):
            said[total.currency, label] = amount
        said[total.currency, UNAPPLIED], said[total.currency, BALANCE] = total.unapplied, total.balance
        if is_apart:
            said[total.currency, DISPUTED] = total.disputed
    return said


def age_charts(summary: WrittenSummary) -> Iterable[ChartSpec]:
    """Give a chart of the ages of each currency, as far as there is room."""
    head = summary.spec.buckets
    if head is None:
        return
    first, *_, last = bucket_labels(head)
    colours = tuple(figure.foot for figure in summary.figures if figure.foot)
    for block in summary.blocks[:_MOST_CHARTS]:
        totals = Series(block.currency, summary.across(first, last, block.figures_row))
        names = summary.across(first, last, summary.head_row)
        yield ChartSpec(f"Open by age, {block.currency}", names, (totals,), points=colours)
