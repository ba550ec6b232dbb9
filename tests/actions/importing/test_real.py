"""A real ledger: 2,466 invoices of 100 accounts, US dates, no currency, every invoice settled some day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from actions.importing.imports import bring_in, made, texts
from duedesk.actions.importing.report import CurrencyTotal, ImportOutcome
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging

MAPPING = """
    [source]
    dates = "%m/%d/%Y"
    currency = "USD"
    [account]
    Name = "customerID"
    AccountNumber = "customerID"
    [invoice]
    DocumentNumber = "invoiceNumber"
    InvoiceDate = "InvoiceDate"
    DueDate = "DueDate"
    TotalAmountWithTax = "InvoiceAmount"
    [payment]
    when = "SettledDate"
    EffectiveDate = "SettledDate"
    Amount = "InvoiceAmount"
"""


@pytest.fixture
def invoices(shared: Path) -> Path:
    """The ledger's file."""
    return shared / "data" / "ibm-receivables" / "invoices.csv"


def test_it_goes_in_with_its_facts(book: Book, world: World, invoices: Path) -> None:
    report = bring_in(book, world, invoices, mapping=MAPPING)
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert made(report) == {"Account": 100, "Invoice": 2466, "Payment": 2466, "PaymentLineInvoice": 2466}
    assert report.totals == (CurrencyTotal("USD", 2466, Decimal("147703.18")),)
    assert "Disputed" in report.files[0].not_taken
    then = Workspace(book, world).ask(aging, AgingRequest(date(2012, 12, 31), by=(CURRENCY,)))
    (total,) = then.rows
    assert total.balance == Decimal("5725.06")
    assert total.buckets[:2] == (Decimal("4936.32"), Decimal("788.74"))
    assert bring_in(book, world, invoices, mapping=MAPPING).outcome is ImportOutcome.NOTHING_NEW


def test_without_a_mapping_it_is_asked_what_was_paid(file_book: Book, world: World, invoices: Path) -> None:
    report = bring_in(file_book, world, invoices)
    assert report.outcome is ImportOutcome.QUESTION
    assert "“SettledDate” tells of payments" in texts(report)[0]
