"""The sheet of a summary: figures are formulas over its table, inputs and limits cells above; it holds no amount."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from duedesk.domain.aging import Basis
from duedesk.domain.money import ZERO, grouped, is_payable
from duedesk.exchange.sheet_stream import Cell, Formula, SheetRows, Value
from duedesk.exchange.workbooks.cell_writers import ROW
from duedesk.exchange.workbooks.specs import Figure, Heading, Input, Kind
from duedesk.exchange.workbooks.styles import (
    DATE,
    PERCENT,
    RATE,
    TEXT,
    WHOLE,
    Dress,
    Styles,
    amount_format,
    line_height,
    rgb,
    set_up_print,
    text_lines,
    text_width,
    tint,
)
from duedesk.exchange.workbooks.summary_plan import (
    FIRST_INPUT_ROW,
    SummaryBlock,
    SummaryLine,
    WrittenSummary,
    bucket_labels,
)
from duedesk.exchange.workbooks.written_table import LINE

_COUNTED = {Basis.DUE: "overdue", Basis.INVOICE: "since the invoice"}
_LEAST_FIGURE = 13
_LEAST_TEXT = 14
_INPUT_FORMATS = {Kind.DAY: DATE, Kind.PERCENT: PERCENT, Kind.COUNT: "0", Kind.DECIMAL: RATE, Kind.MONEY: "#,##0.00##"}


def write_summary_sheet(rows: SheetRows, styles: Styles, planned: WrittenSummary, heading: Heading) -> None:
    """Write the sheet from its title to its last total."""
    quiet = styles.number(Dress(colour=styles.look.quiet_text))
    rows.append([(heading.title, styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(heading.subtitle, quiet)], height=18)
    for one in planned.spec.inputs:
        rows.append(_input(styles, planned, one), height=18)
    if planned.spec.buckets is not None:
        rows.append(_first_days(styles, planned), height=18)
        rows.append(_last_days(styles, planned), height=18)
    for place in range(len(planned.spec.head_rows)):
        rows.append(_head_row(styles, planned, place), height=18)
    rows.append(_head(styles, planned), height=21)
    writer = _Lines(styles, planned)
    for block in planned.blocks:
        for line in block.lines:
            lines = max((text_lines(str(said)) for said in line.texts), default=1)
            rows.append(writer.line(line), height=line_height(lines))
        if block.total_row is not None:
            rows.append(writer.total(block), height=19)
            rows.append([])
    if not planned.blocks:
        rows.append([("There is nothing to show.", quiet)])


def finish_summary_sheet(workbook: Workbook, planned: WrittenSummary, heading: Heading) -> str:
    """Lay the sheet out; give the range in which digits are meant as text."""
    sheet = workbook[planned.sheet]
    for letter, width in _widths(planned).items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"{planned.column(0)}{planned.head_row + 1}"
    sheet.sheet_view.showGridLines = False
    for block in planned.blocks:
        first, last = block.span
        for place, figure in enumerate(planned.figures):
            if figure.heat and first < last:
                _heat(sheet, planned.column(place), (first, last), figure.heat)
    _guard_inputs(sheet, planned)
    set_up_print(
        sheet,
        title=heading.title,
        head_rows=f"{planned.head_row}:{planned.head_row}",
        subtitle=heading.subtitle,
        repeated=len(planned.identity),
    )
    last_row = max((line.sheet_row for block in planned.blocks for line in block.lines), default=planned.head_row + 1)
    return f"A{planned.head_row + 1}:{get_column_letter(len(planned.identity))}{last_row}"


class _Lines:
    """Writes lines and totals; styles of figures are looked up once a currency."""

    def __init__(self, styles: Styles, planned: WrittenSummary) -> None:
        self._styles = styles
        self._planned = planned
        self._formulas: dict[str, str] = {}

    def line(self, line: SummaryLine) -> list[Cell | None]:
        planned, look = self._planned, self._styles.look
        text = Dress(TEXT, foot=look.line, align="left")
        cells: list[Cell | None] = []
        if planned.is_numbered:
            number = Dress(WHOLE, colour=look.quiet_text, foot=look.line, align="left")
            cells.append((line.number, self._styles.number(number)))
        for name, said in zip(planned.identity[len(cells) :], line.texts, strict=True):
            dress = text if isinstance(said, str) or said is None else replace(text, number_format=DATE)
            dress = replace(dress, indent=int(self._is_aside(name)), wrap=text_lines(str(said)) > 1)
            cells.append((said, self._styles.number(dress)))
        for figure in planned.figures:
            style = self._figure_style(figure, line.values.get(figure.heading), line.currency, foot=look.line)
            formula = self._formula(figure, line.sheet_row)
            cells.append((Formula(formula, _result(line.values.get(figure.heading))), style))
        return cells

    def total(self, block: SummaryBlock) -> list[Cell | None]:
        planned = self._planned
        first, last = block.span
        bold = Dress(TEXT, bold=True, align="left")
        words = {planned.identity[0]: "Total", planned.table.spec.currency: block.currency}
        cells: list[Cell | None] = []
        for name in planned.identity:
            dress = replace(bold, indent=1) if self._is_aside(name) else bold
            cells.append((words.get(name), self._styles.number(dress)))
        for place, figure in enumerate(planned.figures):
            letter = planned.column(place)
            value = block.totals.get(figure.heading)
            style = self._figure_style(figure, value, block.currency, bold=True)
            text = f"SUM({letter}{first}:{letter}{last})"
            if figure.formula:
                text = self._formula(figure, block.total_row or 0)
            cells.append((Formula(text, _result(value)), style))
        return cells

    def _is_aside(self, name: str) -> bool:
        """Tell whether a column keeps away from the name before it."""
        return name == self._planned.table.spec.currency and name != self._planned.identity[0]

    def _formula(self, figure: Figure, row: int) -> str:
        """Give the formula of a figure in a row; it is made once for all rows."""
        made = self._formulas.get(figure.heading)
        if made is None:
            made = self._formulas[figure.heading] = self._made(figure)
        return made.replace(ROW, str(row))

    def _made(self, figure: Figure) -> str:
        planned = self._planned
        if figure.formula:
            return self._made_of_others(figure)
        letter = planned.letter(figure.heading)
        criteria = [(LINE, f"$A{ROW}")] if planned.is_numbered else list(self._by_texts())
        for name, value in figure.where:
            at = f"{letter}${planned.head_row}" if value == figure.heading else _literal(value)
            criteria.append((name, at))
        sums = planned.table.sumifs(figure.of, *criteria)
        return sums + planned.table.sumifs(figure.less, *criteria, sign="-") if figure.less else sums

    def _by_texts(self) -> Iterator[tuple[str, str]]:
        for place, name in enumerate(self._planned.identity, 1):
            at = f"${get_column_letter(place)}{ROW}"
            kind = self._planned.table.columns[self._planned.table.place(name)].kind
            if kind.is_figure or name == self._planned.table.spec.currency:
                yield name, at
            else:  # as a text it must not be taken for a pattern or a comparison
                yield name, f'"="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({at},"~","~~"),"*","~*"),"?","~?")'

    def _made_of_others(self, figure: Figure) -> str:
        planned = self._planned
        text = figure.formula
        for other in sorted(planned.figures, key=lambda one: -len(one.heading)):
            text = text.replace(f"[@{other.heading}]", f"{planned.letter(other.heading)}{ROW}")
        for place, head in enumerate(planned.spec.head_rows):
            for other in planned.figures:
                at = f"{planned.letter(other.heading)}${planned.head_row_of(place)}"
                text = text.replace(f"[#{head.label}@{other.heading}]", at)
            own = f"{planned.letter(figure.heading)}${planned.head_row_of(place)}"
            text = text.replace(f"[#{head.label}]", own)
        return text

    def _figure_style(
        self, figure: Figure, value: Decimal | None, currency: str, *, foot: str = "", bold: bool = False
    ) -> int:
        formats = {Kind.COUNT: WHOLE, Kind.PERCENT: PERCENT, Kind.DECIMAL: RATE}
        number_format = formats.get(figure.kind) or amount_format(currency, _awkward(value, currency))
        return self._styles.number(Dress(number_format, foot=foot, align="right", bold=bold or figure.bold))


def _input(styles: Styles, planned: WrittenSummary, one: Input) -> list[Cell | None]:
    look = styles.look
    cells: list[Cell | None] = [None] * (len(planned.identity) + len(planned.figures))
    cells[0] = (one.label, styles.number(Dress(colour=look.quiet_text)))
    entered = Dress(
        _INPUT_FORMATS.get(one.kind, TEXT), colour=look.accent, fill=look.accent_tint, align="left", is_open=True
    )
    cells[_place(planned.input_column)] = (one.value, styles.number(entered))
    note = (one.note, styles.number(Dress(colour=look.quiet_text, align="left", indent=1)))
    if one.note and _place(planned.column(0)) < len(cells):
        cells[_place(planned.column(0))] = note
    return cells


def _first_days(styles: Styles, planned: WrittenSummary) -> list[Cell | None]:
    """Write the first day of each bucket, which rows look their bucket up by; nothing is not due."""
    head = planned.spec.buckets
    if head is None:
        return []
    cells = _blank(planned)
    cells[0] = (
        f"First day {head.counted or _COUNTED[head.basis]}",
        styles.number(Dress(colour=styles.look.quiet_text)),
    )
    day = styles.number(Dress('0;0;"–"', colour=styles.look.quiet_text, align="right"))
    for index in range(len(head.buckets)):
        first, _ = head.buckets.days(index)
        before = planned.column(index - 1)
        value: Value = 0 if first is None else Formula(f"{before}{planned.first_days_row + 1}+1", first)
        cells[_place(planned.column(index))] = (value, day)
    return cells


def _last_days(styles: Styles, planned: WrittenSummary) -> list[Cell | None]:
    head, look = planned.spec.buckets, styles.look
    if head is None:
        return []
    cells = _blank(planned)
    cells[0] = (f"Last day {head.counted or _COUNTED[head.basis]}", styles.number(Dress(colour=look.quiet_text)))
    fixed = styles.number(Dress("0", colour=look.quiet_text, align="right"))
    entered = styles.number(Dress("0", colour=look.accent, fill=look.accent_tint, align="right", is_open=True))
    for index in range(len(head.buckets)):
        _, last = head.buckets.days(index)
        value: Value = "–" if last is None else last
        cells[_place(planned.column(index))] = (value, entered if index and last is not None else fixed)
    return cells


def _head_row(styles: Styles, planned: WrittenSummary, place: int) -> list[Cell | None]:
    head, look = planned.spec.head_rows[place], styles.look
    cells = _blank(planned)
    cells[0] = (head.label, styles.number(Dress(colour=look.quiet_text)))
    number_format = _INPUT_FORMATS.get(head.kind, TEXT)
    dress = Dress(number_format, colour=look.quiet_text, align="right")
    if head.is_input:
        dress = replace(dress, colour=look.accent, fill=look.accent_tint, is_open=True)
    for name, value in head.values.items():
        cells[_place(planned.letter(name))] = (value, styles.number(dress))
    return cells


def _head(styles: Styles, planned: WrittenSummary) -> list[Cell | None]:
    look = styles.look
    left = Dress(colour=look.quiet_text, foot=look.quiet_text, align="left")
    cells: list[Cell | None] = []
    for name in planned.identity:
        is_aside = name == planned.table.spec.currency and name != planned.identity[0]
        dress = replace(left, indent=1) if is_aside else left
        cells.append((name, styles.number(dress)))
    buckets = 0 if planned.spec.buckets is None else len(planned.spec.buckets.buckets)
    last_days = planned.first_days_row + 1
    for place, figure in enumerate(planned.figures):
        value: Value = figure.heading
        if 0 < place < buckets - 1:
            first, last = (f"{planned.column(place)}{row}" for row in (planned.first_days_row, last_days))
            value = Formula(f'IF({first}={last},{first}&"",{first}&"–"&{last})', figure.heading)
        elif buckets and place == buckets - 1:
            value = Formula(f'"Over "&{planned.column(place - 1)}{last_days}', figure.heading)
        dress = Dress(
            colour=look.quiet_text, foot=figure.foot or look.quiet_text, thick=bool(figure.foot), align="right"
        )
        cells.append((value, styles.number(dress)))
    return cells


def _heat(sheet: Worksheet, letter: str, rows: tuple[int, int], colour: str) -> None:
    """Tint figures by how much of their column they are; currencies are not weighed against each other."""
    first, last = rows
    # Never the same as the foot: where all is nothing a scale without extent would paint everything.
    most = FormatObject(type="formula", val=f"MAX(0.0001,MAX(${letter}${first}:${letter}${last}))")
    colours = [Color(rgb=rgb("#FFFFFF")), Color(rgb=rgb(tint(colour, 0.45)))]
    scale = ColorScale(cfvo=[FormatObject(type="num", val=0), most], color=colours)
    sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", Rule(type="colorScale", colorScale=scale))


def _guard_inputs(sheet: Worksheet, planned: WrittenSummary) -> None:
    """Refuse an input that is no date or number, and a last day that is not between its neighbours."""
    for place, one in enumerate(planned.spec.inputs):
        if one.kind in {Kind.TEXT, Kind.ID}:
            continue
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", showErrorMessage=True)
        rule.error = "Enter a number."
        if one.kind is Kind.DAY:
            rule = DataValidation(type="date", operator="greaterThan", formula1="25569", showErrorMessage=True)
            rule.error = "Enter a date."
        rule.add(f"{planned.input_column}{FIRST_INPUT_ROW + place}")
        sheet.add_data_validation(rule)
    if planned.spec.buckets is None:
        return
    count, row = len(bucket_labels(planned.spec.buckets)), planned.first_days_row + 1
    for index in range(1, count - 1):
        before, here = (f"{planned.column(place)}{row}" for place in (index - 1, index))
        after = f",{here}<{planned.column(index + 1)}{row}" if index < count - 2 else ""
        days = DataValidation(
            type="custom",
            formula1=f"AND(ISNUMBER({here}),INT({here})={here},{here}>{before}{after})",
            showErrorMessage=True,
            error="Enter a whole number of days between its neighbours.",
        )
        days.add(here)
        sheet.add_data_validation(days)


def _widths(planned: WrittenSummary) -> dict[str, int]:
    """Give the width of each column, by its letter."""
    widths: dict[str, int] = {}
    lines = [line for block in planned.blocks for line in block.lines]
    start = 1 if planned.is_numbered else 0
    for place, name in enumerate(planned.identity):
        letter = get_column_letter(place + 1)
        if name == LINE:
            widths[letter] = 9
        elif name == planned.table.spec.currency:
            widths[letter] = 12
        else:
            said = (line.texts[place - start] for line in lines)
            widths[letter] = max((text_width(str(one)) for one in said if one is not None), default=0)
            widths[letter] = max(widths[letter], text_width(name), _LEAST_TEXT)
    if planned.spec.inputs and not planned.is_numbered:
        widths["A"] = max(widths.get("A", 0), *(text_width(one.label) for one in planned.spec.inputs))
    for place, figure in enumerate(planned.figures):
        totals = (grouped(block.totals.get(figure.heading) or ZERO, block.currency) for block in planned.blocks)
        widest = max((len(text) for text in totals), default=0) + 3 if figure.kind is Kind.MONEY else 0
        widths[planned.column(place)] = max(_LEAST_FIGURE, widest, text_width(figure.heading) - 1)
    return widths


def _literal(value: Value) -> str:
    if isinstance(value, str):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    return str(value)


def _result(value: Decimal | None) -> Decimal | str:
    return "" if value is None else value


def _awkward(value: Decimal | None, currency: str) -> Decimal:
    return value if value is not None and not is_payable(value, currency) else ZERO


def _blank(planned: WrittenSummary) -> list[Cell | None]:
    return [None] * (len(planned.identity) + len(planned.figures))


def _place(column: str) -> int:
    return column_index_from_string(column) - 1
