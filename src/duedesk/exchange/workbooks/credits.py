"""The workbook of credit memos and write-offs of a period, by reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from duedesk.domain.money import ZERO
from duedesk.domain.reports.ledger import CREDIT_MEMO, POSTED, VOIDED, WRITE_OFF, CreditEvent
from duedesk.exchange.sheet_stream import Formula
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Column, Controls, Figure, Heading, Kind, Row, Summary, TableSheet
from duedesk.exchange.workbooks.written_table import WrittenTable

_COLUMNS = (
    Column("Date", Kind.DAY, "The day it counts from."),
    Column("Event", Kind.TEXT, "Posted, or voided again."),
    Column("Kind", Kind.TEXT, "Credit memo or write-off."),
    Column("Number", Kind.ID, "Its number."),
    Column("Reason", Kind.TEXT, "Why the claim was given up."),
    Column("Account number", Kind.ID, "The number of the account that was credited."),
    Column("Account", Kind.TEXT, "The account that was credited."),
    Column("Owner", Kind.TEXT, "Whose account it is."),
    Column("Invoice", Kind.ID, "The invoice it refers to, or was put on first."),
    Column("Currency", Kind.TEXT, "The currency of all amounts of the row."),
    Column("Net", Kind.MONEY, "Before tax.", total=True),
    Column("Tax", Kind.MONEY, "The tax.", total=True),
    Column("Amount", Kind.MONEY, "With tax: what was given up; below nothing what was taken up again.", total=True),
    Column("Applied", Kind.MONEY, "What of it is on invoices at the end of the period.", total=True),
    Column("Unapplied", Kind.MONEY, "What of it is on none by then.", total=True),
    Column("Approved by", Kind.TEXT, "Who approved a write-off that needed it."),
    Column("Description", Kind.TEXT, "What was noted on it."),
)


@dataclass(frozen=True, slots=True)
class CreditControls:
    """What the ledger says of a period, by currency: credited, written off less what of that was voided, and voided."""

    credited: Mapping[str, Decimal]
    written_off: Mapping[str, Decimal]
    voided: Mapping[str, Decimal]
    """Credit memos other than write-offs."""

    @property
    def totals(self) -> dict[tuple[str, str], Decimal]:
        """Give what all rows come to."""
        found: dict[tuple[str, str], Decimal] = {}
        for amounts in (self.credited, self.written_off, self.voided):
            for currency, amount in amounts.items():
                found[currency, "Amount"] = found.get((currency, "Amount"), ZERO) + amount
        return found


def write_credits(
    path: Path,
    events: Iterable[CreditEvent],
    controls: CreditControls,
    *,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write what was credited and written off."""
    with ReportBook(path, heading, making) as book:
        spec = TableSheet(
            "Credits",
            "Credits",
            _COLUMNS,
            lines_by=("Kind", "Reason"),
            tally_by=("Event", "Kind"),
            one_sheet_per=one_sheet_per,
            explanation="A row is a credit memo or write-off that was posted or voided in the period.",
        )
        table = book.table(spec, map(_row, events))
        book.summary(
            Summary(
                "By reason",
                (
                    Figure("Events", kind=Kind.COUNT),
                    Figure(POSTED, of="Amount", where=(("Event", POSTED),)),
                    Figure(VOIDED, of="Amount", where=(("Event", VOIDED),)),
                    Figure("Amount", of="Amount", bold=True),
                    *(Figure(name, of=name) for name in ("Net", "Tax", "Applied", "Unapplied")),
                ),
                parts=(POSTED, VOIDED),
                whole="Amount",
                sort=lambda texts: tuple(map(str, texts)),
                explanation="What was given up in the period, by kind and reason.",
            ),
            table,
            Controls(controls.totals),
        )
        _check(book, table, controls)
    return book.facts


def _check(book: ReportBook, table: WrittenTable, controls: CreditControls) -> None:
    """Set each part beside the roll-forward's."""
    for currency in sorted({*controls.credited, *controls.written_off, *controls.voided}):
        for name, amounts, kind, event in (
            ("Credit memos posted", controls.credited, CREDIT_MEMO, POSTED),
            ("Credit memos voided", controls.voided, CREDIT_MEMO, VOIDED),
            ("Written off, less voided", controls.written_off, WRITE_OFF, ""),
        ):
            picked = [("Currency", f'"{currency}"'), ("Kind", f'"{kind}"')]
            picked += [("Event", f'"{event}"')] if event else []
            events = (event,) if event else (POSTED, VOIDED)
            sums = (table.tally("Amount", currency=currency, by_0=one, by_1=kind) for one in events)
            found = Formula(table.sumifs("Amount", *picked), sum(sums, ZERO))
            book.check(name, amounts.get(currency, ZERO), found, currency=currency)


def _row(one: CreditEvent) -> Row:
    is_posted = one.what == POSTED
    return (
        one.on,
        one.what,
        one.kind,
        one.number,
        one.reason,
        one.account_number,
        one.account,
        one.owner,
        one.invoice,
        one.currency,
        one.net,
        one.tax,
        one.amount,
        *(amount if is_posted else None for amount in (one.applied, one.unapplied)),
        one.approved_by,
        one.description,
    )
