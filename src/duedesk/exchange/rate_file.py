"""A CSV file of rates of exchange, read row by row: by IsoCode, StartDate and ConversionRate, or a column a currency.

The second is how central banks publish them: a day in front, and under each currency's code its rate. It knows no book.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import Problem, RequestError
from duedesk.domain.rates import ONE, checked_rate
from duedesk.exchange.amounts import DecimalMark, proven_mark
from duedesk.exchange.cells import Row, quoted, shown
from duedesk.exchange.dates import DateStyle, OrderEvidence, read_day
from duedesk.exchange.faults import FileQuestion, FileRefused, Unreadable
from duedesk.exchange.headers import Header, folded, listed
from duedesk.exchange.small_csv import read_small_csv

_CALLED = {
    "isocode": "currency currencyisocode currencycode code targetcurrency tocurrency quote",
    "startdate": "date day from validfrom fromdate timeperiod",
    "conversionrate": "rate exchangerate value obsvalue",
    "baseisocode": "base basecurrency fromcurrency",
}
"""What the columns are called elsewhere, without case, blanks and marks."""

_NONE = {"", "n/a", "na", "-", "–", "null"}
"""What stands where there is no rate of a currency on a day."""

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?\Z", re.ASCII)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ReadRate:
    """A rate as it stands in a row of the file."""

    row: int
    column: str
    currency: str
    on: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class RateFile:
    """What the file holds: its rates, what is wrong with it, and the base where it names one."""

    name: str
    base: str | None
    rates: tuple[ReadRate, ...]
    problems: tuple[Problem, ...]
    row_count: int
    left_out: int = 0
    """Cells of a column a currency that hold no rate, as where a bank gave none on a day."""


def read_rate_file(path: Path, *, latest: date, dates: DateStyle | None, mark: DecimalMark | None) -> RateFile:
    """Read a file; FileRefused or FileQuestion where it cannot be understood as a whole.

    Days after `latest` are refused; `dates` and `mark` say how days and decimals are written where the file leaves
    that open.
    """
    header, held = read_small_csv(path, "Export it again.")
    layout = _layout(header)
    return _Reader(layout, latest, dates or _proven_order(layout, held), mark or _proven_mark(layout, held)).read(held)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where what stands: one column for each thing, or one for each currency."""

    header: Header
    day: int
    currency: int | None
    rate: int | None
    base: int | None
    by_currency: dict[int, str]

    @property
    def figures(self) -> Sequence[int]:
        """Give the columns that hold rates."""
        return tuple(self.by_currency) if self.rate is None else (self.rate,)


def _layout(header: Header) -> _Layout:
    places: dict[str, int] = {}
    for name, others in _CALLED.items():
        for wanted in (name, *others.split()):
            at = next((at for at, one in enumerate(header.names) if folded(one) == wanted), None)
            if at is not None:
                places[name] = at
                break
    day, rate, currency = (places.get(name) for name in ("startdate", "conversionrate", "isocode"))
    codes = {at: name.strip().upper() for at, name in enumerate(header.names) if is_currency(name.strip().upper())}
    if day is not None and rate is not None and currency is not None:
        return _Layout(header, day, currency, rate, places.get("baseisocode"), {})
    if day is not None and rate is None and codes:
        return _Layout(header, day, None, None, places.get("baseisocode"), codes)
    raise FileRefused(
        header.file,
        f"{header.file} does not hold rates of exchange: it has {listed(header.names)}.",
        "Its columns are IsoCode, StartDate and ConversionRate, or a date and one column for each currency's code.",
        row=header.row,
    )


class _Reader:
    """Reads the rows of one file and remembers what is wrong."""

    def __init__(self, layout: _Layout, latest: date, dates: DateStyle, mark: DecimalMark | None) -> None:
        self._layout, self._latest, self._dates, self._mark = layout, latest, dates, mark
        self._problems: list[Problem] = []
        self._bases: set[str] = set()
        self._seen: dict[tuple[str, date], ReadRate] = {}
        self._left_out = 0

    def read(self, rows: Sequence[Row]) -> RateFile:
        """Read all rows."""
        for row in rows:
            if row.fault:
                self._say(row, None, row.fault, row.remedy)
            else:
                for one in self._of_row(row):
                    self._keep(row, one)
        file = self._layout.header.file
        if len(self._bases) > 1:
            raise FileRefused(
                file, f"{file} has rates over {' and '.join(sorted(self._bases))}.", "All stand over one currency."
            )
        base, rates = next(iter(self._bases), None), tuple(self._seen.values())
        return RateFile(file, base, rates, tuple(self._problems), len(rows), self._left_out)

    def _of_row(self, row: Row) -> Iterator[ReadRate]:
        layout = self._layout
        day = self._day(row)
        base = None if layout.base is None else self._code(row, layout.base)
        if base is not None:
            self._bases.add(base)
        if day is None:
            return
        if layout.rate is None or layout.currency is None:
            for at, code in layout.by_currency.items():
                if self._text(row, at).casefold() in _NONE:
                    self._left_out += 1
                else:
                    yield from self._rate(row, at, code, day)
            return
        currency = self._code(row, layout.currency)
        if currency is not None:
            yield from self._rate(row, layout.rate, currency, day)

    def _rate(self, row: Row, at: int, currency: str, day: date) -> Iterator[ReadRate]:
        text = self._text(row, at)
        try:
            rate = checked_rate(self._number(text))
        except RequestError as error:
            self._say(row, at, error.message, error.hint)
        else:
            yield ReadRate(row.number, self._layout.header.name(at), currency, day, rate)

    def _keep(self, row: Row, one: ReadRate) -> None:
        before = self._seen.setdefault((one.currency, one.on), one)
        if before.rate != one.rate:
            self._problems.append(
                Problem(
                    self._layout.header.file,
                    f"{one.currency} has another rate of {one.on} in row {before.row}.",
                    "Keep the one that is right.",
                    row.number,
                    one.column,
                )
            )

    def _number(self, text: str) -> Decimal:
        mark = self._mark
        if "," in text and mark is None:
            raise RequestError(
                f"{quoted(text)} may have a decimal comma or part the thousands.",
                'Say what stands before the decimals: --decimal ","',
            )
        plain = text.replace(mark.other, "").replace(mark, ".") if mark is not None else text
        if len(plain) > _LONGEST or not _DIGITS.match(plain):
            raise RequestError(f"{quoted(text)} is no rate." if text else "The rate is missing.", "Write 1.0842.")
        try:
            return Decimal(plain)
        except InvalidOperation:
            raise RequestError(f"{quoted(text)} is no rate.", "Write 1.0842.") from None

    def _day(self, row: Row) -> date | None:
        at = self._layout.day
        try:
            read = read_day(self._text(row, at), self._dates, self._latest)
        except Unreadable as fault:
            self._say(row, at, fault.text, fault.remedy)
            return None
        if read is None:
            self._say(row, at, "The day is missing.", "Write it as 2026-11-23.")
            return None
        return read.day

    def _code(self, row: Row, at: int) -> str | None:
        code = self._text(row, at).upper()
        if is_currency(code):
            return code
        said = f"{quoted(code)} is no currency." if code else "The currency is missing."
        self._say(row, at, said, "Write its code of three letters: USD.")
        return None

    @staticmethod
    def _text(row: Row, at: int) -> str:
        return shown(row.cells[at]).strip() if at < len(row.cells) else ""

    def _say(self, row: Row, at: int | None, text: str, remedy: str) -> None:
        header = self._layout.header
        said = text if text.endswith(".") else f"{text}."
        self._problems.append(
            Problem(header.file, said[:1].upper() + said[1:], remedy, row.number, "" if at is None else header.name(at))
        )


def base_of(file: RateFile, said: str | None, of_book: str | None) -> str:
    """Give the currency that a file's rates stand over.

    It is what the user says, what the file says in a column, the currency whose rates are all 1 (as a file out of
    Salesforce has it), or what the book's rates stand over. FileQuestion where none of these tells.
    """
    ones = {one.currency for one in file.rates if one.rate == ONE}
    ones -= {one.currency for one in file.rates if one.rate != ONE}
    base = said or file.base or (next(iter(ones)) if len(ones) == 1 and of_book is None else of_book)
    if base is None:
        raise FileQuestion(
            file.name, f"{file.name} does not say over which currency its rates stand.", "Say it: --base EUR."
        )
    return base


def _proven_order(layout: _Layout, rows: Sequence[Row]) -> DateStyle:
    evidence = OrderEvidence()
    for row in rows:
        if layout.day < len(row.cells):
            evidence.see(row.number, shown(row.cells[layout.day]).strip())
    order = evidence.order
    return DateStyle() if order is None else DateStyle(order=order)


def _proven_mark(layout: _Layout, rows: Sequence[Row]) -> DecimalMark | None:
    texts = (shown(row.cells[at]).strip() for row in rows for at in layout.figures if at < len(row.cells))
    proven = {proven_mark(text) for text in texts} - {None}
    return proven.pop() if len(proven) == 1 else None
