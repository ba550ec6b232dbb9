"""The sheet Aging: a line a group or a part of one, each figure a formula over Detail; it holds no amount itself.

The as-of date and the last day of each bucket may be changed in the workbook: ages, buckets and sums follow.
"""

from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from duedesk.domain.aging import Basis
from duedesk.domain.days import in_words
from duedesk.domain.money import ZERO, is_payable
from duedesk.exchange.sheet_stream import Cell, Formula, SheetRows, Value
from duedesk.exchange.workbooks.aging_plan import (
    AGING,
    AS_OF_ROW,
    BALANCE,
    DISPUTED,
    FIRST_DAY_ROW,
    HEAD_ROW,
    LAST_DAY_ROW,
    Block,
    Line,
    Plan,
    Tally,
)
from duedesk.exchange.workbooks.styles import (
    DATE,
    TEXT,
    WHOLE,
    Dress,
    Styles,
    amount_format,
    figure_width,
    rgb,
    set_up_print,
    text_width,
    tint,
)

_COUNTED = {Basis.DUE: "overdue", Basis.INVOICE: "since the invoice"}
_LEAST_FIGURE = 13


def write_summary(rows: SheetRows, styles: Styles, plan: Plan, tally: Tally, *, subtitle: str) -> None:
    """Write the sheet from its title to its last total."""
    quiet = styles.number(Dress(colour=styles.look.quiet_text))
    rows.append([("Aging", styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(subtitle, quiet)], height=18)
    rows.append(_as_of(styles, plan), height=18)
    rows.append(_first_days(styles, plan), height=18)
    rows.append(_last_days(styles, plan), height=18)
    rows.append(_head(styles, plan), height=21)
    for block in plan.blocks:
        for line in block.lines:
            rows.append(_line(styles, plan, line, tally))
        if block.total_row is not None:
            rows.append(_total(styles, plan, block, tally), height=19)
            rows.append([])
    if not plan.blocks:
        rows.append([("Nothing is open.", quiet)])


def finish_summary(workbook: Workbook, styles: Styles, plan: Plan, tally: Tally, *, title: str, subtitle: str) -> str:
    """Lay the sheet out; give the range in which digits are meant as text."""
    sheet = workbook[AGING]
    for letter, width in _widths(plan, tally).items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"{plan.first_bucket}{HEAD_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    for block in plan.blocks:
        _heat(sheet, styles, plan, block)
    _guard_inputs(sheet, plan)
    set_up_print(sheet, title=title, head_rows=f"{HEAD_ROW}:{HEAD_ROW}", subtitle=subtitle)
    last = max((line.sheet_row for line in plan.lines), default=HEAD_ROW + 1)
    return f"A{HEAD_ROW + 1}:{plan.name_column}{last}"


def _as_of(styles: Styles, plan: Plan) -> list[Cell | None]:
    look = styles.look
    note = f"Change what is blue: ages, buckets and sums follow. Balances stay as of {in_words(plan.request.as_of)}."
    cells = _blank(plan)
    cells[0] = ("As of", styles.number(Dress(colour=look.quiet_text)))
    date_style = Dress(DATE, colour=look.accent, fill=look.accent_tint, align="left")
    cells[_place(plan.name_column)] = (plan.request.as_of, styles.number(date_style))
    cells[_place(plan.first_bucket)] = (note, styles.number(Dress(colour=look.quiet_text)))
    return cells


def _first_days(styles: Styles, plan: Plan) -> list[Cell | None]:
    """Write the first day of each bucket, which the buckets of Detail are looked up by; nothing is not due."""
    cells = _blank(plan)
    quiet = styles.number(Dress(colour=styles.look.quiet_text))
    day = styles.number(Dress('0;0;"–"', colour=styles.look.quiet_text, align="right"))
    cells[0] = (f"First day {_COUNTED[plan.request.basis]}", quiet)
    for index in range(len(plan.labels)):
        first, _ = plan.request.buckets.days(index)
        before = plan.column(index - 1)
        value: Value = 0 if first is None else Formula(f"{before}{LAST_DAY_ROW}+1", first)
        cells[_place(plan.column(index))] = (value, day)
    return cells


def _last_days(styles: Styles, plan: Plan) -> list[Cell | None]:
    look = styles.look
    cells = _blank(plan)
    cells[0] = (f"Last day {_COUNTED[plan.request.basis]}", styles.number(Dress(colour=look.quiet_text)))
    fixed = styles.number(Dress("0", colour=look.quiet_text, align="right"))
    entered = styles.number(Dress("0", colour=look.accent, fill=look.accent_tint, align="right"))
    for index in range(len(plan.labels)):
        _, last = plan.request.buckets.days(index)
        value: Value = "–" if last is None else last
        cells[_place(plan.column(index))] = (value, entered if index and last is not None else fixed)
    return cells


def _head(styles: Styles, plan: Plan) -> list[Cell | None]:
    look = styles.look
    left = Dress(colour=look.quiet_text, foot=look.quiet_text, align="left")
    cells: list[Cell | None] = [(heading, styles.number(_dress(left, heading))) for heading in plan.identity]
    for index, label in enumerate(plan.labels):
        first, last = (f"{plan.column(index)}{row}" for row in (FIRST_DAY_ROW, LAST_DAY_ROW))
        value: Value = Formula(f'{first}&"–"&{last}', label)
        if index == 0:
            value = label
        elif index == len(plan.labels) - 1:
            value = Formula(f'"Over "&{plan.column(index - 1)}{LAST_DAY_ROW}', label)
        foot = look.bucket(index, len(plan.labels))
        dress = Dress(colour=look.quiet_text, foot=foot, thick=True, align="right")
        cells.append((value, styles.number(dress)))
    plain = styles.number(Dress(colour=look.quiet_text, foot=look.quiet_text, align="right"))
    return [*cells, *((heading, plain) for heading in (*plan.headings[len(plan.labels) :], BALANCE))]


def _line(styles: Styles, plan: Plan, line: Line, tally: Tally) -> list[Cell | None]:
    look, row, at = styles.look, line.row, line.sheet_row
    sums = tally.sums[line.number]
    figure_format = amount_format(row.currency, _awkward(sums, row.currency))
    text = Dress(TEXT, foot=look.line, align="left")
    figure = styles.number(Dress(figure_format, foot=look.line, align="right"))
    balance = styles.number(Dress(figure_format, foot=look.line, align="right", bold=True))
    number = styles.number(Dress(WHOLE, colour=look.quiet_text, foot=look.line, align="left"))
    cells: list[Cell | None] = [(line.number, number)]
    texts = zip(plan.identity[1:], plan.texts(line), strict=True)
    cells += [(said, styles.number(_dress(text, heading))) for heading, said in texts]
    for place, amount in enumerate(sums):
        cells.append((Formula(_sum(plan, place, at), amount), figure))
    return [*cells, (Formula(f"SUMIFS(ItemBalance,ItemLine,$A{at})", tally.balance(line)), balance)]


def _sum(plan: Plan, place: int, at: int) -> str:
    """Give the formula of a figure of a line: what is contested of a bucket is taken out of it where it is apart."""
    here = f"ItemLine,$A{at}"
    if plan.headings[place] == DISPUTED:
        return f"SUMIFS(ItemDisputed,{here})"
    here = f"{here},ItemBucket,{plan.column(place)}${HEAD_ROW}"
    whole = f"SUMIFS(ItemBalance,{here})"
    return f"{whole}-SUMIFS(ItemDisputed,{here})" if plan.is_apart and place < len(plan.labels) else whole


def _total(styles: Styles, plan: Plan, block: Block, tally: Tally) -> list[Cell | None]:
    sums = tally.total(block)
    first, last = block.lines[0].sheet_row, block.lines[-1].sheet_row
    figure_format = amount_format(block.currency, _awkward(sums, block.currency))
    figure = styles.number(Dress(figure_format, bold=True, align="right"))
    words = {"Line": "Total", "Currency": block.currency}
    text = Dress(TEXT, bold=True, align="left")
    cells: list[Cell | None] = [(words.get(heading), styles.number(_dress(text, heading))) for heading in plan.identity]
    for place, amount in enumerate([*sums, sum(sums, ZERO)]):
        column = plan.column(place)
        cells.append((Formula(f"SUM({column}{first}:{column}{last})", amount), figure))
    return cells


def _heat(sheet: Worksheet, styles: Styles, plan: Plan, block: Block) -> None:
    """Tint what is overdue by how much of its column it is; currencies are not weighed against each other."""
    first, last = block.lines[0].sheet_row, block.lines[-1].sheet_row
    for index in range(1, len(plan.labels)):
        area = f"{plan.column(index)}{first}:{plan.column(index)}{last}"
        fixed = f"${plan.column(index)}${first}:${plan.column(index)}${last}"
        # Never the same as the foot: where all is nothing a scale without extent would paint everything.
        most = FormatObject(type="formula", val=f"MAX(0.0001,MAX({fixed}))")
        colours = [Color(rgb=rgb("#FFFFFF")), Color(rgb=rgb(tint(styles.look.bucket(index, len(plan.labels)), 0.45)))]
        scale = ColorScale(cfvo=[FormatObject(type="num", val=0), most], color=colours)
        sheet.conditional_formatting.add(area, Rule(type="colorScale", colorScale=scale))


def _guard_inputs(sheet: Worksheet, plan: Plan) -> None:
    """Refuse a last day that is not after the one before it, and an as-of date that is no date."""
    as_of = DataValidation(
        type="date", operator="greaterThan", formula1="25569", showErrorMessage=True, error="Enter a date."
    )
    as_of.add(f"{plan.name_column}{AS_OF_ROW}")
    sheet.add_data_validation(as_of)
    for index in range(1, len(plan.labels) - 1):
        before, here = (f"{plan.column(place)}{LAST_DAY_ROW}" for place in (index - 1, index))
        after = f",{here}<{plan.column(index + 1)}{LAST_DAY_ROW}" if index < len(plan.labels) - 2 else ""
        days = DataValidation(
            type="custom",
            formula1=f"AND(ISNUMBER({here}),INT({here})={here},{here}>{before}{after})",
            showErrorMessage=True,
            error="Enter a whole number of days between its neighbours.",
        )
        days.add(here)
        sheet.add_data_validation(days)


def _widths(plan: Plan, tally: Tally) -> dict[str, int]:
    """Give the width of each column, by its letter."""
    least = {"Line": 9, "Currency": 12, "Account number": 16}
    identity = {get_column_letter(place): least.get(heading, 22) for place, heading in enumerate(plan.identity, 1)}
    for line in plan.lines:
        for place, said in enumerate(plan.texts(line)[:-1], 2):
            letter = get_column_letter(place)
            identity[letter] = max(identity[letter], text_width(said))
    sums = ((block, tally.total(block)) for block in plan.blocks)
    figures = (figure_width([*total, sum(total, ZERO)], block.currency) for block, total in sums)
    width = max(_LEAST_FIGURE, *figures) if plan.blocks else _LEAST_FIGURE
    return identity | {plan.column(place): width for place in range(len(plan.headings) + 1)}


def _dress(dress: Dress, heading: str) -> Dress:
    """Keep the currency away from a name that fills its column."""
    return replace(dress, indent=1) if heading == "Currency" else dress


def _blank(plan: Plan) -> list[Cell | None]:
    return [None] * (len(plan.identity) + len(plan.headings) + 1)


def _place(column: str) -> int:
    return column_index_from_string(column) - 1


def _awkward(sums: list[Decimal], currency: str) -> Decimal:
    """Give a sum that needs more digits than its currency has, if there is one."""
    return next((amount for amount in sums if not is_payable(amount, currency)), ZERO)
