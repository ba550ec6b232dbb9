"""Short ways to write down a field, one a kind; they say what most fields share and hold no field themselves."""

from dataclasses import replace
from typing import Any, TypedDict, Unpack

from duedesk.domain.catalog import Field, Kind, Origin, snake_case


class Properties(TypedDict, total=False):
    """What may be said of any field beside its name and label."""

    filter: bool
    group: bool
    sort: bool
    update: bool
    nillable: bool
    calculated: bool
    max_length: int
    column: str
    help: str
    is_read: bool


def text(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """A line of text."""
    return _stored(name, label, Kind.STRING, properties, group=True)


def area(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """Several lines of text."""
    return _stored(name, label, Kind.TEXTAREA, properties, sort=False, max_length=1000)


def email(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """An address for mail."""
    return _stored(name, label, Kind.EMAIL, properties, group=True, max_length=80)


def phone(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """A telephone number, as it was written."""
    return _stored(name, label, Kind.PHONE, properties, group=True, max_length=40)


def url(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """An address on the web."""
    return _stored(name, label, Kind.URL, properties, group=True)


def currency_code(**properties: Unpack[Properties]) -> Field:
    """The record's currency: any code of ISO 4217, which `domain.currencies` lists."""
    return _stored("CurrencyIsoCode", "Currency", Kind.PICKLIST, properties, group=True, max_length=3)


def pick(name: str, label: str, values: str, **properties: Unpack[Properties]) -> Field:
    """One of a fixed list, given as `A | B | C`."""
    return _stored(name, label, Kind.PICKLIST, properties, group=True, values=tuple(values.split(" | ")))


def money(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """An amount in the record's currency."""
    return _stored(name, label, Kind.CURRENCY, properties)


def day(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """A date without a time."""
    return _stored(name, label, Kind.DATE, properties, group=True)


def moment(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """A date with a time, UTC."""
    return _stored(name, label, Kind.DATETIME, properties)


def flag(name: str, label: str, **properties: Unpack[Properties]) -> Field:
    """Yes or no."""
    return _stored(name, label, Kind.BOOLEAN, properties, group=True, nillable=False)


def number(name: str, label: str, kind: Kind = Kind.INT, **properties: Unpack[Properties]) -> Field:
    """A count, a rate or a quantity."""
    return _stored(name, label, kind, properties)


def reference(name: str, label: str, to: str, relationship: str = "", **properties: Unpack[Properties]) -> Field:
    """A reference to another record, or to one of several objects given as `A | B`."""
    named = relationship or name.removesuffix("Id")
    return _stored(
        name,
        label,
        Kind.REFERENCE,
        properties,
        group=True,
        refers_to=tuple(to.split(" | ")),
        relationship=named,
    )


def identifier() -> Field:
    """The record's Id in the system it came from."""
    return _stored("Id", "Id", Kind.ID, {"column": "external_id", "max_length": 18}, group=True)


def house(field: Field) -> Field:
    """Mark a field as Duedesk's own, not Salesforce's."""
    return replace(field, origin=Origin.DUEDESK)


def _stored(name: str, label: str, kind: Kind, said: Properties, **defaults: Any) -> Field:
    return Field(name, label, kind, **{"column": snake_case(name), **defaults, **said})


BOOKKEEPING = (
    house(number("RecordKey", "Record key", column="id", nillable=False, help="The record's number in this book.")),
    house(number("JournalKey", "Journal entry", column="journal_id", help="The action that brought the record in.")),
)
"""What every record keeps beside its own fields."""
