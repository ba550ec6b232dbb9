"""What a list can be filtered by: the fields of an object and of what it refers to, each with a label of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.objects import CATALOG

_PICKED = ("Account", "User", "PaymentTerm")
"""Objects of which a record is picked by its name: people know it, and not its key."""

_KEY = "RecordKey"

_OF_THE_HOUSE = {"Id", _KEY, "Version", "JournalKey"}
"""Fields that people rarely mean: they are offered behind all others."""

_OF_SEARCH = {"FoldedName"}
"""Fields that say again, for search to compare, what another says: nobody means them, and a query may still."""

_ASKED_FIRST = {
    "Invoice": (
        "DaysInvoiceOverdue",
        "Balance",
        "Status",
        "SettlementStatus",
        "BillingAccount.RecordKey",
        "DueDate",
        "InvoiceDate",
        "TotalAmountWithTax",
        "CurrencyIsoCode",
        "DocumentNumber",
        "Owner.RecordKey",
        "PaymentTerm.RecordKey",
        "DunningLevel",
        "LastDunnedDate",
        "DunnableOn",
        "FullSettlementDate",
        "BillingAccount.BillingCountry",
    )
}
"""What people ask for most, by object: offered before all others."""

_CALLED = {"DaysInvoiceOverdue": "Days overdue"}
"""What a condition calls a field whose column has a shorter name."""


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field by its path; `picks` is the object of which a record is picked in place of a typed key."""

    path: str
    label: str
    field: Field
    picks: str = ""


@cache
def filter_fields(object_name: str) -> tuple[FilterField, ...]:
    """Give the fields that the catalogue calls Filter: what is asked for most, the object's own, its parents'."""
    described = CATALOG.object(object_name)
    offered: dict[str, FilterField] = {}
    for path in (*_ASKED_FIRST.get(object_name, ()), *_own(described), *_of_parents(described)):
        field = CATALOG.follow(object_name, path)[1]
        if field.filter and field.name not in _OF_SEARCH:
            offered[path] = filter_field(object_name, path)
    return tuple(sorted(offered.values(), key=_is_of_the_house))  # each half in the order it has


def filter_field(object_name: str, path: str) -> FilterField:
    """Give a field by its path, however deep; RequestError where there is none."""
    way, field = CATALOG.follow(object_name, path)
    target = way[-1].refers_to[0] if way else ""
    picks = target if field.name == _KEY and target in _PICKED else ""
    return FilterField(path, _label(way, field, is_picked=bool(picks)), field, picks)


def _is_of_the_house(one: FilterField) -> bool:
    return not one.picks and (one.field.name in _OF_THE_HOUSE or one.field.kind in {Kind.ID, Kind.REFERENCE})


def _own(described: ObjectType) -> Iterator[str]:
    """Give the object's own fields; a reference comes first by its record, and at the end by its Id."""
    references: list[str] = []
    for field in described.fields:
        if field.refers_to and field.refers_to[0] in _PICKED:
            yield f"{field.relationship}.{_KEY}"
            references.append(field.name)
        else:
            yield field.name
    yield from references


def _of_parents(described: ObjectType) -> Iterator[str]:
    for reference in described.fields:
        if reference.refers_to and CATALOG.has(reference.refers_to[0]):
            for field in CATALOG.object(reference.refers_to[0]).fields:
                yield f"{reference.relationship}.{field.name}"


def _label(way: tuple[Field, ...], field: Field, *, is_picked: bool) -> str:
    steps = ", ".join(step.label if at == 0 else _small(step.label) for at, step in enumerate(way))
    if not way:
        return f"{field.label} Id" if field.refers_to else _CALLED.get(field.name, field.label)
    if is_picked:
        return steps
    if field.name == CATALOG.object(way[-1].refers_to[0]).name_field:
        return f"{steps} name"
    return f"{steps}, {_small(field.label)}{' Id' if field.refers_to else ''}"


def _small(label: str) -> str:
    return label if label[:2].isupper() or label == "Id" else f"{label[:1].lower()}{label[1:]}"
