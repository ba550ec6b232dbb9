"""How the sheets of a table are laid out: Excel tables, widths, what may be entered, print; the rows are streamed."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from duedesk.exchange.workbooks.cell_writers import Widest
from duedesk.exchange.workbooks.specs import Column, Heading, Kind
from duedesk.exchange.workbooks.styles import Styles, set_up_print, tint, tint_where
from duedesk.exchange.workbooks.table_rows import width_of
from duedesk.exchange.workbooks.written_table import Part, WrittenTable

_LONGEST_LIST = 255
"""Characters that Excel takes as a list of what may be entered."""


def lay_out_table(
    workbook: Workbook, styles: Styles, table: WrittenTable, widest: list[Widest], heading: Heading
) -> dict[str, str]:
    """Lay out every sheet of a table; give by sheet the range in which digits are meant as text."""
    text_columns = {}
    for part in table.parts:
        sheet = workbook[part.sheet]
        last = max(part.rows, 1) + 1
        for place, (column, wide) in enumerate(zip(table.columns, widest, strict=True), 1):
            width = width_of(column, wide, table.currencies)
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
        sheet.add_table(_excel_table(table, part, last))
        for column in table.columns:
            if column.marked:
                _guard(sheet, table, column, last)
        if table.spec.tint_buckets:
            _tint_buckets(sheet, styles, table.letter(table.spec.tint_buckets), last)
        set_up_print(sheet, title=heading.title, head_rows="1:1", subtitle=heading.subtitle)
        text_columns[part.sheet] = f"A2:{get_column_letter(len(table.columns))}{last}"
    return text_columns


def _excel_table(table: WrittenTable, part: Part, last: int) -> Table:
    ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    columns = [TableColumn(id=place, name=column.heading) for place, column in enumerate(table.columns, 1)]
    style = TableStyleInfo(showRowStripes=False)
    return Table(
        displayName=part.name,
        name=part.name,
        ref=ref,
        tableColumns=columns,
        autoFilter=AutoFilter(ref=ref),
        tableStyleInfo=style,
    )


def _guard(sheet: Worksheet, table: WrittenTable, column: Column, last: int) -> None:
    """Offer what may be entered into a marked column, and refuse what is no date or number."""
    offered = ",".join(column.choices)
    if column.choices and len(offered) <= _LONGEST_LIST and not any('"' in one or "," in one for one in column.choices):
        rule = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True, showErrorMessage=True)
        rule.error = "Choose one of the list."
    elif column.kind is Kind.DAY:
        rule = DataValidation(type="date", operator="greaterThan", formula1="25569", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "Enter a date."
    elif column.kind is Kind.MONEY:
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "Enter an amount."
    else:
        return
    letter = table.letter(column.heading)
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)


def _tint_buckets(sheet: Worksheet, styles: Styles, letter: str, last: int) -> None:
    """Tint names of buckets as buckets are everywhere; the names stand in the workbook, so that they may change."""
    for index in range(_MOST_BUCKETS):
        colour = tint(styles.look.buckets[min(index, len(styles.look.buckets) - 1)], 0.4)
        formula = f"AND({index + 1}<=ROWS(BucketNames)*COLUMNS(BucketNames),${letter}2=INDEX(BucketNames,{index + 1}))"
        sheet.conditional_formatting.add(f"{letter}2:{letter}{last}", tint_where(formula, colour))


_MOST_BUCKETS = 5
