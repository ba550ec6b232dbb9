"""Objects and fields described as Salesforce's describe calls give them, out of the catalogue; no book is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from duedesk.domain.catalog import Field, Kind, ObjectType, Origin
from duedesk.domain.objects import CATALOG
from duedesk.domain.searching import SEARCHED_FIELDS

CALLS = ("describeLayout", "describeSObjects", "getDeleted", "getUpdated", "query", "retrieve")
"""What every object takes."""

UPDATABLE = ("Invoice", "Account", "Contact", "PaymentTerm")
SEARCHED = tuple(SEARCHED_FIELDS)


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """A field with all its properties."""

    name: str
    label: str
    type: str
    length: int
    values: tuple[str, ...]
    filterable: bool
    groupable: bool
    sortable: bool
    updateable: bool
    nillable: bool
    calculated: bool
    reference_to: tuple[str, ...]
    relationship_name: str
    default_value: str
    name_field: bool
    custom: bool
    """The field is Duedesk's own, not Salesforce's."""
    help: str


@dataclass(frozen=True, slots=True)
class ObjectDescription:
    """An object with its fields and the calls it takes."""

    name: str
    label: str
    label_plural: str
    name_field: str
    calls: tuple[str, ...]
    fields: tuple[FieldDescription, ...]


@dataclass(frozen=True, slots=True)
class LayoutSection:
    """A part of a record's page: its heading, and the names of its fields in order."""

    heading: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A record's page: its parts, and the objects whose records are listed under it."""

    object: str
    sections: tuple[LayoutSection, ...]
    related: tuple[str, ...]


def describe_sobjects(names: Sequence[str] = ()) -> tuple[ObjectDescription, ...]:
    """Describe objects by API name, all of them where none is named; RequestError where there is none of a name."""
    described = [CATALOG.object(name) for name in names] if names else list(CATALOG)
    return tuple(_object(one) for one in described)


def describe_layout(name: str) -> Layout:
    """Describe the page of an object's records; RequestError where there is none of that name."""
    described = CATALOG.object(name)
    placed: dict[str, list[str]] = {heading: [] for heading in _HEADINGS}
    for field in described.read_fields:
        placed[_heading(described, field)].append(field.name)
    sections = tuple(LayoutSection(heading, tuple(fields)) for heading, fields in placed.items() if fields)
    related = tuple(one.name for one in CATALOG if any(described.name in field.refers_to[:1] for field in one.fields))
    return Layout(described.name, sections, related)


def calls_of(name: str) -> tuple[str, ...]:
    """Give the calls an object takes."""
    more = {"search": name in SEARCHED, "update": name in UPDATABLE}
    return tuple(sorted((*CALLS, *(call for call, takes in more.items() if takes))))


def _object(described: ObjectType) -> ObjectDescription:
    fields = tuple(_field(described, field) for field in described.fields)
    calls = calls_of(described.name)
    return ObjectDescription(described.name, described.label, described.plural, described.name_field, calls, fields)


def _field(described: ObjectType, field: Field) -> FieldDescription:
    has_length = field.kind not in {*_OF_FIGURES, Kind.BOOLEAN, Kind.DATE, Kind.DATETIME}
    return FieldDescription(
        name=field.name,
        label=field.label,
        type=field.kind.value,
        length=(18 if field.kind is Kind.REFERENCE else field.max_length) if has_length else 0,
        values=field.values,
        filterable=field.filter,
        groupable=field.group,
        sortable=field.sort,
        updateable=field.update,
        nillable=field.nillable,
        calculated=field.calculated,
        reference_to=field.refers_to,
        relationship_name=field.relationship,
        default_value=_DEFAULTS.get((described.name, field.name), "false" if field.kind is Kind.BOOLEAN else ""),
        name_field=field.name == described.name_field,
        custom=field.origin is Origin.DUEDESK,
        help=field.help,
    )


_OF_FIGURES = {Kind.CURRENCY, Kind.DOUBLE, Kind.PERCENT, Kind.INT}
_DEFAULTS = {
    ("Invoice", "CurrencyIsoCode"): "USD",
    ("Invoice", "Status"): "Draft",
    ("Invoice", "SettlementStatus"): "Not Applicable",
    ("User", "IsActive"): "true",
    ("PaymentTerm", "Status"): "Active",
}

_HEADINGS = ("Details", "Amounts", "Dates", "Address", "System")


def _heading(described: ObjectType, field: Field) -> str:
    if field.name in {"Id", "RecordKey", "JournalKey", "Version", "FoldedName", "SourceKey"}:
        return "System"
    if field.kind is Kind.DATETIME:
        return "System"
    if field.kind is Kind.CURRENCY:
        return "Amounts"
    if field.kind is Kind.DATE or field.name.startswith("DaysInvoice"):
        return "Dates"
    is_address = described.name in {"Account", "Contact"} and field.name.startswith(("Billing", "Mailing"))
    return "Address" if is_address else "Details"
