"""Rows of the sheet Checks: what Duedesk says, what a formula gives, whether they agree; it corrects nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import Workbook

from duedesk.domain.money import ZERO, grouped
from duedesk.exchange.sheet_stream import Cell, Formula, SheetRows, is_exact, serial_day
from duedesk.exchange.workbooks.sheet_set import CHECKS
from duedesk.exchange.workbooks.styles import (
    DATE,
    MOMENT,
    TEXT,
    WHOLE,
    Dress,
    Styles,
    line_height,
    set_up_print,
    text_lines,
    tint,
    tint_where,
)

_HEAD_ROW = 4
_HOLDS, _FAILS = "Everything holds", "Something does not hold"
_HEADINGS = ("Line", "Check", "Currency", "Duedesk", "Workbook", "Difference", "", "Holds")
_REST = 6
_WIDTHS = (9, 60, 12, 20, 20, 17, 21, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One row that is checked: what Duedesk has, the formula that should give it, and by how much buckets miss it."""

    name: str
    control: Decimal
    formula: Formula
    number_format: str
    digits: int
    currency: str = ""
    line: int | None = None
    rest: Formula | None = None


class CheckRows:
    """The rows below the head, and whether all of them hold."""

    def __init__(self, styles: Styles) -> None:
        self.rows: list[list[Cell | None]] = []
        self.holds = True
        self.widest = 0
        """Characters that the widest figure takes."""
        self._styles = styles

    @property
    def next_row(self) -> int:
        """Give the sheet's row that is written next."""
        return _HEAD_ROW + len(self.rows) + 1

    def heading(self, text: str) -> None:
        """Begin a group, an empty row above it."""
        if self.rows:
            self.rows.append([])
        self.rows.append([None, (text, self._styles.number(Dress(TEXT, bold=True)))])

    def fact(self, name: str, value: str | datetime) -> None:
        """State something that no formula checks."""
        number_format = MOMENT if isinstance(value, datetime) else TEXT
        style = self._styles.number(Dress(number_format, align="left"))
        self.rows.append([None, (name, self._styles.number(Dress(TEXT))), None, (value, style)])

    def day(self, name: str, written: date, formula: str) -> None:
        """Check a day that may be changed in the workbook."""
        row = self.next_row
        style = self._styles.number(Dress(DATE, align="right"))
        cells: list[Cell | None] = [None, (name, self._styles.number(Dress(TEXT))), None]
        cells += [(written, style), (Formula(formula, serial_day(written)), style)]
        self.rows.append([*cells, *self._verdict(row, ZERO, 0, None)])

    def check(self, check: Check) -> None:
        """Check a figure."""
        self.widest = max(self.widest, len(grouped(check.control, check.currency)) + 3)
        row = self.next_row
        style = self._styles.number(Dress(check.number_format, align="right"))
        text = self._styles.number(Dress(TEXT, align="left", wrap=text_lines(check.name, _WIDTHS[1]) > 1))
        aside = self._styles.number(Dress(TEXT, align="left", indent=1))
        number = (check.line, self._styles.number(Dress(WHOLE, colour=self._styles.look.quiet_text, align="left")))
        cells: list[Cell | None] = [number if check.line else None, (check.name, text), (check.currency, aside)]
        cells += [(check.control, style), (check.formula, style)]
        difference = None
        if is_exact(check.control):
            found = check.formula.value
            difference = _rounded(Decimal(found) - check.control, check.digits)
        self.rows.append([*cells, *self._verdict(row, difference, check.digits, check.rest)])

    def _verdict(self, row: int, difference: Decimal | None, digits: int, rest: Formula | None) -> list[Cell | None]:
        """Give difference, rest and verdict; without a difference (no number to compare with) nothing holds."""
        style = self._styles.number(Dress(_plain_format(digits), align="right"))
        verdict = self._styles.number(Dress(align="right"))
        if difference is None:
            self.holds = False
            return [None, None, (False, verdict)]
        agrees = difference == 0 and (rest is None or rest.value == 0)
        self.holds = self.holds and agrees
        formula = f"F{row}=0" if rest is None else f"AND(F{row}=0,G{row}=0)"
        return [
            (Formula(f"ROUND(E{row}-D{row},{digits})", difference), style),
            None if rest is None else (rest, style),
            (Formula(formula, agrees), verdict),
        ]


def write_checks(
    rows: SheetRows, styles: Styles, body: CheckRows, *, subtitle: str, rest: str = "Buckets less balance"
) -> None:
    """Write the sheet."""
    look = styles.look
    quiet = styles.number(Dress(colour=look.quiet_text))
    rows.append([("Checks", styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(subtitle, quiet)], height=18)
    verdict = Formula(f"AND(H{_HEAD_ROW + 1}:H{_HEAD_ROW + len(body.rows)})", body.holds)
    bold = styles.number(Dress(bold=True))
    said = Formula(f'IF(H{_HEAD_ROW - 1},"{_HOLDS}","{_FAILS}")', _HOLDS if body.holds else _FAILS)
    whole: list[Cell | None] = [None, (said, bold), *[None] * 5]
    rows.append([*whole, (verdict, styles.number(Dress(bold=True, align="right")))], height=19)
    rows.append(
        [(heading, _head(styles, place)) for place, heading in enumerate((*_HEADINGS[:_REST], rest, _HEADINGS[-1]))],
        height=21,
    )
    for cells in body.rows:
        named = cells[1] if len(cells) > 1 else None
        rows.append(cells, height=line_height(text_lines(str(named[0]), _WIDTHS[1])) if named else None)


def finish_checks(workbook: Workbook, styles: Styles, body: CheckRows, *, rows: int, title: str, subtitle: str) -> str:
    """Lay the sheet out; give the range in which digits are meant as text."""
    sheet = workbook[CHECKS]
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = max(body.widest, width) if letter in "DE" else width
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    look = styles.look
    # An empty cell equals FALSE: only a verdict is coloured.
    for verdict, colour, share in (("$H3", look.buckets[0], 0.35), ("NOT($H3)", look.overdue, 0.25)):
        rule = tint_where(f"AND(ISLOGICAL($H3),{verdict})", tint(colour, share), bold=True)
        sheet.conditional_formatting.add(f"H3:H{rows}", rule)
    set_up_print(sheet, title=title, head_rows=f"{_HEAD_ROW}:{_HEAD_ROW}", subtitle=subtitle)
    return f"B3:D{rows}"


def _rounded(difference: Decimal, digits: int) -> Decimal:
    return difference.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _plain_format(digits: int) -> str:
    figure = "#,##0" + ("." + "0" * digits if digits else "")
    return f'{figure};"−"{figure};0'


def _head(styles: Styles, place: int) -> int:
    look = styles.look
    dress = Dress(colour=look.quiet_text, foot=look.quiet_text, align="left" if place < 3 else "right")
    return styles.number(replace(dress, indent=1) if place == 2 else dress)
