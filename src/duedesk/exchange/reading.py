"""Rows read as records: each cell by the kind of its field, each fault with its row, column and remedy.

It knows no book: whether an account exists or an invoice adds up is asked of the records later.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from duedesk.domain.catalog import Kind
from duedesk.domain.errors import Problem
from duedesk.exchange.amounts import read_amount, read_number
from duedesk.exchange.binding import BoundEntry, BoundSection
from duedesk.exchange.cells import Cell, Row
from duedesk.exchange.dates import DateStyle, read_day, read_moment
from duedesk.exchange.faults import Unreadable
from duedesk.exchange.values import read_choice, read_count, read_currency, read_email, read_flag, read_text

Value: TypeAlias = str | Decimal | date | datetime | bool | int | None
"""What a field of a record holds."""

OF_INVOICE = {"InvoiceLine", "PaymentLineInvoice", "CreditMemoInvApplication", "CreditMemoLine", "Refund"}
OF_INVOICE |= {"PaymentSchedule", "PaymentScheduleItem", "PaymentTermItem", "Dispute"}
"""Objects in the currency of the document they belong to, which their own rows need not say."""

_CURRENCY = "CurrencyIsoCode"
_MOST_KEPT = 20_000
"""Values of one column kept with what they were read as: most columns of a ledger repeat themselves."""

_NEVER_REPEATED = {"Id", "DocumentNumber", "PaymentNumber", "PaymentLineInvoiceNumber", "CreditMemoInvoiceNumber"}


class Record:
    """What a row gives of one object: values by field name."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: dict[str, int], values: list[Value]) -> None:
        self._places = places
        self._values = values

    def text(self, name: str) -> str | None:
        """Give a text, None where the file has no such field or the row nothing in it."""
        place = self._places.get(name)
        value = None if place is None else self._values[place]
        return value if isinstance(value, str) else None

    def amount(self, name: str) -> Decimal | None:
        """Give an amount or a number."""
        place = self._places.get(name)
        value = None if place is None else self._values[place]
        return value if isinstance(value, Decimal) else None

    def day(self, name: str) -> date | None:
        """Give a day."""
        place = self._places.get(name)
        value = None if place is None else self._values[place]
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def moment(self, name: str) -> datetime | None:
        """Give a moment in UTC."""
        place = self._places.get(name)
        value = None if place is None else self._values[place]
        return value if isinstance(value, datetime) else None

    def value(self, name: str) -> Value:
        """Give whatever the field holds."""
        place = self._places.get(name)
        return None if place is None else self._values[place]

    def fields(self) -> Iterator[str]:
        """Name the fields the file gives."""
        return iter(self._places)

    def has(self, name: str) -> bool:
        """Tell whether the file gives the field."""
        return name in self._places


class ReadRow(NamedTuple):
    """A row as records, one for each section (None where its `when` is empty), and what is wrong with it."""

    row: Row
    records: tuple[Record | None, ...]
    currency: str | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Notes:
    """What was read as something other than it was written, with the first row of each."""

    rows: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, row: int) -> None:
        """Note a reading once."""
        if len(self.rows) < 200:
            self.rows.setdefault(text, row)

    def sentences(self) -> tuple[str, ...]:
        """Give the notes as sentences."""
        return tuple(f"{text[0].upper() + text[1:]} (row {row})." for text, row in self.rows.items())


@dataclass(frozen=True, slots=True)
class _Column:
    """How one field is read; values that come again are looked up."""

    entry: BoundEntry
    read: Callable[[Cell, int, str], Value]
    is_money: bool
    repeats: bool
    kept: dict[Cell, Value] = field(default_factory=dict)
    kept_money: dict[str, dict[Cell, Value]] = field(default_factory=dict)


class RowReader:
    """Reads the rows of one file; dates after `latest` are refused."""

    def __init__(
        self, file: str, sections: Sequence[BoundSection], *, currency: str | None, latest: date, notes: Notes
    ) -> None:
        self._file = file
        self._currency = currency
        self._latest = latest
        self._notes = notes
        self._sections = [self._section(section) for section in sections]
        # An invoice says the currency of the row, else the payment or credit memo that the row is.
        self._order = sorted(range(len(sections)), key=lambda at: _rank(sections[at].name))

    def read(self, row: Row) -> ReadRow:
        """Read a row."""
        if row.fault:
            return ReadRow(row, (), None, (Problem(self._file, f"{row.fault}.", row.remedy, row.number),))
        problems: list[Problem] = []
        records: list[Record | None] = [None] * len(self._sections)
        currency = self._currency
        for at in self._order:
            section = self._sections[at]
            if section.when is not None and not _says_something(row.cells[section.when]):
                continue
            records[at], own = section.read(self, row, currency, problems)
            if at == self._order[0]:
                currency = own
        return ReadRow(row, tuple(records), currency, tuple(problems))

    def cell(self, entry: BoundEntry, cell: Cell, currency: str) -> Value:
        """Read one cell by itself; Unreadable, in words, where it cannot be."""
        return self._reader(entry)(cell, 0, currency)

    def problem(self, row: Row, entry: BoundEntry, fault: Unreadable) -> Problem:
        """Say what is wrong with a cell."""
        return Problem(self._file, fault.text, fault.remedy, row.number, entry.column, fault.severity)

    def _section(self, section: BoundSection) -> "_SectionReader":
        columns = [
            _Column(
                entry,
                self._reader(entry),
                is_money=entry.field.kind is Kind.CURRENCY,
                repeats=entry.field.name not in _NEVER_REPEATED,
            )
            for entry in section.entries
        ]
        return _SectionReader(columns, section.when, has_own_currency=section.name not in OF_INVOICE)

    def _reader(self, entry: BoundEntry) -> Callable[[Cell, int, str], Value]:
        """Give the function that reads a cell of a field, told the row for notes and the row's currency."""
        about, kind, style = entry.field, entry.field.kind, entry.dates or DateStyle()
        if about.name == _CURRENCY:
            return lambda cell, row, _: self._noted(read_currency(cell), row)
        by_kind: dict[Kind, Callable[[Cell, int, str], Value]] = {
            Kind.PICKLIST: lambda cell, row, _: self._noted(read_choice(cell, about), row),
            Kind.CURRENCY: lambda cell, _, currency: read_amount(cell, currency, entry.decimal),
            Kind.DOUBLE: lambda cell, _row, _: read_number(cell, entry.decimal),
            Kind.PERCENT: lambda cell, _row, _: read_number(cell, entry.decimal),
            Kind.DATE: lambda cell, row, _: self._day(cell, style, row),
            Kind.DATETIME: lambda cell, _row, _: read_moment(cell, style, self._latest),
            Kind.EMAIL: lambda cell, _row, _: read_email(cell, about),
            Kind.BOOLEAN: lambda cell, _row, _: read_flag(cell),
            Kind.INT: lambda cell, _row, _: read_count(cell),
        }
        return by_kind.get(kind, lambda cell, _row, _: read_text(cell, about))

    def _noted(self, read: tuple[str | None, str], row: int) -> str | None:
        value, note = read
        if note:
            self._notes.add(note, row)
        return value

    def _day(self, cell: Cell, style: DateStyle, row: int) -> date | None:
        read = read_day(cell, style, self._latest)
        if read is None:
            return None
        if read.note:
            self._notes.add(read.note, row)
        return read.day


class _SectionReader:
    """Reads what a row gives of one object."""

    def __init__(self, columns: list[_Column], when: int | None, *, has_own_currency: bool) -> None:
        self.when = when
        self._has_own_currency = has_own_currency
        self._plan = [(place, column.entry.position, column) for place, column in enumerate(columns)]
        self._places = {column.entry.field.name: at for at, column in enumerate(columns)}
        self._currency_at = self._places.get(_CURRENCY)

    def read(
        self, reader: RowReader, row: Row, currency: str | None, problems: list[Problem]
    ) -> tuple[Record, str | None]:
        """Give the record, and the currency its amounts are in: its own, else the one that is passed in."""
        values: list[Value] = [None] * len(self._plan)
        at = self._currency_at
        if at is not None:
            count = len(problems)
            own = self._value(reader, at, row, "", problems)
            values[at] = own
            if len(problems) > count:
                currency = None  # said, and wrong: nothing else may stand in for it
            elif isinstance(own, str):
                currency = own
        cells = row.cells
        for place, position, column in self._plan:
            cell: Cell = cells[position] if position is not None else column.entry.value or ""
            if cell == "" or place == at:
                continue
            if not column.is_money:
                kept = column.kept
            elif currency is None and self._has_own_currency:
                continue  # without a currency nobody can say how many decimals it has
            else:
                kept = column.kept_money.setdefault(currency or "", {})
            if cell in kept:
                values[place] = kept[cell]
            else:
                values[place] = self._read(reader, column, cell, row, currency or "", kept, problems)
        return Record(self._places, values), currency

    def _value(self, reader: RowReader, place: int, row: Row, currency: str, problems: list[Problem]) -> Value:
        _, position, column = self._plan[place]
        cell: Cell = row.cells[position] if position is not None else column.entry.value or ""
        if cell in column.kept:
            return column.kept[cell]
        return None if cell == "" else self._read(reader, column, cell, row, currency, column.kept, problems)

    @staticmethod
    def _read(
        reader: RowReader,
        column: _Column,
        cell: Cell,
        row: Row,
        currency: str,
        kept: dict[Cell, Value],
        problems: list[Problem],
    ) -> Value:
        try:
            value = column.read(cell, row.number, currency)
        except Unreadable as fault:
            problems.append(reader.problem(row, column.entry, fault))
            return None
        if column.repeats:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[cell] = value
        return value


def _rank(object_name: str) -> int:
    """Order the sections of a row: what says its currency comes first."""
    return 0 if object_name == "Invoice" else 1 if object_name in {"Payment", "CreditMemo"} else 2


def _says_something(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())
