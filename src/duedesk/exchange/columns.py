"""Rows of a file read a column at a time: what `reading` makes of each cell, written as a book keeps it.

It serves rows in which nothing is wrong and nothing has to be said. NotPlain where a row may be another; which one it
is and what is wrong with it, `reading` tells.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import compress
from typing import cast

from duedesk.domain.catalog import Kind
from duedesk.domain.days import write_moment
from duedesk.domain.money import minor_digits, to_units
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.binding import BoundEntry, BoundSection
from duedesk.exchange.cells import Row
from duedesk.exchange.faults import Unreadable
from duedesk.exchange.reading import Notes, ReadRow, Value
from duedesk.exchange.source import Source

Written = int | str | bool | None
"""A value as a book keeps it: amounts in ten-thousandths, days and moments as ISO 8601 text."""

_CURRENCY = "CurrencyIsoCode"
_MOST_KEPT = 20_000
"""Different cells of a column kept with what they were read as."""

_READ_OTHERWISE = {
    Kind.PICKLIST,
    Kind.CURRENCY,
    Kind.DOUBLE,
    Kind.PERCENT,
    Kind.DATE,
    Kind.DATETIME,
    Kind.EMAIL,
    Kind.BOOLEAN,
    Kind.INT,
}
"""Kinds that are no texts."""

_LONGEST_AMOUNT = len("999999999999.99")
_LOST = "\ufffd"


class NotPlain(Exception):  # noqa: N818 - nothing is wrong: the rows are only to be looked at one by one
    """The rows cannot be taken a column at a time."""


@dataclass(frozen=True, slots=True)
class SectionColumns:
    """What rows give of one object: its fields, a list each, and the currency of each row.

    `there` tells which rows speak of it, where not all of them do; the lists hold these alone.
    """

    fields: dict[str, list[Written]]
    currencies: list[str]
    there: list[bool] | None = None


class ColumnReader:
    """Reads the rows of one file a column at a time; days after `latest` are not plain, nor is what `told` lacks."""

    def __init__(self, source: Source, *, latest: date, told: Notes) -> None:
        self._told, self._noted = told, Notes()
        self._rows = source.reader(latest=latest, notes=self._noted)
        self._latest, self._source = latest, source
        self._sections = {section.name: section for section in source.sections}
        self._currency = source.options.currency
        self._kept: dict[tuple[BoundEntry, str], dict[str, Written]] = {}

    def read(
        self, object_name: str, columns: Sequence[Sequence[str]], currencies: Sequence[str] | None
    ) -> SectionColumns:
        """Read what the rows say of one object; `currencies` are those of the rows, where it may have none itself."""
        section = self._sections[object_name]
        there = None
        if section.when is not None:
            there = list(map(bool, map(str.strip, columns[section.when])))
            if all(there):
                there = None
            else:
                columns = [tuple(compress(column, there)) for column in columns]
                currencies = list(compress(currencies, there)) if currencies is not None else None
        own = self._currencies(section, columns, currencies, len(columns[0]))
        return SectionColumns(self.fields(object_name, columns, own), own, there)

    def fields(
        self,
        object_name: str,
        columns: Sequence[Sequence[str]],
        currencies: Sequence[str],
        wanted: Collection[str] | None = None,
    ) -> dict[str, list[Written]]:
        """Read what the rows say of the fields of an object, or of the wanted ones of them."""
        count = len(columns[0])
        return {
            entry.field.name: self._field(entry, _cells(entry, columns, count), currencies)
            for entry in self._sections[object_name].entries
            if entry.field.name != _CURRENCY and (wanted is None or entry.field.name in wanted)
        }

    def units(self, entry: BoundEntry, cells: Sequence[str], currencies: Sequence[str]) -> str | None:
        """Give amounts in ten-thousandths as a text of lines; None where one is not written with two decimals."""
        may_have = all(minor_digits(code) >= 2 for code in set(currencies))
        return _units(cells, entry.decimal or DecimalMark.POINT) if may_have else None

    def row_of(self, wanted: Collection[BoundEntry]) -> Callable[[Row], ReadRow]:
        """Give what reads the wanted fields of one row; NotPlain where anything is to be said of them."""
        reader = self._source.reader(latest=self._latest, notes=self._noted, wanted=wanted)

        def row(row: Row) -> ReadRow:
            read = reader.read(row)
            self._check_notes()
            if read.problems:
                raise NotPlain
            return read

        return row

    def _currencies(
        self, section: BoundSection, columns: Sequence[Sequence[str]], passed: Sequence[str] | None, count: int
    ) -> list[str]:
        entry = next((one for one in section.entries if one.field.name == _CURRENCY), None)
        instead: Sequence[Written] = passed if passed is not None else [self._currency] * count
        said = self._each(entry, _cells(entry, columns, count), "") if entry is not None else [None] * count
        found = [one or other for one, other in zip(said, instead, strict=True)] if None in said else said
        if None in found:
            raise NotPlain
        return cast("list[str]", found)

    def _field(self, entry: BoundEntry, cells: Sequence[str], currencies: Sequence[str]) -> list[Written]:
        kind = entry.field.kind
        if kind is Kind.CURRENCY:
            codes = set(currencies)
            if len(codes) <= 1:
                return self._amounts(entry, cells, next(iter(codes), ""))
            found: list[Written] = [None] * len(cells)
            for code in codes:
                places = [at for at, one in enumerate(currencies) if one == code]
                for at, amount in zip(places, self._amounts(entry, [cells[at] for at in places], code), strict=True):
                    found[at] = amount
            return found
        if kind not in _READ_OTHERWISE and _are_tidy(cells, entry.field.max_length):
            return list(cells) if all(cells) else [cell or None for cell in cells]
        return self._each(entry, cells, "")

    def _amounts(self, entry: BoundEntry, cells: Sequence[str], currency: str) -> list[Written]:
        if minor_digits(currency) >= 2:
            filled = cells if all(cells) else list(filter(None, cells))
            amounts = _with_two_decimals(filled, entry.decimal or DecimalMark.POINT)
            if amounts is not None and len(filled) == len(cells):
                return list(amounts)
            if amounts is not None:
                each = iter(amounts)
                return [next(each) if cell else None for cell in cells]
        return self._each(entry, cells, currency)

    def _each(self, entry: BoundEntry, cells: Sequence[str], currency: str) -> list[Written]:
        """Read each different cell by itself, and look the others up."""
        kept = self._kept.setdefault((entry, currency), {})
        is_same = len(cells) > 0 and cells.count(cells[0]) == len(cells)
        new = {cells[0]}.difference(kept) if is_same else set(cells).difference(kept)
        if len(kept) + len(new) > _MOST_KEPT:
            kept.clear()
            new = set(cells)
        try:
            for cell in new:
                kept[cell] = _written(self._rows.cell(entry, cell, currency)) if cell else None
        except Unreadable:
            raise NotPlain from None
        self._check_notes()
        return [kept[cells[0]]] * len(cells) if is_same else list(map(kept.__getitem__, cells))

    def _check_notes(self) -> None:
        """Let what was noted pass where it was told before: else the row it is told of has to be found."""
        unsaid = not self._told.rows.keys() >= self._noted.rows.keys()
        self._noted.rows.clear()
        if unsaid:
            self._kept.clear()
            raise NotPlain


def _cells(entry: BoundEntry, columns: Sequence[Sequence[str]], count: int) -> Sequence[str]:
    return columns[entry.position] if entry.position is not None else (entry.value or "",) * count


def _written(value: Value) -> Written:
    if isinstance(value, Decimal):
        return to_units(value)
    if isinstance(value, datetime):
        return write_moment(value)
    return value.isoformat() if isinstance(value, date) else value


def _are_tidy(cells: Iterable[str], longest: int) -> bool:
    """Tell whether texts are as `values.read_text` would leave them: seen, composed, with single blanks inside."""
    together = "".join(cells)
    if not together.isprintable() or "  " in together or max(map(len, cells), default=0) > longest:
        return False
    if not together.isascii() and (_LOST in together or not unicodedata.is_normalized("NFC", together)):
        return False
    return " " not in together or list(map(str.strip, cells)) == list(cells)


def _with_two_decimals(cells: Sequence[str], mark: DecimalMark) -> list[int] | None:
    """Read amounts of which each is digits, the mark and two digits; None where one is written otherwise."""
    if not cells:
        return []
    units = _units(cells, mark)
    return None if units is None else list(map(int, units.split("\n")))


def _units(cells: Sequence[str], mark: DecimalMark) -> str | None:
    """Write such amounts in ten-thousandths, a line each."""
    lines = "\n".join(cells)
    digits = lines.replace(mark, "")
    is_plain = (
        len(lines) - len(digits) == len(cells)
        and {cell[-3:-2] for cell in cells} == {mark.value}
        and digits.isascii()
        and digits.replace("\n", "").isdigit()
        and len(min(cells, key=len)) > len(".00")
        and len(max(cells, key=len)) <= _LONGEST_AMOUNT
    )
    return digits.replace("\n", "00\n") + "00" if is_plain else None
