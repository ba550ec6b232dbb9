"""What an aging can be grouped by: paths of the catalogue from Invoice, one or two deep; it groups nothing itself."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG

ACCOUNT = "BillingAccountId"
PARENT = "BillingAccount.FamilyId"
"""By parent account: what a parent owes itself stands with what is owed below it."""

OWNER = "OwnerId"
CURRENCY = "CurrencyIsoCode"
COUNTRY = "BillingAccount.BillingCountry"
TERM = "PaymentTermId"

SHORT = {
    "account": ACCOUNT,
    "parent": PARENT,
    "owner": OWNER,
    "currency": CURRENCY,
    "country": COUNTRY,
    "term": TERM,
}
"""The words that stand for the groupings of every day."""

MOST_LEVELS = 2

Groups = tuple[tuple[str, str], ...]
"""What can be grouped by, as path and label."""

_COMMON = {*SHORT.values(), "Status", "SettlementStatus", "InvoiceDate", "DueDate", "ReferenceEntityId"}
"""What stands in a menu of groupings at once; the others stand in parts of their own."""

_FEW = 12
"""Groupings that stand in one menu together."""

_NOT_OFFERED = {Kind.ID, Kind.PHONE, Kind.URL, Kind.EMAIL}
_OF_THE_HOUSE = {"Id", "RecordKey", "Version", "JournalKey", "FoldedName"}
"""Fields that tell records apart, or that only the book itself needs: typed as a path they group, too."""


def grouping(text: str) -> tuple[str, ...]:
    """Read `account`, `country,term` or any path such as `BillingAccount.Industry`; RequestError says what there is."""
    said = [part.strip() for part in text.split(",")]
    if not all(said) or len(said) > MOST_LEVELS:
        raise RequestError(f"“{text}” is no grouping.", f"Give one field, or two with a comma between. {_offered()}")
    paths = tuple(SHORT.get(part.casefold()) or _path(part) for part in said)
    if len(set(paths)) < len(paths):
        raise RequestError(f"“{text}” groups by the same twice.", "Give another second field.")
    return paths


@cache
def groupable() -> Groups:
    """Give what a menu offers to group by, as path and label: the fields of an invoice, then those of its parents."""
    paths = list(SHORT.values())
    invoice = CATALOG.object("Invoice")
    paths += [field.name for field in invoice.fields if _is_offered(field)]
    for step in invoice.fields:
        if step.refers_to and CATALOG.has(step.refers_to[0]):
            there = CATALOG.object(step.refers_to[0])
            paths += [
                f"{step.relationship}.{field.name}"
                for field in there.fields
                if _is_offered(field) and field.name != there.name_field
            ]
    return tuple((path, label_of(path)) for path in dict.fromkeys(paths))


def _is_offered(field: Field) -> bool:
    return field.group and field.kind not in _NOT_OFFERED and field.name not in _OF_THE_HOUSE


def in_parts(groups: Groups) -> tuple[Groups, tuple[tuple[str, Groups], ...]]:
    """Part what can be grouped by: what is common, and the others under the names of the parents they belong to."""
    if len(groups) <= _FEW:
        return groups, ()
    parts: dict[str, list[tuple[str, str]]] = {}
    for path, label in groups:
        if path not in _COMMON:
            parent, _, own = label.partition(", ") if "." in path else ("Other fields", "", label)
            parts.setdefault(parent, []).append((path, f"{own[:1].upper()}{own[1:]}"))
    common = tuple(one for one in groups if one[0] in _COMMON)
    return common, tuple((parent, tuple(some)) for parent, some in parts.items())


@cache
def label_of(path: str) -> str:
    """Name a grouping for people: `Account`, `Billing country`, `Bill to contact, title`."""
    way, field = CATALOG.follow("Invoice", path)
    if not way or path in SHORT.values():
        return field.label
    if field.name == CATALOG.object(way[-1].refers_to[0]).name_field:
        return way[-1].label
    return f"{way[-1].label}, {lowered(field.label)}"


def none_of(path: str) -> str:
    """Name the row of what has no value: `No owner`."""
    return f"No {lowered(label_of(path))}"


def in_words(by: Sequence[str]) -> str:
    """Say a grouping within a sentence: `account`, `currency and account`."""
    return " and ".join(lowered(label_of(path)) for path in by)


def owners_now(by: Sequence[str], known_on: datetime | None) -> tuple[str, ...]:
    """Say, of figures as they were known once, that their owners are not; nothing of figures as known now."""
    if known_on is None or not any(path == OWNER or path.startswith("Owner.") for path in by):
        return ()
    return ("Owners are those of now, not those known then.",)


def lowered(label: str) -> str:
    """Write a label as within a sentence."""
    return label[:1].lower() + label[1:]


def _path(text: str) -> str:
    """Give a path as the catalogue spells it."""
    try:
        way, field = CATALOG.follow("Invoice", text)
    except RequestError:
        raise RequestError(f"An aging cannot be grouped by “{text}”.", _offered()) from None
    if not field.group:
        raise RequestError(f"An aging cannot be grouped by {field.name}.", _offered())
    return ".".join([*(step.relationship for step in way), field.name])


def _offered() -> str:
    others = ", ".join(path for path, _ in groupable() if "." not in path and path not in SHORT.values())
    return (
        f"It can be grouped by {', '.join(SHORT)}, by {others}, "
        "or by such a field of a parent, as in BillingAccount.Industry."
    )


def sorts_by_value(path: str) -> bool:
    """Tell whether groups stand in the order of their numbers or days, not of their names."""
    return CATALOG.follow("Invoice", path)[1].kind in {Kind.INT, Kind.DATE}


def target_of(path: str) -> Field | None:
    """Give the reference field at the end of a path where the catalogue knows what it leads to."""
    field = CATALOG.follow("Invoice", path)[1]
    return field if field.refers_to and CATALOG.has(field.refers_to[0]) else None
