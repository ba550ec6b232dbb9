"""A sheet that is laid out by hand: figures with words beside them, matrices, inputs; widths follow what stands in it.

It is for what is neither a table nor a summary of one. What is put on it are values and formulas with what they give.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from duedesk.domain.money import grouped
from duedesk.exchange.sheet_stream import Cell, Formula, SheetRows, Value
from duedesk.exchange.workbooks.specs import Heading, Kind
from duedesk.exchange.workbooks.styles import (
    DATE,
    MOMENT,
    PERCENT,
    RATE,
    TEXT,
    WHOLE,
    Dress,
    Styles,
    amount_format,
    set_up_print,
    text_width,
)
from duedesk.exchange.workbooks.summary_plan import quoted_sheet

_FORMATS = {Kind.DAY: DATE, Kind.MOMENT: MOMENT, Kind.PERCENT: PERCENT, Kind.COUNT: WHOLE, Kind.DECIMAL: RATE}
_LEAST, _LEAST_FIGURE, _MOST = 8, 14, 64
_ON_ONE_PAGE = 56
DAYS = '#,##0.0;"−"#,##0.0;"–"'
"""The number format of a number of days, to a tenth; nothing is –."""
SHARE = '0.0%;"−"0.0%;"–"'
"""The number format of a share, to a tenth of a per cent; nothing is –."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in a cell: a value or formula, what it is, and how it looks.

    `number_format` stands for the kind's own. What `runs_over` takes the room of empty cells beside it.
    """

    value: Value
    kind: Kind = Kind.TEXT
    currency: str = ""
    number_format: str = ""
    is_bold: bool = False
    is_quiet: bool = False
    is_head: bool = False
    is_input: bool = False
    is_ruled: bool = False
    runs_over: bool = False
    indent: int = 0


def head(text: str, *, is_figure: bool = False, indent: int = 0) -> Piece:
    """Give a heading, over figures at the right."""
    return Piece(text, Kind.DECIMAL if is_figure else Kind.TEXT, is_quiet=True, is_head=True, indent=indent)


def note(text: str, *, indent: int = 0) -> Piece:
    """Give a quiet sentence that runs over the cells beside it."""
    return Piece(text, is_quiet=True, runs_over=True, indent=indent)


@dataclass(slots=True)
class Page:
    """One such sheet, from its top down."""

    sheet: str
    rows: SheetRows
    styles: Styles
    explanation: str = ""
    head_row: int = 0
    """The row of headings that is repeated in print and stands still; none where it is 0."""
    still_columns: int = 0
    """The columns at the left that stand still beside that row."""
    text_columns: str = ""
    """The range in which digits are meant as text."""
    _widths: dict[int, int] = field(default_factory=dict)
    _days: list[str] = field(default_factory=list)
    _shares: list[str] = field(default_factory=list)

    @property
    def next_row(self) -> int:
        """Give the row that is written next."""
        return self.rows.count + 1

    def begin(self, heading: Heading) -> None:
        """Write the title and what the report was asked for."""
        quiet = Dress(colour=self.styles.look.quiet_text)
        self.rows.append([(heading.title, self.styles.number(Dress(bold=True, size=16)))], height=26)
        self.rows.append([(heading.subtitle, self.styles.number(quiet))], height=18)

    def put(self, pieces: Sequence[Piece | None] = (), *, height: float | None = None) -> int:
        """Write a row and give its number."""
        row = self.next_row
        for place, piece in enumerate(pieces, 1):
            if piece is not None:
                self._measure(place, piece)
                if piece.is_input:
                    self._guard(f"{get_column_letter(place)}{row}", piece)
        self.rows.append([None if piece is None else self._cell(piece) for piece in pieces], height=height)
        return row

    def title(self, text: str) -> int:
        """Begin a group: an empty row and its name."""
        self.put()
        return self.put([Piece(text, is_bold=True, runs_over=True)], height=19)

    def at(self, column: int, row: int, last_row: int | None = None) -> str:
        """Give a cell, or those down to a last row, fixed, as names and charts take them; columns count from 1."""
        letter = get_column_letter(column)
        last = "" if last_row is None else f":${letter}${last_row}"
        return f"{quoted_sheet(self.sheet)}!${letter}${row}{last}"

    def letter(self, column: int) -> str:
        """Give the letter of a column, which count from 1."""
        return get_column_letter(column)

    def across(self, first: int, last: int, row: int) -> str:
        """Give the cells of a row from one column to another, fixed."""
        return f"{quoted_sheet(self.sheet)}!${get_column_letter(first)}${row}:${get_column_letter(last)}${row}"

    def widen(self, column: int, width: int) -> None:
        """Make a column at least so wide."""
        self._widths[column] = max(self._widths.get(column, 0), width)

    def lay_out(self, workbook: Workbook, heading: Heading) -> None:
        """Set widths, what may be entered and the print up."""
        sheet = workbook[self.sheet]
        for column, width in self._widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.sheet_view.showGridLines = False
        for cells, rule in (
            (self._days, DataValidation(type="date", operator="greaterThan", formula1="25569", error="Enter a date.")),
            (
                self._shares,
                DataValidation(
                    type="decimal", operator="between", formula1="0", formula2="1", error="Enter 0 % to 100 %."
                ),
            ),
        ):
            rule.showErrorMessage = True
            for cell in cells:
                rule.add(cell)
            if cells:
                sheet.add_data_validation(rule)
        head_rows = f"{self.head_row}:{self.head_row}" if self.head_row else ""
        if self.head_row:
            sheet.freeze_panes = f"{get_column_letter(self.still_columns + 1)}{self.head_row + 1}"
        set_up_print(sheet, title=heading.title, head_rows=head_rows, subtitle=heading.subtitle, repeated=1)
        if self.rows.count <= _ON_ONE_PAGE:  # no block is torn for a few rows
            sheet.page_setup.fitToHeight = 1

    def _guard(self, cell: str, piece: Piece) -> None:
        if piece.kind is Kind.DAY:
            self._days.append(cell)
        elif piece.kind is Kind.PERCENT:
            self._shares.append(cell)

    def _cell(self, piece: Piece) -> Cell:
        look = self.styles.look
        is_figure = piece.kind.is_figure
        number_format = piece.number_format or self._format(piece)
        dress = Dress(
            number_format,
            bold=piece.is_bold,
            colour=look.quiet_text if piece.is_quiet else "",
            align="right" if is_figure else "left",
            indent=piece.indent,
        )
        if piece.is_head:
            dress = replace(dress, number_format=piece.number_format or "General", foot=look.quiet_text)
        elif piece.is_ruled:
            dress = replace(dress, foot=look.line)
        if piece.is_input:
            dress = replace(dress, colour=look.accent, fill=look.accent_tint, is_open=True)
        return piece.value, self.styles.number(dress)

    def _format(self, piece: Piece) -> str:
        if piece.kind is Kind.MONEY:
            found = _value(piece)
            return amount_format(piece.currency, found if isinstance(found, Decimal) else Decimal(0))
        if piece.kind in _FORMATS:
            return _FORMATS[piece.kind]
        # A formula in a cell of the format text would turn into a text as soon as somebody enters the cell.
        return "General" if isinstance(piece.value, Formula) else TEXT

    def _measure(self, place: int, piece: Piece) -> None:
        if piece.runs_over:
            return
        value = _value(piece)
        if piece.is_head or not piece.kind.is_figure:
            width = text_width(str(value))
        elif piece.kind is Kind.MONEY and isinstance(value, Decimal):
            width = len(grouped(value, piece.currency)) + 4
        elif piece.kind is Kind.DAY or isinstance(value, date):
            width = 14
        else:
            width = _LEAST_FIGURE
        least = _LEAST_FIGURE if piece.kind.is_figure else _LEAST
        self._widths[place] = min(max(self._widths.get(place, 0), width, least), _MOST)


def _value(piece: Piece) -> Value:
    return piece.value.value if isinstance(piece.value, Formula) else piece.value
