"""Which column of a file is which field: the mapping a user writes as TOML, checked against the catalogue.

It names columns, not positions; a header binds them. It reads no rows.
"""

import hashlib
import tomllib
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from duedesk.domain.catalog import Field, ObjectType
from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.cells import quoted
from duedesk.exchange.dates import DateStyle, parse_style
from duedesk.exchange.gate import FileKind

LARGEST_MAPPING = 1 << 20

SECTIONS = {
    "account": "Account",
    "contact": "Contact",
    "invoice": "Invoice",
    "line": "InvoiceLine",
    "payment": "Payment",
    "credit_memo": "CreditMemo",
}
"""The tables of a mapping, and the object each of them makes of a row."""

_WORKED_OUT = {
    "": "RecordKey JournalKey FoldedName Version SourceKey SettlementStatus FullSettlementDate DaysInvoiceOverdue "
    "DaysInvoiceOpen NetPaymentsApplied NetCreditsApplied NetApplied NetRefundApplied ImpactAmount HasBeenUnapplied "
    "Kind IsDueDateDerived ImportedBalance ImportedNetPaymentsApplied ImportedNetCreditsApplied "
    "ImportedSettlementStatus NumberSeriesId FirstAppliedDate LastAppliedDate",
    "Payment": "Balance",
    "CreditMemo": "Balance",
    "PaymentScheduleItem": "InvoiceId Position LaterAmount",
    "User": "Login Role",
    "Invoice": "DunningLevel LastDunnedDate",
    "DunningPolicy": "Version",
    "DunningLevel": "IsCourtesy",
    "DunningHold": "RecordedBy",
    "PaymentPromise": "RecordedBy",
}
"""Fields that follow from others, or that only this book knows; by object, or for all."""

_HIDDEN_ROWS = ("include", "skip")
_ZERO_TOTALS = ("refuse", "accept")
_LETTER_CASE = ("distinct", "same")

_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What the user says of a file, as a whole; None where the file is to say it."""

    format: FileKind | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    """The line the headers stand on; 0 where there are none and columns go by number."""
    dates: DateStyle | None = None
    decimal: DecimalMark | None = None
    currency: str | None = None
    hidden_rows: str | None = None
    zero_totals: str | None = None
    letter_case: str | None = None

    def over(self, other: "SourceOptions") -> "SourceOptions":
        """Give these options, and the other's where these say nothing."""
        return replace(
            other, **{one.name: said for one in fields(self) if (said := getattr(self, one.name)) is not None}
        )


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A column by its header, or by its number from 1; `nth` tells columns with one header apart."""

    header: str = ""
    number: int = 0
    nth: int = 0

    def __str__(self) -> str:
        return self.header or f"column {self.number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one field comes from: a column, or a value that is the same in every row."""

    field: Field
    column: ColumnName | None = None
    value: str | None = None
    dates: DateStyle | None = None
    decimal: DecimalMark | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One object that a row gives; with `when`, only where that column holds something."""

    object: ObjectType
    entries: tuple[Entry, ...]
    when: ColumnName | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping; `digest` tells one from another."""

    source: SourceOptions
    sections: tuple[Section, ...]
    digest: str

    @property
    def columns(self) -> tuple[ColumnName, ...]:
        """Give every column it names."""
        named = [entry.column for section in self.sections for entry in section.entries if entry.column is not None]
        return (*named, *(section.when for section in self.sections if section.when is not None))


def is_worked_out(object_type: ObjectType, field: Field) -> bool:
    """Tell whether a field is never taken from a file."""
    names = f"{_WORKED_OUT['']} {_WORKED_OUT.get(object_type.name, '')}".split()
    return field.name in names


def read_mapping(path: Path) -> Mapping:
    """Read a mapping; RequestError where it cannot be read or says something that cannot be."""
    try:
        with path.open("rb") as file:
            written = file.read(LARGEST_MAPPING + 1)
    except (OSError, ValueError) as error:
        raise RequestError(f"The mapping {path} cannot be read.", "Check the name and the folder.") from error
    if len(written) > LARGEST_MAPPING:
        raise RequestError(f"The mapping {path.name} is larger than 1 MB.", "It should be a few lines.")
    try:
        return parse_mapping(written.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise RequestError(f"The mapping {path.name} is not UTF-8.", "Save it as UTF-8.") from None


def parse_mapping(text: str, name: str = "mapping") -> Mapping:
    """Read a mapping from its text; RequestError where it says something that cannot be."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RequestError(f"{name} is no TOML: {error}.", "Put values in quotes: Name = “customer”.") from None
    try:
        source = parse_options(_table(document.get("source", {}), "source"))
        sections = tuple(
            _section(key, _table(said, key)) for key, said in document.items() if key.casefold() != "source"
        )
    except RequestError as error:
        raise RequestError(f"{name}: {error.message}", error.hint) from None
    return Mapping(source, sections, hashlib.sha256(text.encode()).hexdigest())


def parse_options(said: Table[str, Any]) -> SourceOptions:
    """Read what is said of a file as a whole; RequestError where an option or its value is unknown."""
    known = [one.name for one in fields(SourceOptions)]
    for key in said:
        if key not in known:
            raise RequestError(f"[source] has no {quoted(key)}.", _nearest(key, known))
    text = {key: _text(value, f"[source] {key}") for key, value in said.items() if key != "header_row"}
    header_row = said.get("header_row")
    if header_row is not None and (not isinstance(header_row, int) or isinstance(header_row, bool) or header_row < 0):
        raise RequestError("[source] header_row is the number of a line.", "0 means that there are no headers.")
    return SourceOptions(
        format=FileKind(_one_of("format", text["format"], (FileKind.CSV, FileKind.XLSX))) if "format" in text else None,
        encoding=text.get("encoding"),
        delimiter=text.get("delimiter"),
        sheet=text.get("sheet"),
        header_row=header_row,
        dates=parse_style(text["dates"]) if "dates" in text else None,
        decimal=parse_decimal(text["decimal"]) if "decimal" in text else None,
        currency=_currency(text["currency"]) if "currency" in text else None,
        hidden_rows=_one_of("hidden_rows", text["hidden_rows"], _HIDDEN_ROWS) if "hidden_rows" in text else None,
        zero_totals=_one_of("zero_totals", text["zero_totals"], _ZERO_TOTALS) if "zero_totals" in text else None,
        letter_case=_one_of("letter_case", text["letter_case"], _LETTER_CASE) if "letter_case" in text else None,
    )


def parse_decimal(text: str) -> DecimalMark:
    """Read a decimal mark: `.`, `,`, point or comma; RequestError otherwise."""
    for mark in DecimalMark:
        if text.strip().casefold() in {mark.value, mark.name.casefold()}:
            return mark
    raise RequestError(f"{quoted(text)} is no decimal mark.", 'Say "." or ",".')


def _section(key: str, said: Table[str, Any]) -> Section:
    object_name = SECTIONS.get(key)
    if object_name is None:
        raise RequestError(f"There is no table [{key}].", _nearest(key, ["source", *SECTIONS]))
    object_type = CATALOG.object(object_name)
    entries: list[Entry] = []
    for name, value in said.items():
        if name == "when":
            continue
        try:
            field = object_type.field(name)
        except RequestError as error:
            raise RequestError(f"[{key}]: {error.message}", error.hint) from None
        if is_worked_out(object_type, field) or not field.is_stored:
            raise RequestError(f"[{key}] {field.name} is worked out here and not taken from files.", "Leave it out.")
        entries.append(_entry(key, field, value))
    when = _column(said["when"], f"[{key}] when") if "when" in said else None
    if not entries:
        raise RequestError(f"[{key}] names no field.", f"`duedesk describe {object_name}` lists them.")
    return Section(object_type, tuple(entries), when)


def _entry(key: str, field: Field, said: Any) -> Entry:
    place = f"[{key}] {field.name}"
    if not isinstance(said, dict):
        return Entry(field, _column(said, place))
    for name in said:
        if name not in {"column", "nth", "value", "dates", "decimal"}:
            raise RequestError(f"{place} has no {quoted(name)}.", "There are column, nth, value, dates, decimal.")
    if ("column" in said) == ("value" in said):
        raise RequestError(f"{place} needs either a column or a value.", 'Write { column = "..." }.')
    column = None
    if "column" in said:
        nth = said.get("nth", 0)
        if not isinstance(nth, int) or isinstance(nth, bool) or nth < 0:
            raise RequestError(f"{place}: nth is 1 for the first column of that name, 2 for the second.")
        column = replace(_column(said["column"], place), nth=nth)
    return Entry(
        field,
        column,
        _text(said["value"], f"{place} value") if "value" in said else None,
        parse_style(_text(said["dates"], f"{place} dates")) if "dates" in said else None,
        parse_decimal(_text(said["decimal"], f"{place} decimal")) if "decimal" in said else None,
    )


def _column(said: Any, place: str) -> ColumnName:
    if isinstance(said, int) and not isinstance(said, bool) and said > 0:
        return ColumnName(number=said)
    return ColumnName(_text(said, place))


def _text(said: Any, place: str) -> str:
    if not isinstance(said, str) or not said:
        raise RequestError(f"{place} is a text.", "Put it in quotes.")
    return said


def _table(said: Any, key: str) -> Table[str, Any]:
    if not isinstance(said, dict):
        raise RequestError(f"{quoted(key)} is a table.", f"Write [{key}] on a line of its own.")
    return said


def _one_of(key: str, said: str, allowed: Sequence[str]) -> str:
    if said.casefold() not in allowed:
        raise RequestError(f"[source] {key} is not {quoted(said)}.", f"Write {' or '.join(allowed)}.")
    return said.casefold()


def _currency(said: str) -> str:
    code = said.strip().upper()
    if not is_currency(code):
        raise RequestError(f"{quoted(said)} is no currency.", "Write its code of three letters, such as EUR.")
    return code


def _nearest(key: str, known: Sequence[str]) -> str:
    near = " or ".join(get_close_matches(key.casefold(), known, 2, 0.6))
    return f"Did you mean {near}?" if near else f"There are {', '.join(known)}."
