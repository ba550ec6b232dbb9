"""What was typed into the marked columns of a workbook, read after it passed the gate; it compares with no book.

Sheets may be renamed, rows sorted, filtered and deleted, columns moved and added: a table is known by its headings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from duedesk.domain.days import parse_moment
from duedesk.domain.errors import Problem, RequestError, Severity
from duedesk.domain.taking_back import COMMENT, DISPUTE_REASON, MARKED, PROMISED_AMOUNT, PROMISED_FOR, Typed, TypedRow
from duedesk.exchange.cells import Cell, Row, shown
from duedesk.exchange.faults import FileRefused, Unreadable
from duedesk.exchange.gate import FileKind, admit
from duedesk.exchange.headers import folded
from duedesk.exchange.typed_cells import Reading, typed_text
from duedesk.exchange.xlsx_file import XlsxSheet
from duedesk.exchange.xlsx_parts import WorkbookParts, read_parts
from duedesk.exchange.xml_parts import Handlers, Package

_NUMBER = "Number"
_KIND = "Kind"
_CURRENCY = "Currency"
_BALANCE = "Balance"
_INSTALMENT = "Instalment"
_CALLED = {
    _NUMBER: ("number", "documentnumber", "invoicenumber", "invoice"),
    _KIND: ("kind",),
    _CURRENCY: ("currency", "currencyisocode"),
    _BALANCE: ("balance", "open"),
    _INSTALMENT: ("instalment",),
    **{heading: (folded(heading),) for heading in MARKED},
}
"""What each column is called, without case, blanks and marks; the first that is there is meant."""

_LATEST_HEAD = 60
"""Rows above a table: a title, the day, the filter, a summary."""

_MOST_PROBLEMS = 1_000

_Value = TypeVar("_Value")


def read_typed(path: Path, reading: Reading, heard: Callable[[], None]) -> Typed:
    """Read what was typed; FileRefused, in a sentence, where the file may not pass or has no marked columns.

    What cannot be read in a cell is a problem of its own and keeps nothing else back. `heard` is called as the work
    goes on and raises to stop it.
    """
    file = admit(path)
    if file.kind is not FileKind.XLSX:
        raise FileRefused(file.name, f"{file.name} is no Excel workbook.", "Take back the workbook that was written.")
    package = Package(path)
    parts = read_parts(package)
    reader = _Reader(file.name, reading.counted_from(parts.counts_from_1904))
    tables = 0
    for info in parts.sheets:
        tables += reader.read(info.name, XlsxSheet(parts, info, 0, heard).rows())
    file.check_unchanged()
    if not tables:
        raise FileRefused(
            file.name,
            f"{file.name} has no table with a column “{_NUMBER}” and one of {_listed(MARKED)}.",
            "Take back a workbook of open items, or of the aging.",
        )
    return Typed(file.name, tuple(reader.rows), tuple(reader.problems), _made_at(parts), reader.seen)


class _Reader:
    """Collects what was typed, sheet by sheet."""

    def __init__(self, file: str, reading: Reading) -> None:
        self._file, self._reading = file, reading
        self.rows: list[TypedRow] = []
        self.problems: list[Problem] = []
        self.seen = 0

    def read(self, sheet: str, rows: Iterator[Row]) -> bool:
        """Read a sheet; tell whether it has a table that takes what is typed."""
        places: dict[str, int] | None = None
        for row in rows:
            if places is None:
                if row.number > _LATEST_HEAD:
                    return False
                places = self._head(sheet, row)
                continue
            self.seen += 1
            self._take(_Line(f"{self._file}, sheet {sheet}", row, places))
        return places is not None

    def _head(self, sheet: str, row: Row) -> dict[str, int] | None:
        names = [folded(cell) if isinstance(cell, str) else "" for cell in row.cells]
        found = {}
        for heading, called in _CALLED.items():
            name = next((name for name in called if name in names), None)
            if name is None:
                continue
            if names.count(name) > 1:
                where = f"{self._file}, sheet {sheet}"
                raise FileRefused(
                    self._file, f"{where}: two columns are called “{heading}”.", "Delete one.", row=row.number
                )
            found[heading] = names.index(name)
        return found if _NUMBER in found and any(heading in found for heading in MARKED) else None

    def _take(self, line: "_Line") -> None:
        if not any(line.text(heading) for heading in MARKED):
            return
        currency, before = line.text(_CURRENCY), len(self.problems)
        day = self._read(line, PROMISED_FOR, self._reading.day)
        amount = self._read(line, PROMISED_AMOUNT, lambda cell: self._reading.amount(cell, currency))
        comment = self._read(line, COMMENT, typed_text) or ""
        reason = self._read(line, DISPUTE_REASON, typed_text) or ""
        if len(self.problems) > before and self._is_promise_at_fault(before):
            day = amount = None  # half of a promise is none
        row = TypedRow(line.where, line.row.number, line.number, comment, day, amount, reason, line.text(_KIND))
        if comment or reason or day is not None or amount is not None:
            self.rows.append(replace(row, open_then=self._balance(line, currency)))

    def _is_promise_at_fault(self, before: int) -> bool:
        return any(one.column in {PROMISED_FOR, PROMISED_AMOUNT} for one in self.problems[before:])

    def _balance(self, line: "_Line", currency: str) -> Decimal | None:
        """Give what was open of the invoice when the workbook was made, where the row says that."""
        if line.text(_INSTALMENT):
            return None
        try:
            return self._reading.amount(line.cell(_BALANCE), currency)
        except Unreadable:
            return None

    def _read(self, line: "_Line", heading: str, read: Callable[[Cell], _Value | None]) -> _Value | None:
        try:
            return read(line.cell(heading))
        except Unreadable as fault:
            self._say(line, heading, fault.text, fault.remedy, fault.severity)
            return None

    def _say(self, line: "_Line", heading: str, text: str, remedy: str, severity: Severity = Severity.ERROR) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            said = text[:1].upper() + text[1:]
            self.problems.append(Problem(line.where, said, remedy, line.row.number, heading, severity))


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table by its headings; `where` names file and sheet."""

    where: str
    row: Row
    places: dict[str, int]

    def cell(self, heading: str) -> Cell:
        """Give a cell, an empty text where there is none."""
        at = self.places.get(heading)
        return self.row.cells[at] if at is not None and at < len(self.row.cells) else ""

    def text(self, heading: str) -> str:
        """Give a cell as a person sees it."""
        return shown(self.cell(heading)).strip()

    @property
    def number(self) -> str:
        """Give the number of the document."""
        return self.text(_NUMBER)


def _made_at(parts: WorkbookParts) -> datetime | None:
    """Give when the workbook was made, which spreadsheet programs keep as they save it."""
    part = next((one for one in parts.package.parts() if one.casefold().lstrip("/") == "docprops/core.xml"), None)
    if part is None:
        return None
    pieces: list[str] = []
    inside: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        inside.append(tag)

    def end(_: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        if inside and inside[-1] == "created" and len(pieces) < 100:
            pieces.append(piece)

    parts.package.parse_whole(part, Handlers(start, end, text))
    try:
        return parse_moment("".join(pieces).strip())
    except RequestError:
        return None


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(f'“{name}”' for name in names[:-1])} or “{names[-1]}”"
