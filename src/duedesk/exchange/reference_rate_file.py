"""A CSV file of reference rates, read row by row: a day, a rate in percent, and whose rate it is; it knows no book.

Whose it is and who says so stand in columns of their own, or hold for the whole file and are said beside it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from duedesk.domain.errors import Problem, RequestError
from duedesk.domain.interest.reference_rates import ReferenceRate, Series, checked_percent, half_year
from duedesk.domain.names import tidy
from duedesk.exchange.amounts import DecimalMark, proven_mark
from duedesk.exchange.cells import Row, quoted, shown
from duedesk.exchange.dates import DateStyle, OrderEvidence, read_day
from duedesk.exchange.faults import FileRefused, Unreadable
from duedesk.exchange.headers import Header, folded, listed
from duedesk.exchange.small_csv import read_small_csv

_CALLED = {
    "series": "code name reference",
    "startdate": "date day from validfrom fromdate start",
    "percent": "rate value percentage",
    "source": "saidby origin url",
}
"""What the columns are called elsewhere, without case, blanks and marks."""

_DIGITS = re.compile(r"[-+]?[0-9]{1,4}(?:\.[0-9]+)?\Z", re.ASCII)
_LONGEST_SOURCE = 255


@dataclass(frozen=True, slots=True)
class ReferenceRateFile:
    """What the file holds: its rates, and what is wrong with it."""

    name: str
    rates: tuple[ReferenceRate, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said beside a file: whose rates, who says so, how days and decimals are written."""

    series: str = ""
    source: str = ""
    dates: DateStyle | None = None
    mark: DecimalMark | None = None


def read_reference_rates(path: Path, known: Mapping[str, Series], told: Told, *, latest: date) -> ReferenceRateFile:
    """Read a file; FileRefused or FileQuestion where it cannot be understood as a whole.

    Series that are not known and days after `latest` are refused.
    """
    header, rows = read_small_csv(path, "Write Series, StartDate, Percent and Source.")
    return _Reader(header, _places(header, told), known, told, latest).read(rows)


def _places(header: Header, told: Told) -> dict[str, int]:
    places: dict[str, int] = {}
    for name, others in _CALLED.items():
        for wanted in (name, *others.split()):
            at = next((at for at, one in enumerate(header.names) if folded(one) == wanted), None)
            if at is not None and at not in places.values():
                places[name] = at
                break
    lacking = {"startdate", "percent"} - places.keys()
    lacking |= {name for name, said in (("series", told.series), ("source", told.source)) if not said} - places.keys()
    if lacking:
        raise FileRefused(
            header.file,
            f"{header.file} does not hold reference rates: it has {listed(header.names)}.",
            "Its columns are Series, StartDate, Percent and Source; --series and --source say what holds for all rows.",
            row=header.row,
        )
    return places


class _Reader:
    """Reads the rows of one file and remembers what is wrong."""

    def __init__(
        self, header: Header, places: Mapping[str, int], known: Mapping[str, Series], told: Told, latest: date
    ) -> None:
        self._header, self._places, self._known, self._told, self._latest = header, places, known, told, latest
        self._problems: list[Problem] = []
        self._seen: dict[tuple[str, date], tuple[int, ReferenceRate]] = {}

    def read(self, rows: Sequence[Row]) -> ReferenceRateFile:
        """Read all rows."""
        style = self._told.dates or self._proven_order(rows)
        mark = self._told.mark or self._proven_mark(rows)
        for row in rows:
            if row.fault:
                self._say(row, "", row.fault, row.remedy)
                continue
            series, day = self._series(row), self._day(row, style)
            percent, source = self._percent(row, mark), self._source(row)
            if series is None or day is None or percent is None or source is None:
                continue
            if series.by_half_year and day != half_year(day):
                self._say(row, "startdate", f"“{series.name}” begins on 1 January or 1 July", "Write that day.")
                continue
            self._keep(row, ReferenceRate(series.code, day, percent, source, is_own=True))
        rates = tuple(one for _, one in self._seen.values())
        return ReferenceRateFile(self._header.file, rates, tuple(self._problems))

    def _keep(self, row: Row, one: ReferenceRate) -> None:
        before, same = self._seen.setdefault((one.series, one.start), (row.number, one))
        if same.percent != one.percent:
            said = f"{one.series} has another rate of {one.start} in row {before}"
            self._say(row, "percent", said, "Keep the one that is right.")

    def _series(self, row: Row) -> Series | None:
        code = (self._text(row, "series") or self._told.series).upper()
        if code in self._known:
            return self._known[code]
        said = f"{quoted(code)} is no series of rates that is known" if code else "the series is missing"
        self._say(row, "series", said, f"There are {', '.join(self._known)}.")
        return None

    def _day(self, row: Row, style: DateStyle) -> date | None:
        try:
            read = read_day(self._text(row, "startdate"), style, self._latest)
        except Unreadable as fault:
            self._say(row, "startdate", fault.text, fault.remedy)
            return None
        if read is None:
            self._say(row, "startdate", "the day is missing", "Write it as 2027-01-01.")
            return None
        return read.day

    def _percent(self, row: Row, mark: DecimalMark | None) -> Decimal | None:
        text = self._text(row, "percent").replace("\N{MINUS SIGN}", "-").removesuffix("%").strip()
        if mark is None and "," in text:
            self._say(row, "percent", f"{quoted(text)} may have a decimal comma", 'Say it: --decimal ","')
            return None
        plain = text if mark is None else text.replace(mark, ".")
        if not _DIGITS.match(plain):
            said = f"{quoted(text)} is no rate in percent" if text else "the rate is missing"
            self._say(row, "percent", said, "Write 4.25.")
            return None
        try:
            return checked_percent(Decimal(plain))
        except RequestError as error:
            self._say(row, "percent", error.message, error.hint)
            return None

    def _source(self, row: Row) -> str | None:
        source = tidy(self._text(row, "source")) or tidy(self._told.source)
        if not source or len(source) > _LONGEST_SOURCE:
            said = "the source is missing" if not source else f"the source is longer than {_LONGEST_SOURCE} characters"
            self._say(row, "source", said, "Write who announced the rate, and when.")
            return None
        return source

    def _text(self, row: Row, name: str) -> str:
        at = self._places.get(name)
        return shown(row.cells[at]).strip() if at is not None and at < len(row.cells) else ""

    def _say(self, row: Row, name: str, text: str, remedy: str) -> None:
        said = text if text.endswith(".") else f"{text}."
        column = self._header.name(self._places[name]) if name in self._places else ""
        self._problems.append(Problem(self._header.file, said[:1].upper() + said[1:], remedy, row.number, column))

    def _proven_order(self, rows: Sequence[Row]) -> DateStyle:
        evidence = OrderEvidence()
        for row in rows:
            evidence.see(row.number, self._text(row, "startdate"))
        return DateStyle() if evidence.order is None else DateStyle(order=evidence.order)

    def _proven_mark(self, rows: Sequence[Row]) -> DecimalMark | None:
        proven = {proven_mark(self._text(row, "percent").removesuffix("%").strip()) for row in rows} - {None}
        return proven.pop() if len(proven) == 1 else None
