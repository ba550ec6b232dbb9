"""The catalogue is the reference's Invoice, Salesforce's other objects but for what is named here, and every column."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from duedesk.domain.catalog import Field, Kind, ObjectType, Origin, snake_case
from duedesk.domain.objects import CATALOG
from duedesk.store.tables import METADATA

OBJECTS = list(CATALOG)
OF_THE_HOUSE = {"journal_entry", "import_batch", "setting", "alembic_version", "number_counter"}
OF_THE_HOUSE |= {"view_choice", "bulk_run", "bulk_run_item"}
OF_THE_HOUSE |= {"record_change", "record_view", "stored_file", "saved_view", "history_seal"}
OF_THE_HOUSE |= {"issued_letter_document", "saved_report", "report_production"}
"""Tables that belong to no object."""

BEYOND_THE_BOOK = {"Group", "Order", "OrderSummary"}
"""Objects that are referred to by their Id and not kept; users and groups stand in one table."""

PROPERTIES = {"Filter": "filter", "Group": "group", "Sort": "sort", "Update": "update", "Nillable": "nillable"}


@dataclass(frozen=True)
class Described:
    """A field as the object reference describes it."""

    name: str
    kind: str
    properties: frozenset[str]
    values: frozenset[str]
    is_calculated: bool
    relationship: str
    refers_to: frozenset[str]


def described_fields(shared: Path) -> Iterator[Described]:
    text = (shared / "reference" / "invoice-object.txt").read_text(encoding="utf-8")
    _, _, fields = text.partition("\nField Details\n")
    fields, _, _ = fields.partition("\nAssociated Objects\n")
    parts = re.split(r"^(\w+)\nType\n(\w+)\nProperties\n(.*)\nDescription\n", fields, flags=re.MULTILINE)[1:]
    for name, kind, properties, description in zip(*(parts[start::4] for start in range(4)), strict=True):
        relation = re.search(
            r"^Relationship Name\n(\w+)\nRelationship Type\nLookup\nRefers To\n(.+)$", description, re.M
        )
        yield Described(
            name,
            kind,
            frozenset(properties.split(", ")),
            frozenset(re.findall(r"^ +• ([\w ]+?) ?(?:—.*|:.*)?$", description, re.MULTILINE)),
            "This field is a calculated field." in description,
            relation[1] if relation else "",
            frozenset(relation[2].split(", ")) if relation else frozenset(),
        )


def test_every_field_of_the_object_reference_is_on_invoice_just_as_it_is_described(shared: Path) -> None:
    invoice, seen = CATALOG.object("Invoice"), 0
    for described in described_fields(shared):
        field, seen = invoice.field(described.name), seen + 1
        ours = Described(
            field.name,
            field.kind.value,
            frozenset(word for word, name in PROPERTIES.items() if getattr(field, name)),
            frozenset(field.values),
            field.calculated,
            field.relationship,
            frozenset(field.refers_to),
        )
        said_of_all = described.properties & PROPERTIES.keys()
        assert ours == Described(**{**vars(described), "properties": said_of_all})
    assert seen == 36


def test_a_description_has_the_length_the_reference_gives_it() -> None:
    assert CATALOG.object("Invoice").field("Description").max_length == 1000


def test_invoice_has_no_field_of_salesforce_beyond_the_reference_but_those_every_object_has(shared: Path) -> None:
    known = {described.name for described in described_fields(shared)}
    ours = {field.name for field in CATALOG.object("Invoice").fields if field.origin is Origin.SALESFORCE}
    assert ours - known == {"Id", "CreatedDate"}


NOT_LISTED = {
    ("Dispute", "Id"): "every object has one; the short list leaves it out",
    ("PaymentTermItem", "Id"): "every object has one; the short list leaves it out",
    ("InvoiceBatchRun", "Id"): "every object has one; the short list leaves it out",
    ("PaymentSchedule", "Id"): "every object has one; the short list leaves it out",
    ("PaymentScheduleItem", "Id"): "every object has one; the short list leaves it out",
    ("PaymentTerm", "Id"): "every object has one; the short list leaves it out",
    ("PaymentTerm", "CreatedDate"): "every object has one; the short list leaves it out",
}

ANOTHER_KIND = {
    "Id": "an id by its SOAP type; the list has the type in JSON",
    "CreatedDate": "a dateTime by its SOAP type; the list has the type in JSON",
    "CurrencyIsoCode": "a picklist of ISO 4217 codes everywhere; the list has string for some objects",
    "EffectiveDate": "the ledger counts in days",
    "CancellationEffectiveDate": "the ledger counts in days",
    "AppliedDate": "the ledger counts in days",
    "UnappliedDate": "the ledger counts in days",
    "InvoiceLine.GrossUnitPrice": "an amount; the list has the type in JSON",
    "Account.Type": "an open list, each company has its own",
    "Account.Industry": "an open list, each company has its own",
    "CreditMemo.ReasonCode": "an open list, each company has its own",
}

MAY_BE_MISSING = {
    "Id": "a record made here has none",
    "Account.OwnerId": "a ledger from elsewhere knows no owners",
    "CreditMemo.OwnerId": "a ledger from elsewhere knows no owners",
    "Refund.RefundNumber": "a refund that came in without one has none",
    "Payment.PaymentNumber": "a payment that came in beside its invoice has none",
    "CreditMemo.DocumentNumber": "a draft has none",
    "PaymentLineInvoice.PaymentLineInvoiceNumber": "an application from elsewhere has none",
    "CreditMemoInvApplication.CreditMemoInvoiceNumber": "an application from elsewhere has none",
    "InvoiceLine.InvoiceLineStartDate": "goods have no period of service",
    "InvoiceLine.InvoiceLineEndDate": "goods have no period of service",
}

MAY_NOT_BE_MISSING = {
    "CurrencyIsoCode": "an amount without a currency is none",
    "EffectiveDate": "the ledger asks on which day",
    "ImpactAmount": "the balance is made of these",
    "AssociatedAccountId": "the account's page is made of these",
    "Payment.AccountId": "money is always somebody's",
    "Refund.AccountId": "money is always somebody's",
    "LineAmount": "nothing is 0",
    "CreditMemo.TotalAmountWithTax": "nothing is 0",
}

OTHER_VALUES = {
    "CurrencyIsoCode": "any code of ISO 4217, not only those of the org the list was taken from",
    "Invoice.TaxLocaleType": "the object reference has two of the three",
    "Refund.Status": "a refund is booked when it has left the bank",
    "Payment.Status": "what is pending or failed has brought no money in yet",
    "CreditMemo.Status": "voiding takes its time, as it does for invoices",
}


def of_salesforce() -> list[tuple[ObjectType, Field]]:
    return [(one, field) for one in OBJECTS for field in one.fields if field.origin is Origin.SALESFORCE]


def is_excepted(one: ObjectType, field: Field, exceptions: dict[str, str]) -> bool:
    return field.name in exceptions or f"{one.name}.{field.name}" in exceptions


def test_every_field_said_to_be_salesforces_is_salesforces(shared: Path) -> None:
    listed = json.loads((shared / "reference" / "salesforce-fields.json").read_text(encoding="utf-8"))
    for one, field in of_salesforce():
        if one.name in listed and (one.name, field.name) not in NOT_LISTED:
            assert field.name in listed[one.name]["fields"], f"{one.name}.{field.name}"


def test_salesforces_fields_are_as_salesforce_has_them_or_there_is_a_reason(shared: Path) -> None:
    listed = json.loads((shared / "reference" / "salesforce-fields.json").read_text(encoding="utf-8"))
    used: set[str] = set()
    for one, field in of_salesforce():
        theirs = listed.get(one.name, {"fields": {}})["fields"].get(field.name)
        if theirs is None:
            continue
        differences = {
            "kind": (theirs["type"].lower() != field.kind.value.lower(), ANOTHER_KIND),
            "nillable": (not theirs.get("nillable", True) and field.nillable, MAY_BE_MISSING),
            "required": (theirs.get("nillable", False) and not field.nillable, MAY_NOT_BE_MISSING),
            "values": (
                "values" in theirs and set(theirs["values"]) != set(field.values) and field.kind is Kind.PICKLIST,
                OTHER_VALUES,
            ),
        }
        for what, (differs, exceptions) in differences.items():
            assert not differs or is_excepted(one, field, exceptions), f"{one.name}.{field.name}: {what}"
            used |= {f"{what} {field.name}", f"{what} {one.name}.{field.name}"} if differs else set()
        assert field.kind not in {Kind.STRING, Kind.TEXTAREA} or field.max_length >= theirs.get("maxLength", 0)
    all_reasons = (
        ("kind", ANOTHER_KIND),
        ("nillable", MAY_BE_MISSING),
        ("required", MAY_NOT_BE_MISSING),
        ("values", OTHER_VALUES),
    )
    assert {f"{what} {name}" for what, exceptions in all_reasons for name in exceptions} <= used


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Payment.Date", Kind.DATETIME),
        ("Payment.EffectiveDate", Kind.DATE),
        ("InvoiceLine.Quantity", Kind.DOUBLE),
        ("InvoiceLine.TaxRate", Kind.PERCENT),
        ("InvoiceLine.UnitPrice", Kind.CURRENCY),
        ("PaymentTerm.IsDefault", Kind.BOOLEAN),
        ("PaymentTerm.Period", Kind.INT),
        ("Account.Phone", Kind.PHONE),
        ("Account.Website", Kind.URL),
        ("Contact.Email", Kind.EMAIL),
    ],
)
def test_a_field_is_of_the_kind_it_holds(path: str, kind: Kind) -> None:
    one, _, name = path.partition(".")
    assert CATALOG.object(one).field(name).kind is kind


def test_every_table_belongs_to_an_object_or_to_the_house() -> None:
    assert METADATA.tables.keys() - OF_THE_HOUSE == {one.table for one in OBJECTS}


@pytest.mark.parametrize("table", sorted({one.table for one in OBJECTS}))
def test_no_stored_column_is_missing_from_the_catalogue_and_none_is_made_up(table: str) -> None:
    catalogued = {field.column for one in OBJECTS if one.table == table for field in one.fields if field.is_stored}
    assert {column.name for column in METADATA.tables[table].columns} == catalogued


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_no_two_fields_of_an_object_share_a_name_a_label_or_a_column(one: ObjectType) -> None:
    for words in (
        [field.name.casefold() for field in one.fields],
        [field.label.casefold() for field in one.fields],
        [field.column for field in one.fields if field.is_stored],
    ):
        assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_labels_are_plain_words(one: ObjectType) -> None:
    for label in (one.label, one.plural, *(field.label for field in one.fields)):
        assert re.fullmatch(r"[A-Z][a-z]*(,? [a-z]+)*", label), label
        assert len(label) <= 30


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_help_is_a_sentence(one: ObjectType) -> None:
    for field in one.fields:
        assert not field.help or re.fullmatch(r"[A-Z].*\.", field.help), field.name


OTHERWISE_NAMED = {
    "Id": "external_id",
    "RecordKey": "id",
    "JournalKey": "journal_id",
    "PaymentLineInvoiceNumber": "application_number",
    "CreditMemoInvoiceNumber": "application_number",
    "AssociatedPaymentLineId": "reverses_id",
    "AssociatedLineId": "reverses_id",
    "AssociatedAccountId": "account_id",
    "CreditMemoInvApplication.Description": "comments",
    "PaymentSchedule.ReferenceEntityId": "invoice_id",
    "InvoiceHistory.InvoiceId": "record_key",
    "PaymentHistory.PaymentId": "record_key",
    "CreditMemoHistory.CreditMemoId": "record_key",
    "PaymentLineInvoice.CreatedDate": "recorded_at",
    "CreditMemoInvApplication.CreatedDate": "recorded_at",
}
"""Two objects share the table of applications, and each record has a key of its own beside the Id it came with."""


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_a_column_carries_its_fields_name_in_snake_case(one: ObjectType) -> None:
    for field in one.fields:
        other = OTHERWISE_NAMED.get(f"{one.name}.{field.name}", OTHERWISE_NAMED.get(field.name))
        assert field.column in {"", other or snake_case(field.name)}


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_a_record_is_known_by_a_field_it_has(one: ObjectType) -> None:
    assert one.field(one.name_field).is_stored
    assert one.plural != one.label


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_references_lead_to_objects_of_the_book_or_knowingly_beyond_it(one: ObjectType) -> None:
    for field in one.fields:
        assert (field.kind is Kind.REFERENCE) == bool(field.refers_to) == bool(field.relationship), field.name
        assert all(CATALOG.has(name) or name in BEYOND_THE_BOOK for name in field.refers_to), field.name


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_values_are_for_picklists_and_listed_once(one: ObjectType) -> None:
    for field in one.fields:
        assert not field.values or field.kind is Kind.PICKLIST
        assert len(set(field.values)) == len(field.values)
        assert all(value == value.strip() and value for value in field.values)
        assert field.values or field.kind is not Kind.PICKLIST or field.name == "CurrencyIsoCode"


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one.name)
def test_what_is_worked_out_cannot_be_written(one: ObjectType) -> None:
    assert not [field.name for field in one.fields if field.update and (field.calculated or not field.is_stored)]


def test_objects_that_share_a_table_say_which_rows_are_theirs() -> None:
    by_table: dict[str, list[ObjectType]] = {}
    for one in OBJECTS:
        by_table.setdefault(one.table, []).append(one)
    for table, sharing in by_table.items():
        told = [one.rows for one in sharing if one.rows]
        assert len(set(told)) == (len(sharing) if len(sharing) > 1 else 0), table
        for rows in told:
            column, _, value = rows.partition("=")
            assert [value in field.values for field in sharing[0].fields if field.column == column] == [True]


def test_an_application_is_taken_back_by_one_of_its_own_kind() -> None:
    for name, path in (
        ("PaymentLineInvoice", "AssociatedPaymentLineId"),
        ("CreditMemoInvApplication", "AssociatedLineId"),
    ):
        assert CATALOG.object(name).field(path).refers_to == (name,)
