"""Drafts: made with lines and totals, edited under a version, deleted and put back; what is posted is neither."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import attrgetter

import pytest
from sqlalchemy import update

from actions.invoices.reading import findings, history, record, rows, summaries
from build import Builder
from duedesk.actions.invoices.drafting import (
    InvoiceDraft,
    LineDraft,
    create_draft,
    delete_drafts,
    edit_draft,
    restore_drafts,
    submit,
)
from duedesk.actions.invoices.lines import put_lines_back, set_lines
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.line_drafts import line_drafts
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.ledger import invoice, invoice_line
from duedesk.store.tables.party import account

D = Decimal

LINES = (
    LineDraft("Hosting", quantity=D(2), unit_price=D("49.50"), tax_rate=D(19)),
    LineDraft("Discount", "Adjustment", amount=D("-9.00"), tax_rate=D(19), related=0),
)


def make(workspace: Workspace, acme: int) -> int:
    return create_draft(workspace, InvoiceDraft(acme, LINES, currency="EUR")).key


def posted(workspace: Workspace, acme: int) -> int:
    with workspace.book.writing() as connection:
        build = Builder(connection)
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        build.settle()
    return key


def before(workspace: Workspace) -> dict[str, object]:
    kept: dict[str, object] = json.loads(rows(workspace, journal_entry)[-1].details)["before"]
    return kept


def test_a_draft_has_the_totals_of_its_lines_and_no_number(workspace: Workspace, acme: int) -> None:
    made = create_draft(workspace, InvoiceDraft(acme, LINES, currency="EUR", description="November"))
    found = record(workspace, made.key)
    assert made.changes.concern("Invoice", "InvoiceLine")
    assert (found.document_number, found.status, found.settlement_status) == (None, "Draft", "Not Applicable")
    assert (found.total_charge_amount, found.total_adjustment_amount) == (D(99), D(-9))
    assert (found.total_amount, found.total_tax_amount, found.total_amount_with_tax) == (D(90), D("17.10"), D("107.10"))
    assert found.balance == 0
    assert found.description == "November"
    assert summaries(workspace) == [f"Draft #{made.key} of Acme Ltd made"]
    discount = rows(workspace, invoice_line)[1]
    assert (discount.related_line_id, discount.adjustment_amount_with_tax) == (
        rows(workspace, invoice_line)[0].id,
        D("-10.71"),
    )
    assert findings(workspace) == []


def test_a_draft_takes_currency_and_owner_from_its_account(workspace: Workspace, acme: int) -> None:
    assert record(workspace, create_draft(workspace, InvoiceDraft(acme)).key).currency_iso_code == "USD"
    with workspace.book.writing() as connection:
        owner = Builder(connection).owner("Bo Lind")
        connection.execute(update(account).values(currency_iso_code="CHF", owner_id=owner))
    found = record(workspace, create_draft(workspace, InvoiceDraft(acme)).key)
    assert (found.currency_iso_code, found.owner_id) == ("CHF", owner)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"account_key": 999}, "no such account"),
        ({"payment_term_key": 999}, "no such payment term"),
        ({"currency": "XXZ"}, "is no currency"),
        ({"tax_locale": "Grossly"}, "cannot be “Grossly”"),
        ({"description": "x" * 1001}, "at most 1,000 characters, not 1,001"),
        ({"invoice_number": "x" * 256}, "at most 255"),
        ({"payment_exclusion_reason": "x" * 256}, "at most 255"),
        ({"invoice_date": date(1900, 1, 1)}, "cannot be 1900-01-01"),
        ({"lines": (LineDraft("A"),)}, "has no amount"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_whole(
    workspace: Workspace, acme: int, said: dict[str, object], refused: str
) -> None:
    with pytest.raises(RequestError, match=refused):
        create_draft(workspace, replace(InvoiceDraft(acme), **said))  # type: ignore[arg-type]
    assert rows(workspace, invoice) == []
    assert rows(workspace, journal_entry) == []


def test_a_draft_is_edited_and_its_history_kept(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    edit_draft(workspace, key, {"Description": "October", "invoicedate": "2026-10-31"})
    edit_draft(workspace, key, {"Description": "November"}, version=2)
    found = record(workspace, key)
    assert (found.description, found.invoice_date, found.version) == ("November", date(2026, 10, 31), 3)
    assert history(workspace, key, "Description") == [(None, "October"), ("October", "November")]
    assert before(workspace) == {str(key): {"Description": "October"}}
    edit_draft(workspace, key, {"Description": "October"})  # as undoing does
    assert record(workspace, key).description == "October"


def test_an_edit_that_changes_nothing_leaves_no_trace(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    assert not edit_draft(workspace, key, {"Description": " "}, version=77).objects
    assert record(workspace, key).version == 1


def test_two_who_edit_one_draft_are_told_both_values(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    edit_draft(workspace, key, {"Description": "hers"}, version=1)
    with pytest.raises(RequestError) as refused:
        edit_draft(workspace, key, {"Description": "his"}, version=1)
    assert "Description is “hers” in the book and “his” in yours" in str(refused.value)
    with pytest.raises(RequestError, match="changed by somebody else"):
        set_lines(workspace, key, LINES[:1], version=1)
    assert record(workspace, key).description == "hers"


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"Balance": D(1)}, "Balance cannot be set"),
        ({"Status": "Posted"}, "Status cannot be set"),
        ({"Colour": "red"}, "no field"),
        ({"BillingAccountId": None}, "cannot be empty"),
        ({"DueDate": "31.12.2026"}, "is not a date"),
        ({"DueDate": 5}, "cannot be 5"),
        ({"BillingAccountId": "Acme"}, "no such account"),
        ({"CurrencyIsoCode": "JPY"}, "more decimals than JPY"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    workspace: Workspace, acme: int, values: dict[str, str], refused: str
) -> None:
    key = make(workspace, acme)
    with pytest.raises(RequestError, match=refused):
        edit_draft(workspace, key, values)
    assert record(workspace, key).version == 1


def test_lines_are_replaced_and_put_back(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    lines = [row._mapping for row in rows(workspace, invoice_line)]
    set_lines(workspace, key, [LineDraft("Setup", amount=D("10.00"))], version=1)
    assert record(workspace, key).total_amount_with_tax == D(10)
    put_lines_back(workspace, before(workspace))
    assert record(workspace, key).total_amount_with_tax == D("107.10")
    assert [row._mapping for row in rows(workspace, invoice_line)] == lines
    assert findings(workspace) == []


def test_lines_can_be_read_as_they_were_written(workspace: Workspace, acme: int) -> None:
    june = {"service_from": date(2026, 6, 1), "service_to": date(2026, 6, 30)}
    written = (
        *LINES,
        replace(LineDraft("Traffic", charge_type="Usage", quantity=D(5), unit_price=D("0.07")), **june),  # type: ignore[arg-type]
        LineDraft("VAT", "Tax", tax_rate=D(7), tax_name="VAT", tax_code="V7", related=2),
        LineDraft("Fee", amount=D(5), tax_amount=D("0.40"), description="As agreed"),
    )
    key = create_draft(workspace, InvoiceDraft(acme, written, currency="EUR")).key
    assert workspace.ask(line_drafts, key) == written
    gross = (LineDraft("Room", quantity=D(3), gross_unit_price=D("89.99"), tax_rate=D(7)),)
    key = create_draft(workspace, InvoiceDraft(acme, gross, currency="EUR", tax_locale="Gross")).key
    assert workspace.ask(line_drafts, key) == gross
    with pytest.raises(RequestError, match="priced with tax"):
        edit_draft(workspace, key, {"TaxLocaleType": "Net"})


def test_a_gross_draft_with_prices_before_tax_can_be_edited(workspace: Workspace, acme: int) -> None:
    lines = (LineDraft("Room", quantity=D(3), unit_price=D("33.33"), tax_rate=D(7)),)
    key = create_draft(workspace, InvoiceDraft(acme, lines, currency="EUR")).key
    edit_draft(workspace, key, {"TaxLocaleType": "Gross"})
    with pytest.raises(RequestError, match="prices are with tax"):
        set_lines(workspace, key, lines)
    there = rows(workspace, invoice_line)
    again = workspace.ask(line_drafts, key)
    assert again == (replace(lines[0], amount=D("99.99")),)
    set_lines(workspace, key, again)
    amounts = attrgetter("quantity", "unit_price", "line_amount", "tax_amount", "charge_amount_with_tax")
    assert [amounts(row) for row in rows(workspace, invoice_line)] == [amounts(row) for row in there]
    assert findings(workspace) == []


def test_drafts_are_deleted_and_put_back_as_they_were(workspace: Workspace, acme: int) -> None:
    keys = [make(workspace, acme), make(workspace, acme)]
    invoices, lines = rows(workspace, invoice), rows(workspace, invoice_line)
    assert delete_drafts(workspace, keys).concern("Invoice", "InvoiceLine")
    assert rows(workspace, invoice) == rows(workspace, invoice_line) == []
    assert history(workspace, keys[0], "Status")[-1] == ("Draft", None)
    kept = before(workspace)
    restore_drafts(workspace, kept)
    assert rows(workspace, invoice) == invoices
    assert rows(workspace, invoice_line) == lines
    assert findings(workspace) == []
    with pytest.raises(RequestError, match="in the book again already"):
        restore_drafts(workspace, kept)


def test_the_key_of_a_deleted_draft_is_not_given_again(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    delete_drafts(workspace, [key])
    assert make(workspace, acme) > key


def test_what_is_posted_is_neither_edited_nor_deleted(workspace: Workspace, acme: int) -> None:
    key = posted(workspace, acme)
    refused = "Invoice I-1 is posted and cannot be"
    with pytest.raises(RequestError, match=refused):
        edit_draft(workspace, key, {"Description": "New"})
    with pytest.raises(RequestError, match=refused):
        set_lines(workspace, key, LINES)
    with pytest.raises(RequestError, match=refused):
        delete_drafts(workspace, [key])
    with pytest.raises(RequestError, match=refused):
        submit(workspace, [key])


def test_a_submitted_draft_waits_and_is_edited_no_more(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    submit(workspace, [key])
    assert record(workspace, key).status == "Pending"
    with pytest.raises(RequestError, match=r"is waiting to be posted and cannot be edited\. Reopen it first"):
        edit_draft(workspace, key, {"Description": "New"})
