"""A draft as somebody wrote it down, field by field in text, read as what `drafting` takes; it makes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from duedesk.actions.invoices.drafting import InvoiceDraft
from duedesk.domain.catalog import Field, Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Value
from duedesk.domain.line_pricing import LineDraft
from duedesk.domain.literals import read_value
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.identity import find_record

_ONLY_AT_FIRST = {"ShouldExcludePayment", "PaymentExclusionReason"}
"""What a draft is given when it is made, and never after."""

_RELATED = "RelatedLineId"
_LINE = {
    "Name": "name",
    "Type": "type",
    "Description": "description",
    "Quantity": "quantity",
    "UnitPrice": "unit_price",
    "GrossUnitPrice": "gross_unit_price",
    "LineAmount": "amount",
    "TaxRate": "tax_rate",
    "TaxAmount": "tax_amount",
    "TaxName": "tax_name",
    "TaxCode": "tax_code",
    "ChargeType": "charge_type",
    "InvoiceLineStartDate": "service_from",
    "InvoiceLineEndDate": "service_to",
}
_INVOICE = {
    "BillingAccountId": "account_key",
    "CurrencyIsoCode": "currency",
    "InvoiceDate": "invoice_date",
    "DueDate": "due_date",
    "PaymentTermId": "payment_term_key",
    "BillToContactId": "bill_to_contact_key",
    "OwnerId": "owner_key",
    "NumberSeriesId": "number_series_key",
    "TaxLocaleType": "tax_locale",
    "Description": "description",
    "InvoiceNumber": "invoice_number",
    "ReferenceEntityId": "reference_entity_id",
    "ShouldExcludePayment": "should_exclude_payment",
    "PaymentExclusionReason": "payment_exclusion_reason",
}
"""What a draft may say, by API name."""


def read_draft(connection: Connection, fields: Mapping[str, str], lines: Sequence[Mapping[str, str]]) -> InvoiceDraft:
    """Read a draft to be made; a reference is named by Id, number or name. RequestError says what cannot be read."""
    values = _read(connection, "Invoice", fields, _INVOICE)
    if "account_key" not in values:
        raise RequestError("An invoice needs an account.", "Name it: BillingAccountId.")
    if "currency" in values:
        values["currency"] = str(values["currency"]).upper()
    return InvoiceDraft(**values, lines=read_lines(connection, lines))


def read_changes(connection: Connection, fields: Mapping[str, str]) -> dict[str, Value]:
    """Read fields that a draft shall hold, by API name; an empty text empties."""
    described, values = CATALOG.object("Invoice"), {}
    for name, text in fields.items():
        field = described.field(name)
        if field.name in _ONLY_AT_FIRST:
            raise RequestError(f"{field.name} is given when a draft is made.", "Make it anew.")
        values[field.name] = None if not text.strip() else _value(connection, field, text)
    return values


def read_lines(connection: Connection, lines: Sequence[Mapping[str, str]]) -> tuple[LineDraft, ...]:
    """Read the lines of a draft; RelatedLineId is the name of another line, or its number from 1."""
    described = CATALOG.object("InvoiceLine")
    names = [next((text for name, text in line.items() if name.casefold() == "name"), "") for line in lines]
    drafts = []
    for place, line in enumerate(lines, 1):
        said = {described.field(name).name: text for name, text in line.items()}
        related = said.pop(_RELATED, "").strip()
        try:
            values = _read(connection, "InvoiceLine", said, _LINE)
        except RequestError as error:
            raise RequestError(f"Line {place}: {error.message}", error.hint) from None
        if related:
            values["related"] = _place(related, names, place)
        drafts.append(LineDraft(**{"name": "", **values}))
    return tuple(drafts)


def _place(related: str, names: Sequence[str], place: int) -> int:
    if related in names:
        return names.index(related)
    if related.isdecimal() and 1 <= int(related) <= len(names):
        return int(related) - 1
    raise RequestError(f"Line {place}: there is no line “{related}”.", "RelatedLineId is a line's name or number.")


def _read(
    connection: Connection, object_name: str, fields: Mapping[str, str], taken: Mapping[str, str]
) -> dict[str, Any]:
    described, values = CATALOG.object(object_name), {}
    for name, text in fields.items():
        field = described.field(name)
        if field.name not in taken:
            raise RequestError(f"{field.name} cannot be set.", f"A draft may say {', '.join(taken)}.")
        if text.strip():
            values[taken[field.name]] = _value(connection, field, text)
    return values


def _value(connection: Connection, field: Field, text: str) -> Value:
    if field.kind is Kind.REFERENCE and CATALOG.has(field.refers_to[0]):
        return find_record(connection, field.refers_to[0], text)
    value = read_value(field, text.strip())
    if isinstance(value, date | Decimal | bool | str):
        return value
    raise RequestError(f"{field.name} cannot be {text!r}.")
