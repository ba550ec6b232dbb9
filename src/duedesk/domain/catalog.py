"""What an object and a field are; which ones there are is said in `objects`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from duedesk.domain.errors import RequestError


class Kind(StrEnum):
    """The type of a field, named as the Salesforce object reference names it."""

    ID = "id"
    STRING = "string"
    TEXTAREA = "textarea"
    PICKLIST = "picklist"
    REFERENCE = "reference"
    CURRENCY = "currency"
    DOUBLE = "double"
    PERCENT = "percent"
    INT = "int"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "dateTime"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"


class Origin(StrEnum):
    """Where a field comes from: the Salesforce object, or what Duedesk keeps beside it."""

    SALESFORCE = "salesforce"
    DUEDESK = "duedesk"


def snake_case(api_name: str) -> str:
    """Turn an API name into the name used in code and in the database: `BillToContactId` to `bill_to_contact_id`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", api_name).lower()


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, what it holds and what may be done with it.

    `column` is the column it is stored in, empty where it is worked out when it is read. The properties carry the
    names of the object reference: Filter, Group, Sort, Update, Nillable, Calculated.
    """

    name: str
    label: str
    kind: Kind
    values: tuple[str, ...] = ()
    filter: bool = True
    group: bool = False
    sort: bool = True
    update: bool = False
    nillable: bool = True
    calculated: bool = False
    refers_to: tuple[str, ...] = ()
    relationship: str = ""
    max_length: int = 255
    column: str = ""
    help: str = ""
    origin: Origin = Origin.SALESFORCE
    is_read: bool = True
    """Whether a record has a value of it; of some fields only a condition can be made."""

    @property
    def is_stored(self) -> bool:
        """Tell whether the field has a column of its own."""
        return bool(self.column)

    @property
    def is_figure(self) -> bool:
        """Tell whether the field is shown flush right and can be added or compared as a number."""
        return self.kind in {Kind.CURRENCY, Kind.DOUBLE, Kind.PERCENT, Kind.INT}


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One object: its fields in the order they are shown, and the table it is stored in."""

    name: str
    label: str
    plural: str
    table: str
    fields: tuple[Field, ...]
    name_field: str
    """The field a person knows a record by: DocumentNumber, Name."""
    rows: str = ""
    """Where several objects share a table: the `column=value` that tells this one's rows."""

    @property
    def read_fields(self) -> tuple[Field, ...]:
        """Give the fields of which a record has a value."""
        return tuple(field for field in self.fields if field.is_read)

    def field(self, name: str) -> Field:
        """Find a field by its API name, whatever its case; RequestError with the nearest names where there is none."""
        wanted = name.casefold()
        for field in self.fields:
            if field.name.casefold() == wanted:
                return field
        folded = {field.name.casefold(): field.name for field in self.fields}
        nearest = " or ".join(folded[one] for one in get_close_matches(wanted, folded, 2, 0.8))
        hint = f"Did you mean {nearest}? " if nearest else ""
        raise RequestError(f"{self.name} has no field “{name}”.", f"{hint}`duedesk describe {self.name}` lists them.")

    def has_field(self, name: str) -> bool:
        """Tell whether there is a field of that API name, whatever its case."""
        wanted = name.casefold()
        return any(field.name.casefold() == wanted for field in self.fields)


class Catalog:
    """All objects by name."""

    def __init__(self, objects: Iterable[ObjectType]) -> None:
        self._objects = {one.name: one for one in objects}
        self._by_folded_name = {name.casefold(): one for name, one in self._objects.items()}

    def __iter__(self) -> Iterator[ObjectType]:
        return iter(self._objects.values())

    def object(self, name: str) -> ObjectType:
        """Find an object by its API name, whatever its case; RequestError where there is none."""
        try:
            return self._by_folded_name[name.casefold()]
        except KeyError:
            near = get_close_matches(name.casefold(), self._by_folded_name, 1, 0.8)
            hint = f"Did you mean {self._by_folded_name[near[0]].name}?" if near else ""
            raise RequestError(
                f"There is no object “{name}”.", hint or f"There are {', '.join(self._objects)}."
            ) from None

    def has(self, name: str) -> bool:
        """Tell whether there is an object of that API name, whatever its case."""
        return name.casefold() in self._by_folded_name

    def follow(self, start: str, path: str) -> tuple[tuple[Field, ...], Field]:
        """Follow a dotted path from an object: the reference fields on the way, and the field at its end.

        `BillingAccount.Name` from Invoice goes by BillingAccountId to the Account's Name.
        """
        *steps, last = path.split(".")
        here, way = self.object(start), []
        for step in steps:
            for field in here.fields:
                if field.relationship.casefold() == step.casefold() and field.refers_to:
                    way.append(field)
                    here = self.object(field.refers_to[0])
                    break
            else:
                raise RequestError(f"{here.name} refers to nothing called “{step}”.", f"In “{path}”.")
        return tuple(way), here.field(last)
