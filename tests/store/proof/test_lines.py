"""`check` holds every Total* of an invoice against its lines, and what was converted against the memo it became."""

from decimal import Decimal

import pytest

from build import Builder
from conftest import NOW
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.proof.book import prove
from store.proof.test_book import without_guard

D = Decimal
LINES = (
    LineDraft("Plan", amount=D(100), tax_rate=D(19)),
    LineDraft("Goodwill", "Adjustment", amount=D(-10), tax_rate=D(19), related=0),
    LineDraft("Setup", amount=D(50)),
    LineDraft("VAT", "Tax", tax_rate=D(7), related=2),
    LineDraft("Returned", amount=D(-20)),
)
FREE = (
    ("invoice", "total_charge_amount", "TotalChargeAmount"),
    ("invoice", "total_charge_tax_amount", "TotalChargeTaxAmount"),
    ("invoice", "total_charge_amount_with_tax", "TotalChargeAmountWithTax"),
    ("invoice", "total_adjustment_amount", "TotalAdjustmentAmount"),
    ("invoice", "total_adjustment_tax_amount", "TotalAdjustmentTaxAmount"),
    ("invoice", "total_adjustment_amount_with_tax", "TotalAdjustmentAmountWithTax"),
    ("invoice", "total_converted_neg_amount", "TotalConvertedNegAmount"),
    ("invoice_line", "charge_amount", "ChargeAmount"),
    ("invoice_line", "charge_tax_amount", "TotalChargeTaxAmount"),
    ("invoice_line", "charge_amount_with_tax", "ChargeAmountWithTax"),
    ("invoice_line", "adjustment_amount", "AdjustmentAmount"),
    ("invoice_line", "adjustment_tax_amount", "TotalAdjustmentTaxAmount"),
    ("invoice_line", "adjustment_amount_with_tax", "AdjustmentAmountWithTax"),
)
GUARDED = (
    ("invoice", "total_amount", "TotalAmount"),
    ("invoice", "total_tax_amount", "TotalTaxAmount"),
    ("invoice", "total_amount_with_tax", "TotalAmountWithTax"),
    ("invoice_line", "line_amount", "TotalAmount"),
    ("invoice_line", "tax_amount", "TotalTaxAmount"),
    ("credit_memo_line", "line_amount", "LineAmount"),
)


@pytest.fixture
def posted(book: Book, world: World) -> Book:
    """A book with one posted invoice that has every kind of line, one of which became a credit memo."""
    with book.writing() as connection:
        acme = Builder(connection).account()
    workspace = Workspace(book, world)
    key = create_draft(workspace, InvoiceDraft(acme, LINES, currency="EUR")).key
    post(workspace, [key], convert_negative_lines=True)
    return book


def found(book: Book) -> set[str]:
    return {one.field for one in book.ask(lambda connection: list(prove(connection, as_of=NOW.date())))}


def test_an_invoice_with_every_kind_of_line_is_clean(posted: Book) -> None:
    assert found(posted) == set()


@pytest.mark.parametrize(("table", "column", "field"), FREE)
def test_a_changed_amount_is_named(posted: Book, table: str, column: str, field: str) -> None:
    kind = "Adjustment" if "adjustment" in column else "Charge"
    where = "" if table == "invoice" else f" WHERE type = '{kind}' AND converted_neg_amount = 0 AND quantity IS NULL"
    with posted.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = {column} + 100{where}")
    assert field in found(posted)


@pytest.mark.parametrize(("table", "column", "field"), GUARDED)
def test_what_is_guarded_is_proved_all_the_same(posted: Book, table: str, column: str, field: str) -> None:
    where = "" if table != "invoice_line" else " WHERE name = 'Plan'"
    with posted.writing() as connection:
        without_guard(connection, table, "update", f"UPDATE {table} SET {column} = {column} + 100{where}")
    assert field in found(posted)


def test_a_memo_of_another_amount_than_was_converted_is_named(posted: Book) -> None:
    with posted.writing() as connection:
        changed = "UPDATE credit_memo SET total_amount_with_tax = total_amount_with_tax + 100"
        without_guard(connection, "credit_memo", "update", changed)
    assert "TotalConvertedNegAmount" in found(posted)
