"""Fields and objects are found by name and path; which ones there are is tested with `objects`."""

import pytest

from duedesk.domain.catalog import Catalog, Field, Kind, ObjectType, Origin, snake_case
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG

INVOICE = CATALOG.object("Invoice")


@pytest.mark.parametrize(
    ("api_name", "name"),
    [
        ("Balance", "balance"),
        ("DueDate", "due_date"),
        ("BillToContactId", "bill_to_contact_id"),
        ("TotalAmountWithTax", "total_amount_with_tax"),
        ("CurrencyIsoCode", "currency_iso_code"),
        ("SettlementStatus", "settlement_status"),
        ("PaymentLineInvoiceNumber", "payment_line_invoice_number"),
        ("Product2Id", "product2_id"),
        ("IBANNumber", "iban_number"),
        ("Id", "id"),
    ],
)
def test_an_api_name_in_code_is_written_in_snake_case(api_name: str, name: str) -> None:
    assert snake_case(api_name) == name


def test_fields_and_objects_are_found_whatever_their_case() -> None:
    assert CATALOG.object("creditmemo").name == "CreditMemo"
    assert INVOICE.field("duedate").name == "DueDate"
    assert CATALOG.has("PAYMENT")
    assert INVOICE.has_field("BALANCE")
    assert not CATALOG.has("Order")
    assert not INVOICE.has_field("Colour")


def test_an_unknown_object_is_answered_with_those_there_are() -> None:
    with pytest.raises(RequestError, match="There is no object “Bill”") as refused:
        CATALOG.object("Bill")
    assert refused.value.hint.startswith("There are Account, Contact, PaymentTerm")


def test_a_mistyped_field_is_answered_with_the_nearest() -> None:
    with pytest.raises(RequestError, match="Invoice has no field “DueDat”") as refused:
        INVOICE.field("DueDat")
    assert refused.value.hint == "Did you mean DueDate? `duedesk describe Invoice` lists them."
    with pytest.raises(RequestError) as refused:
        INVOICE.field("totalamountwithtaxes")
    assert "TotalAmountWithTax or TotalChargeAmountWithTax" in refused.value.hint


def test_a_field_like_no_other_is_answered_with_where_they_are_listed() -> None:
    with pytest.raises(RequestError) as refused:
        INVOICE.field("Xyzzy")
    assert refused.value.hint == "`duedesk describe Invoice` lists them."


def test_a_path_leads_from_an_invoice_to_its_account_and_on_to_the_accounts_owner() -> None:
    way, field = CATALOG.follow("Invoice", "Balance")
    assert (way, field.name) == ((), "Balance")
    way, field = CATALOG.follow("Invoice", "billingaccount.name")
    assert ([step.name for step in way], field.label) == (["BillingAccountId"], "Account")
    way, field = CATALOG.follow("Invoice", "BillingAccount.Owner.Name")
    assert ([step.name for step in way], field.label) == (["BillingAccountId", "OwnerId"], "Name")


def test_a_path_that_leads_nowhere_says_where_it_ends() -> None:
    with pytest.raises(RequestError, match="Invoice refers to nothing called “Supplier”") as refused:
        CATALOG.follow("Invoice", "Supplier.Name")
    assert refused.value.hint == "In “Supplier.Name”."
    with pytest.raises(RequestError, match="Account has no field “Nme”"):
        CATALOG.follow("Invoice", "BillingAccount.Nme")
    with pytest.raises(RequestError, match="There is no object “Order”"):
        CATALOG.follow("Invoice", "ReferenceEntity.Name")
    with pytest.raises(RequestError, match="Invoice refers to nothing called “”"):
        CATALOG.follow("Invoice", ".Name")


def test_a_field_that_is_no_reference_leads_nowhere_even_by_its_own_name() -> None:
    with pytest.raises(RequestError, match="refers to nothing called “Balance”"):
        CATALOG.follow("Invoice", "Balance.Name")


def test_figures_stand_flush_right() -> None:
    figures = {field.name for field in INVOICE.fields if field.is_figure}
    assert {"Balance", "TotalAmountWithTax", "DaysInvoiceOverdue"} <= figures
    assert not {"DocumentNumber", "DueDate", "Status", "BillingAccountId"} & figures


def test_what_is_worked_out_when_it_is_read_has_no_column() -> None:
    assert INVOICE.field("Balance").is_stored
    assert not INVOICE.field("DaysInvoiceOverdue").is_stored


def test_a_catalogue_gives_its_objects_in_the_order_they_were_listed() -> None:
    name = Field("Name", "Name", Kind.STRING, origin=Origin.DUEDESK)
    one, other = (ObjectType(word, word, f"{word}s", word.lower(), (name,), "Name") for word in ("Zebra", "Ant"))
    assert list(Catalog([one, other])) == [one, other]
