"""A mapping bound to the columns of one file, and the conventions that hold there; no row is read yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.dates import DateStyle, DayOrder
from duedesk.exchange.headers import Header
from duedesk.exchange.mapping import Entry, Section, SourceOptions

FIGURES = {Kind.CURRENCY, Kind.DOUBLE, Kind.PERCENT}
DAYS = {Kind.DATE, Kind.DATETIME}


@dataclass(frozen=True, slots=True)
class BoundEntry:
    """A field, the position of its column or its fixed value, and how it is written there."""

    field: Field
    position: int | None
    column: str
    value: str | None = None
    dates: DateStyle | None = None
    decimal: DecimalMark | None = None


@dataclass(frozen=True, slots=True)
class BoundSection:
    """An object that rows of the file give."""

    object: ObjectType
    entries: tuple[BoundEntry, ...]
    when: int | None = None

    @property
    def name(self) -> str:
        """Give the object's name."""
        return self.object.name

    def has(self, field: str) -> bool:
        """Tell whether the rows give this field."""
        return any(entry.field.name == field for entry in self.entries)


def bind(sections: Sequence[Section], header: Header, options: SourceOptions) -> tuple[BoundSection, ...]:
    """Find the columns of a mapping in a header; FileRefused or FileQuestion where one is missing or doubled."""
    return tuple(
        BoundSection(
            section.object,
            tuple(_bind_entry(entry, header, options) for entry in section.entries),
            header.find(section.when) if section.when is not None else None,
        )
        for section in sections
    )


def positions(sections: Sequence[BoundSection], kinds: set[Kind]) -> set[int]:
    """Give the positions of the columns that hold fields of some kinds."""
    return {
        entry.position
        for section in sections
        for entry in section.entries
        if entry.position is not None and entry.field.kind in kinds
    }


def settled(
    sections: Sequence[BoundSection], mark: DecimalMark | None, orders: dict[int, DayOrder], *, counts_from_1904: bool
) -> tuple[BoundSection, ...]:
    """Write into the sections what the file itself proved of its decimal mark and the order of its dates."""
    return tuple(
        replace(
            section,
            entries=tuple(
                replace(
                    entry,
                    decimal=entry.decimal or mark,
                    dates=_settled_dates(entry, orders, counts_from_1904=counts_from_1904),
                )
                for entry in section.entries
            ),
        )
        for section in sections
    )


def _settled_dates(entry: BoundEntry, orders: dict[int, DayOrder], *, counts_from_1904: bool) -> DateStyle:
    style = replace(entry.dates or DateStyle(), counts_from_1904=counts_from_1904)
    if style.order is None and entry.position is not None:
        style = replace(style, order=orders.get(entry.position))
    return style


def _bind_entry(entry: Entry, header: Header, options: SourceOptions) -> BoundEntry:
    dates = entry.dates or (options.dates if entry.field.kind in DAYS else None)
    decimal = entry.decimal or (options.decimal if entry.field.kind in FIGURES else None)
    if entry.column is None:
        return BoundEntry(entry.field, None, f"value of {entry.field.name}", entry.value, dates, decimal)
    position = header.find(entry.column)
    return BoundEntry(entry.field, position, header.name(position), None, dates, decimal)
