"""What was typed into the marked columns of a workbook, read after it passed the gate; it compares with no book.

Sheets may be renamed, rows sorted, filtered and deleted, columns moved and added: a table is known by its headings.
It may come back as Excel workbook, OpenDocument sheet or CSV. Of a workbook of any length only what was typed is held.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from duedesk.domain.disputes import REASONS, offered_code
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.reports.taking_back import (
    COMMENT,
    DISPUTE_REASON,
    MARKED,
    PROMISED_AMOUNT,
    PROMISED_FOR,
    Typed,
    TypedRow,
)
from duedesk.exchange.cells import Cell, Row, shown
from duedesk.exchange.dates import DayOrder
from duedesk.exchange.faults import FileRefused, Unreadable
from duedesk.exchange.gate import MEGABYTE, Limits, admit
from duedesk.exchange.headers import folded
from duedesk.exchange.sheets_back import DAYS, read_sheets
from duedesk.exchange.typed_cells import Reading, typed_text

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
    **{heading: (folded(heading),) for heading in (*DAYS, *MARKED)},
}
"""What each column is called, without case, blanks and marks; the first that is there is meant."""

_MOST_PROBLEMS = 1_000
_LIMITS = Limits(packed=1024 * MEGABYTE, unpacked=8_000_000_000, takes_ods=True)
"""What is read here is let go as it goes by, so that only time limits it."""

_AS_A_DAY = "Type it as year-month-day, such as 2026-11-23; in the terminal --dates says how all of them are meant."

_Value = TypeVar("_Value")


def read_typed(path: Path, reading: Reading, heard: Callable[[], None]) -> Typed:
    """Read what was typed; FileRefused, in a sentence, where the file may not pass or has no marked columns.

    What cannot be read in a cell is a problem of its own and keeps nothing else back. `heard` is called as the work
    goes on and raises to stop it.
    """
    file = admit(path, _LIMITS)
    reader = _Reader(file.name, reading)
    tables, made_at = read_sheets(file, reader, MARKED, heard)
    file.check_unchanged()
    if not tables:
        raise FileRefused(
            file.name,
            f"{file.name} has no table with a column “{_NUMBER}” and one of {_listed(MARKED)}.",
            "Take back a workbook of open items, or of the aging.",
        )
    return Typed(file.name, tuple(reader.rows), tuple(reader.problems), made_at, reader.seen)


class _Reader:
    """Collects what was typed, sheet by sheet."""

    def __init__(self, file: str, reading: Reading) -> None:
        self._file, self._reading = file, reading
        self.rows: list[TypedRow] = []
        self.problems: list[Problem] = []
        self.seen = 0

    def heed(self, order: DayOrder | None) -> None:
        """Hear in which order a file writes day and month; where the house writes otherwise, it is asked."""
        self._reading = self._reading.in_order(order)

    def count_days_from(self, *, is_1904: bool) -> None:
        """Hear from when a workbook counts its days."""
        self._reading = self._reading.counted_from(is_1904)

    def take(self, sheet: str, row: Row, places: dict[str, int]) -> None:
        """Take what was typed in a row."""
        line = _Line(self._where(sheet), row, places)
        if row.fault:
            self._say(line, "", row.fault, row.remedy)
            return
        self._take(line)

    def _where(self, sheet: str) -> str:
        return f"{self._file}, sheet {sheet}" if sheet else self._file

    def head(self, sheet: str, row: Row) -> dict[str, int] | None:
        """Give where the columns stand if a row is the headings of a table that takes what is typed."""
        names = [folded(cell) if isinstance(cell, str) else "" for cell in row.cells]
        called = {heading: next((name for name in of if name in names), "") for heading, of in _CALLED.items()}
        found = {heading: names.index(name) for heading, name in called.items() if name}
        if _NUMBER not in found or not any(heading in found for heading in MARKED):
            return None
        for heading in found:
            if heading not in DAYS and names.count(called[heading]) > 1:
                said = f"{self._where(sheet)}: two columns are called “{heading}”."
                raise FileRefused(self._file, said, "Delete one.", row=row.number)
        return found

    def _take(self, line: "_Line") -> None:
        if not any(line.text(heading) for heading in MARKED):
            return
        currency, before = line.text(_CURRENCY), len(self.problems)
        day = self._read(line, PROMISED_FOR, self._reading.day)
        amount = self._read(line, PROMISED_AMOUNT, lambda cell: self._reading.amount(cell, currency))
        comment = self._read(line, COMMENT, typed_text) or ""
        reason = offered_code(self._read(line, DISPUTE_REASON, typed_text) or "", REASONS)
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
            remedy = _AS_A_DAY if heading == PROMISED_FOR and fault.severity is Severity.QUESTION else fault.remedy
            self._say(line, heading, fault.text, remedy, fault.severity)
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


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(f'“{name}”' for name in names[:-1])} or “{names[-1]}”"
