"""The columns of a list where none are asked for; how lists are read is not known here."""

from duedesk.domain.catalog import Kind, ObjectType
from duedesk.domain.objects import CATALOG

SHOWN = (
    "DocumentNumber",
    "BillingAccount.Name",
    "InvoiceDate",
    "DueDate",
    "DaysInvoiceOverdue",
    "Status",
    "CurrencyIsoCode",
    "TotalAmountWithTax",
    "Balance",
)
"""Those of invoices."""

_MOST = 14
_SELDOM = {"Id", "RecordKey", "JournalKey", "FoldedName", "Version", "SourceKey", "FamilyId"}
"""Fields that tell records apart, or that only the book itself needs."""


def columns_of(object_name: str) -> tuple[str, ...]:
    """Give the paths of a list's columns: its name first, references by the names of what they lead to."""
    listed = CATALOG.object(object_name)
    if listed.name == "Invoice":
        return SHOWN
    paths = [listed.name_field, *filter(None, (_path(listed, field.name) for field in listed.read_fields))]
    return tuple(dict.fromkeys(paths))[:_MOST]


def _path(listed: ObjectType, name: str) -> str:
    field = listed.field(name)
    if name in _SELDOM or field.kind is Kind.TEXTAREA:
        return ""
    if field.kind is not Kind.REFERENCE:
        return name
    target = field.refers_to[0] if field.refers_to else ""
    if not field.relationship or not CATALOG.has(target):
        return ""
    return f"{field.relationship}.{CATALOG.object(target).name_field}"
