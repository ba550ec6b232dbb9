"""The workbook of cash: what was received in a period, where it was applied, and what of it was on no invoice."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from duedesk.domain.money import ZERO
from duedesk.domain.reports.ledger import (
    CANCELED,
    RECEIVED,
    REFUND_CANCELED,
    REFUNDED,
    AppliedCash,
    CashEvent,
    CashOfCurrency,
)
from duedesk.exchange.sheet_stream import Formula
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Column, Controls, Figure, Heading, Kind, Row, Summary, TableSheet
from duedesk.exchange.workbooks.written_table import WrittenTable

_CURRENCY = Column("Currency", Kind.TEXT, "The currency of all amounts of the row.")
_CASH = (
    Column("Date", Kind.DAY, "The day the money came in or went out."),
    Column("Event", Kind.TEXT, "Received, canceled, refunded, or a refund that was canceled."),
    Column("Payment", Kind.ID, "The number of the payment."),
    Column("Refund", Kind.ID, "The number of the refund."),
    Column("Account number", Kind.ID, "The number of the account that paid."),
    Column("Account", Kind.TEXT, "The account that paid."),
    Column("Owner", Kind.TEXT, "Whose account it is."),
    _CURRENCY,
    Column("Amount", Kind.MONEY, "What came in; below nothing what went out.", total=True),
    Column("Applied", Kind.MONEY, "What of a payment received is on invoices at the end of the period.", total=True),
    Column("Refunds", Kind.MONEY, "What of it is given back by then.", total=True),
    Column("Canceled by then", Kind.MONEY, "What of it is canceled by then.", total=True),
    Column(
        "Unapplied", Kind.MONEY, "What of it is on no invoice by then, and neither given back nor canceled.", total=True
    ),
    Column("Reference", Kind.ID, "The payment's reference."),
    Column("Comments", Kind.TEXT, "What was noted on the payment."),
)
_STOOD = ("Applied", "Refunds", "Canceled by then", "Unapplied")
_APPLIED = (
    Column("Date", Kind.DAY, "The day it counts from."),
    Column("Event", Kind.TEXT, "Applied, or taken off an invoice again."),
    Column("Payment", Kind.ID, "The number of the payment."),
    Column("Received", Kind.DAY, "The day the payment came in, which may lie before the period."),
    Column("Account number", Kind.ID, "The number of the account."),
    Column("Account", Kind.TEXT, "The account."),
    Column("Invoice", Kind.ID, "The invoice it was put on; empty where you do not see it."),
    Column("Due date", Kind.DAY, "The day the invoice is due."),
    Column("Days late", Kind.COUNT, "Days from the due date.", formula="[@Date]-[@Due date]"),
    _CURRENCY,
    Column("Amount", Kind.MONEY, "What was put on the invoice; below nothing what was taken off it.", total=True),
    Column("Comments", Kind.TEXT, "What was noted on it."),
)


def write_cash(
    path: Path,
    events: Iterable[CashEvent],
    applied: Iterable[AppliedCash],
    unapplied: Sequence[CashOfCurrency],
    paid: dict[str, Decimal],
    *,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the cash and its applications.

    By currency `unapplied` is what the ledger had on no invoice before and after, `paid` what it says was received.
    """
    with ReportBook(path, heading, making) as book:
        cash = _cash(book, events, paid, one_sheet_per)
        put = _applied(book, applied)
        _unapplied(book, cash, put, unapplied)
    return book.facts


def _cash(book: ReportBook, events: Iterable[CashEvent], paid: dict[str, Decimal], one_sheet_per: str) -> WrittenTable:
    spec = TableSheet(
        "Cash",
        "Cash",
        _CASH,
        lines_by=("Date",),
        tally_by=("Event",),
        one_sheet_per=one_sheet_per,
        explanation="A row is money that came in or went out. Of what was received: amount = applied + refunds + "
        "canceled + unapplied.",
    )
    table = book.table(spec, map(_event, events))
    kinds = (RECEIVED, CANCELED, REFUNDED, REFUND_CANCELED)
    summary = Summary(
        "Received",
        (
            Figure("Payments", where=(("Event", RECEIVED),), kind=Kind.COUNT, explanation="How many were received."),
            *(Figure(kind, of="Amount", where=(("Event", kind),)) for kind in kinds),
            Figure("Net cash", of="Amount", bold=True),
            *(Figure(name, of=name) for name in _STOOD),
        ),
        parts=kinds,
        whole="Net cash",
        sort=lambda texts: tuple(map(str, texts)),
        explanation="Cash by the day, and what of the payments received was applied at the end of the period.",
    )
    book.summary(summary, table, Controls({(currency, RECEIVED): amount for currency, amount in paid.items()}))
    for currency in table.currencies:
        received = table.tally("Amount", currency=currency, by_0=RECEIVED)
        made_of = [table.total(name, currency) for name in _STOOD]
        found = Formula("+".join(one.text for one in made_of), sum((Decimal(one.value) for one in made_of), ZERO))
        book.check("Received = applied + refunds + canceled + unapplied", received, found, currency=currency)
    return table


def _applied(book: ReportBook, applied: Iterable[AppliedCash]) -> WrittenTable:
    spec = TableSheet(
        "Applications",
        "Applications",
        _APPLIED,
        lines_by=("Date",),
        tally_by=("Event",),
        explanation="A row is an amount of a payment that was put on an invoice, or taken off it again.",
    )
    table = book.table(spec, map(_application, applied))
    summary = Summary(
        "Applied",
        (
            Figure("Applications", kind=Kind.COUNT),
            *(Figure(what, of="Amount", where=(("Event", what),)) for what in ("Applied", "Unapplied")),
            Figure("Net applied", of="Amount", bold=True),
        ),
        parts=("Applied", "Unapplied"),
        whole="Net applied",
        sort=lambda texts: tuple(map(str, texts)),
        explanation="What was put on invoices, and taken off again, by the day.",
    )
    book.summary(summary, table)
    return table


def _unapplied(book: ReportBook, cash: WrittenTable, put: WrittenTable, unapplied: Sequence[CashOfCurrency]) -> None:
    """Tell by currency how what was on no invoice became what is on none now."""
    here = ("Currency", "[@Currency]")
    columns = (
        Column("Currency", Kind.TEXT, "The currency."),
        Column("Unapplied before", Kind.MONEY, "What payments had on no invoice before the first day."),
        Column("Net cash", Kind.MONEY, "What came in less what went out.", formula=cash.sumifs("Amount", here)),
        Column("Net applied", Kind.MONEY, "What was put on invoices.", formula=put.sumifs("Amount", here)),
        Column(
            "Unapplied after",
            Kind.MONEY,
            "Unapplied before + net cash - net applied.",
            formula="[@Unapplied before]+[@Net cash]-[@Net applied]",
            total=True,
        ),
    )
    rows: list[Row] = []
    for one in unapplied:
        came, went = (table.tally("Amount", currency=one.currency) for table in (cash, put))
        rows.append((one.currency, one.opening, came, went, one.opening + came - went))
    spec = TableSheet(
        "Unapplied cash",
        "UnappliedCash",
        columns,
        explanation="How cash on no invoice became what it is at the end of the period, by currency.",
    )
    table = book.table(spec, rows)
    for one in unapplied:
        after = table.total("Unapplied after", one.currency)
        book.check("Unapplied after the period", one.closing, after, currency=one.currency)


def _event(one: CashEvent) -> Row:
    is_received = one.what == RECEIVED
    stood = (one.applied, one.refunded, one.canceled, one.unapplied)
    return (
        one.on,
        one.what,
        one.payment,
        one.refund,
        one.account_number,
        one.account,
        one.owner,
        one.currency,
        one.amount,
        *(amount if is_received else None for amount in stood),
        one.reference,
        one.comments,
    )


def _application(one: AppliedCash) -> Row:
    return (
        one.on,
        one.what,
        one.payment,
        one.received_on,
        one.account_number,
        one.account,
        one.invoice,
        one.due_date,
        one.days_late,
        one.currency,
        one.amount,
        one.comments,
    )
