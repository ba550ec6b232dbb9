"""Columns of lists by their paths: those shown unasked, and what stands above each; it lists nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.grouping import lowered
from duedesk.domain.objects import CATALOG
from duedesk.domain.query_text import write_condition

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
"""Those of invoices, where none are asked for."""

CURRENCY = "CurrencyIsoCode"
OWNER = "Owner.Name"

_MOST = 14
_SELDOM = {"Id", "RecordKey", "JournalKey", "FoldedName", "Version", "SourceKey", "FamilyId"}
"""Fields that tell records apart, or that only the book itself needs."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its path as the catalogue spells it, what stands above it, and the field at its end."""

    path: str
    heading: str
    field: Field


def columns_of(object_name: str) -> tuple[str, ...]:
    """Give the paths shown where none are asked for: the name first, references by the names of what they lead to."""
    listed = CATALOG.object(object_name)
    if listed.name == "Invoice":
        return SHOWN
    paths = [listed.name_field, *filter(None, (_path(listed, field.name) for field in listed.read_fields))]
    return tuple(dict.fromkeys(paths))[:_MOST]


def list_columns(object_name: str, paths: Sequence[str], *, by_owner: bool = False) -> tuple[ListColumn, ...]:
    """Give the columns of paths, no two headed alike; the currency of their amounts, and an owner, are put behind.

    RequestError where a path leads nowhere.
    """
    needed = [CURRENCY] if CATALOG.object(object_name).has_field(CURRENCY) else []
    needed += [OWNER] if by_owner else []
    columns: dict[str, ListColumn] = {}
    taken: set[str] = set()
    for column in (_column(object_name, path) for path in (*paths, *needed)):
        if column.path not in columns:
            is_free = column.heading.casefold() not in taken
            heading = column.heading if is_free else f"{column.heading} ({column.path})"
            taken.add(heading.casefold())
            columns[column.path] = ListColumn(column.path, heading, column.field)
    return tuple(columns.values())


def said_of(asked: Filter) -> tuple[str, ...]:
    """Say what a list is of, in parts: its day, its condition, its search, what was known."""
    where = write_condition(asked.where) if asked.where is not None else ""
    search = f"“{asked.search}”" if asked.search else ""
    known = f"known on {in_words(asked.known_on.date())}" if asked.known_on else ""
    return tuple(filter(None, (f"as of {in_words(asked.as_of)}", where, search, known)))


def _column(object_name: str, path: str) -> ListColumn:
    way, field = CATALOG.follow(object_name, path.strip())
    if not field.is_read:
        raise RequestError(f"{field.name} has no value to show.", "It only makes conditions.")
    spelt = ".".join((*(step.relationship for step in way), field.name))
    if not way:
        return ListColumn(spelt, field.label, field)
    if field.name == CATALOG.object(way[-1].refers_to[0]).name_field:
        return ListColumn(spelt, way[-1].label, field)
    return ListColumn(spelt, f"{way[-1].label}, {lowered(field.label)}", field)


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
