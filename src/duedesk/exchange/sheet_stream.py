"""Sheets as long as they come: openpyxl lays the workbook out, rows are streamed as XML into its package.

A formula is written with what it gives, so that readers which do not calculate show the figures too. It knows no report
and lays nothing out.
"""

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_CEILING, Decimal
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from duedesk.domain.errors import RequestError

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
MOST_DIGITS = 15
"""What a sheet, a cell and a number of Excel hold; what is longer would be cut without a word."""

_DAY_ZERO = date(1899, 12, 30)
_FIRST_SOUND_DAY = date(1900, 3, 1)
"""Excel has a 29 February 1900; dates before its morrow are written as text."""
_SPOOL_IN_MEMORY = 4 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_TITLES = re.compile(rb">('(?:[^']|'')+'!\$\d+:\$\d+),('(?:[^']|'')+'!\$[A-Z]+:\$[A-Z]+)<")
"""Rows and columns that are repeated in print: Excel names columns first, openpyxl rows."""
_FONT, _FONT_PART = re.compile(rb"(<font>)(.*?)</font>", re.DOTALL), re.compile(rb"(<([a-zA-Z]+)\b[^>]*/>)")
_FONT_ORDER = b"b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
_BEHIND_MARKS = (b"<drawing", b"<legacyDrawing", b"<tableParts", b"<extLst")
LATER = "\x02"
"""Stands on both sides of a number that is known only in the end, when `SheetRows.later` says it."""
FORMULA_LIKE = tuple("=+-@＝＋－＠'|%")


Result = str | int | bool | Decimal
"""What a formula gives; a date is the number that Excel knows it by."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without the sign of equality before it, and what it gives today."""

    text: str
    value: Result


Value = str | int | bool | Decimal | date | datetime | Formula | None
Cell = tuple[Value, int]
"""What stands in a cell, and the number of its style; a moment is written in UTC."""


def is_exact(amount: Decimal) -> bool:
    """Tell whether a number of Excel holds all digits of `amount`."""
    return len(amount.normalize().as_tuple().digits) <= MOST_DIGITS


def cell_text(text: str) -> str:
    """Bring a text to what a cell may hold: one line, no control characters, at most 32,767 UTF-16 units."""
    clean = _CONTROL.sub(" ", text)
    if len(clean) * 2 > MOST_CHARACTERS and len(clean.encode("utf-16-le")) > MOST_CHARACTERS * 2:
        cut = clean.encode("utf-16-le")[: (MOST_CHARACTERS - 1) * 2]
        clean = cut.decode("utf-16-le", "ignore") + "…"
    return clean


class _Writable(Protocol):
    def write(self, block: bytes, /) -> object: ...


class SheetRows:
    """The rows of one sheet, kept as XML in a file without a name until the package is put together.

    `quoted` gives for a style the one with the mark that a text is only a text, for what looks like a formula.
    """

    def __init__(self, folder: Path, quoted: Mapping[int, int]) -> None:
        # In the folder of the workbook: it has room for the workbook itself, and a temporary folder may be memory.
        self._spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY, dir=str(folder))  # noqa: SIM115
        self._quoted = quoted
        self._letters: list[str] = []
        self.count = 0
        self.later: Mapping[int, int] = {}
        """What numbers between marks are to be; what it does not know stays as it is."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def append(self, cells: Iterable[Cell | None], *, height: float | None = None) -> None:
        """Write one more row; `height` is in points. A None leaves its cell out."""
        self.count += 1
        if self.count > MOST_ROWS:
            raise RequestError(f"A sheet of Excel holds {MOST_ROWS:,} rows and no more.", "Ask for less at a time.")
        row = str(self.count)
        parts = [f'<row r="{row}">' if height is None else f'<row r="{row}" ht="{height}" customHeight="1">']
        for place, cell in enumerate(cells):
            if place == len(self._letters):
                self._letters.append(get_column_letter(place + 1))
            if cell is not None:
                parts.append(f'<c r="{self._letters[place]}{row}"{self._content(*cell)}')
        parts.append("</row>")
        self._spool.write("".join(parts).encode())

    def append_written(self, rows: Sequence[str], columns: int) -> None:
        """Take rows that are XML already, the next numbers of the sheet in them; RequestError where it is full."""
        if self.count + len(rows) > MOST_ROWS:
            raise RequestError(f"A sheet of Excel holds {MOST_ROWS:,} rows and no more.", "Ask for less at a time.")
        self.count += len(rows)
        self._letters += [get_column_letter(place + 1) for place in range(len(self._letters), columns)]
        self._spool.write("".join(rows).encode())

    @property
    def extent(self) -> str:
        """Give the range the rows fill (`A1:N101`)."""
        return f"A1:{self._letters[-1] if self._letters else 'A'}{max(self.count, 1)}"

    def pour(self, target: _Writable) -> None:
        """Write all rows to `target`, a block at a time."""
        self._spool.seek(0)
        mark, begun = LATER.encode(), b""
        while block := self._spool.read(1 << 20):
            parts = (begun + block).split(mark)
            begun = b"" if len(parts) % 2 else mark + parts.pop()
            parts[1::2] = [b"%d" % self.later.get(int(number), int(number)) for number in parts[1::2]]
            target.write(b"".join(parts))

    def _content(self, value: Value, style: int) -> str:
        """Give what follows a cell's reference, up to its end."""
        if value is None or value == "":
            return f' s="{style}"/>'
        if isinstance(value, Formula):
            kind, result = result_text(value.value)
            return f' s="{style}"{kind}><f>{escape(value.text)}</f><v>{result}</v></c>'
        if isinstance(value, str):
            return self._string(value, style)
        if isinstance(value, date):
            return (
                f' s="{style}"><v>{serial(value)}</v></c>' if is_sound_day(value) else self._string(str(value), style)
            )
        if isinstance(value, Decimal) and not is_exact(value):
            return self._string(f"{value:f}", style)
        kind, result = result_text(value)
        return f' s="{style}"{kind}><v>{result}</v></c>'

    def _string(self, text: str, style: int) -> str:
        if text.startswith(FORMULA_LIKE):
            style = self._quoted.get(style, style)
        return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped_text(text)}</t></is></c>'


def write_package(
    layout: Workbook, rows: Mapping[str, SheetRows], target: Path, *, made_at: datetime, text_columns: Mapping[str, str]
) -> None:
    """Write the workbook to `target`: everything but rows from `layout`, the rows of each sheet by its title.

    `text_columns` gives for a sheet the range in which digits are meant as text, so that Excel does not mark them.
    The same input gives the same bytes.
    """
    moment = made_at.astimezone(UTC)
    layout.properties.created = layout.properties.modified = moment.replace(tzinfo=None)
    skeleton = BytesIO()
    # Not Workbook.save, which would put this machine's clock into the file.
    ExcelWriter(layout, ZipFile(skeleton, "w", ZIP_DEFLATED)).save()
    sheets = {f"xl/worksheets/sheet{place}.xml": title for place, title in enumerate(layout.sheetnames, 1)}
    with ZipFile(skeleton) as source, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=4) as package:
        for member in source.namelist():
            title = sheets.get(member)
            # By its name alone: then the level holds, and the entry has the day of all such entries, 1 January 1980.
            with package.open(member, "w", force_zip64=True) as out:
                if title is not None and title in rows:
                    _write_sheet(source.read(member), rows[title], out, text_columns.get(title))
                elif member == _STYLES:
                    out.write(_FONT.sub(_font_in_order, source.read(member)))
                elif member == _BOOK:
                    out.write(_TITLES.sub(rb">\2,\1<", source.read(member)))
                else:
                    out.write(source.read(member))


def _font_in_order(font: re.Match[bytes]) -> bytes:
    """Bring what says a font into the order of the standard, which openpyxl has not."""
    parts = sorted(_FONT_PART.findall(font[2]), key=lambda part: _FONT_ORDER.split().index(part[1]))
    return font[1] + b"".join(part for part, _ in parts) + b"</font>"


def _write_sheet(skeleton: bytes, rows: SheetRows, out: _Writable, text_columns: str | None) -> None:
    head, found, rest = skeleton.partition(b"<sheetData")
    _, closed, tail = rest.partition(b"</sheetData>") if not rest.startswith(b"/>") else (b"", b"/>", rest[2:])
    if not found or not closed:
        raise ValueError("The layout of a sheet has no place for rows.")
    extent = f'<dimension ref="{rows.extent}"/>'.encode()
    out.write(b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n")
    out.write(re.sub(rb"<dimension [^>]*/>", extent, head) + b"<sheetData>")
    rows.pour(out)
    # The standard has an order: marks stand before drawings and tables, or Excel repairs the file.
    behind = min((place for part in _BEHIND_MARKS if (place := tail.find(part)) >= 0), default=-1)
    if behind < 0:
        behind = tail.rindex(b"</worksheet>")
    marks = f'<ignoredErrors><ignoredError sqref="{text_columns}" numberStoredAsText="1"/></ignoredErrors>'
    out.write(b"</sheetData>" + tail[:behind] + (marks.encode() if text_columns else b"") + tail[behind:])


def result_text(value: Result) -> tuple[str, str]:
    """Give the type attribute and the text of a value."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, str):
        return ' t="str"', escaped_text(value)
    if isinstance(value, int):
        return "", str(value)
    text = f"{value:f}"
    return "", text.rstrip("0").rstrip(".") if "." in text else text


def escaped_text(text: str) -> str:
    """Escape for XML, and keep Excel from reading `_x0041_` as an A."""
    if len(text) * 2 < MOST_CHARACTERS and not _SPECIAL.search(text):
        return text
    return _ESCAPE_LIKE.sub("_x005F_", escape(cell_text(text)))


def is_sound_day(day: date) -> bool:
    """Tell whether Excel gets a day right."""
    return (day.date() if isinstance(day, datetime) else day) >= _FIRST_SOUND_DAY


def serial_day(day: date) -> int:
    """Give the number that Excel knows a day by, which is what a formula gives for a date."""
    return (day - _DAY_ZERO).days


def serial(day: date) -> str:
    """Give the days since Excel's day zero, a moment with its fraction to the second."""
    if not isinstance(day, datetime):
        return str(serial_day(day))
    moment = day.astimezone(UTC)
    seconds = Decimal(moment.hour * 3600 + moment.minute * 60 + moment.second)
    # Never a trace too little: what shows minutes would show the one before.
    fraction = (seconds / 86_400).quantize(Decimal("1e-9"), ROUND_CEILING)
    return str(serial_day(moment.date()) + fraction)
