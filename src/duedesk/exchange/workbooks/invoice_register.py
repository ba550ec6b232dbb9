"""The workbook of the invoice register: the invoices of a period, and what each status comes to."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from duedesk.domain.reports.ledger import RegisteredInvoice
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Column, Controls, Figure, Heading, Input, Kind, Row, Summary, TableSheet

_COLUMNS = (
    Column("Number", Kind.ID, "The number of the invoice."),
    Column("Account number", Kind.ID, "The number of the account that was billed."),
    Column("Account", Kind.TEXT, "The account that was billed."),
    Column("Owner", Kind.TEXT, "Whose invoice it is."),
    Column("Terms", Kind.TEXT, "The terms of payment."),
    Column("Status", Kind.TEXT, "Posted or voided, as of the as-of date."),
    Column("Settlement", Kind.TEXT, "Whether it is paid, as of the as-of date."),
    Column("Currency", Kind.TEXT, "The currency of all amounts of the row."),
    Column("Invoice date", Kind.DAY, "The day it is dated, which lies in the period."),
    Column("Due date", Kind.DAY, "The day it is due."),
    Column(
        "Days overdue",
        Kind.COUNT,
        "Days from the due date to the as-of date, where something is open.",
        formula="AsOf-[@Due date]",
    ),
    Column("Settled on", Kind.DAY, "The day from which on nothing was open."),
    Column("Voided on", Kind.DAY, "The day it was voided, from which on it is not owed."),
    Column("Net", Kind.MONEY, "Before tax.", total=True),
    Column("Tax", Kind.MONEY, "The tax.", total=True),
    Column("Total", Kind.MONEY, "With tax: payments + credits + voided + balance.", total=True),
    Column("Payments", Kind.MONEY, "What payments have paid of it.", total=True),
    Column("Credits", Kind.MONEY, "What credit memos and write-offs have taken off it.", total=True),
    Column("Voided", Kind.MONEY, "What was open when it was voided.", total=True),
    Column("Balance", Kind.MONEY, "What is open.", total=True),
)


def write_invoice_register(
    path: Path,
    invoices: Iterable[RegisteredInvoice],
    invoiced: Mapping[str, Decimal],
    *,
    as_of: date,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the invoices; `invoiced` is what the ledger says was invoiced in the period, by currency."""
    with ReportBook(path, heading, making) as book:
        spec = TableSheet(
            "Invoices",
            "Invoices",
            _COLUMNS,
            lines_by=("Status", "Settlement"),
            one_sheet_per=one_sheet_per,
            explanation="A row is an invoice dated in the period; one that was voided since stays in the register.",
        )
        table = book.table(spec, (_row(one, as_of) for one in invoices))
        book.summary(
            Summary(
                "Register",
                (
                    Figure("Invoices", kind=Kind.COUNT),
                    *(Figure(name, of=name) for name in ("Net", "Tax")),
                    Figure("Total", of="Total", bold=True),
                    *(Figure(name, of=name) for name in ("Payments", "Credits", "Voided", "Balance")),
                ),
                inputs=(Input("AsOf", "As of", as_of, Kind.DAY, "Days overdue follow; amounts stay as they were."),),
                parts=("Payments", "Credits", "Voided", "Balance"),
                whole="Total",
                sort=lambda texts: tuple(map(str, texts)),
                explanation="What the invoices of each status come to.",
            ),
            table,
            Controls({(currency, "Total"): amount for currency, amount in invoiced.items()}),
        )
    return book.facts


def _row(one: RegisteredInvoice, as_of: date) -> Row:
    return (
        one.number,
        one.account_number,
        one.account,
        one.owner,
        one.terms,
        one.status,
        one.settlement,
        one.currency,
        one.invoice_date,
        one.due_date,
        (as_of - one.due_date).days if one.balance else None,
        one.settled_on,
        one.voided_on,
        one.net,
        one.tax,
        one.total,
        one.payments,
        one.credits,
        one.voided,
        one.balance,
    )
