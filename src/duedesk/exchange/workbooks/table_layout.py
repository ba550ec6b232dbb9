"""How the sheets of a table are laid out: Excel tables, widths, what may be entered, print; the rows are streamed."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from duedesk.exchange.workbooks.cell_writers import Widest
from duedesk.exchange.workbooks.print_pages import to_repeat
from duedesk.exchange.workbooks.specs import Column, Heading, Kind
from duedesk.exchange.workbooks.styles import Styles, set_up_print, tint, tint_where
from duedesk.exchange.workbooks.table_rows import width_of
from duedesk.exchange.workbooks.written_table import WrittenTable

_LONGEST_LIST = 255
"""Characters that Excel takes as a list of what may be entered."""


def lay_out_table(
    workbook: Workbook,
    styles: Styles,
    table: WrittenTable,
    widest: list[Widest],
    heading: Heading,
    *,
    buckets: int,
) -> dict[str, str]:
    """Lay out every sheet of a table; give by sheet the range in which digits are meant as text.

    `buckets` is how many there are in the workbook, whose names a column of them is tinted by.
    """
    text_columns = {}
    widths = [width_of(column, wide, table.currencies) for column, wide in zip(table.columns, widest, strict=True)]
    repeated = to_repeat(widths, [column.kind is Kind.ID for column in table.columns])
    for part in table.parts:
        sheet = workbook[part.sheet]
        last = max(part.rows, 1) + 1
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "A2"
        sheet.add_table(_excel_table(part.name, [column.heading for column in table.columns], last))
        for column in table.columns:
            if column.marked:
                _guard(sheet, column, f"{table.letter(column.heading)}2:{table.letter(column.heading)}{last}")
        if table.spec.tint_buckets:
            _tint_buckets(sheet, styles, table.letter(table.spec.tint_buckets), last, buckets)
        printed = _printed(table)
        set_up_print(
            sheet,
            title=heading.title,
            head_rows="1:1",
            subtitle=heading.subtitle,
            repeated=repeated,
            columns=printed,
        )
        if printed < len(widths):
            sheet.print_area = f"A1:{get_column_letter(printed)}{last}"
        text_columns[part.sheet] = f"A2:{get_column_letter(len(table.columns))}{last}"
    return text_columns


def _printed(table: WrittenTable) -> int:
    """Give how many columns are printed: those before what is to be filled in and the number of the line.

    They say nothing on paper and would make the rest of it small.
    """
    behind = (place for place, column in enumerate(table.columns) if column.marked)
    return next(behind, len(table.columns) - bool(table.spec.lines_by))


def _excel_table(name: str, headings: Sequence[str], last: int) -> Table:
    """Make an Excel table of all rows from the first, where the headings stand, to the last."""
    ref = f"A1:{get_column_letter(len(headings))}{last}"
    columns = [TableColumn(id=place, name=heading) for place, heading in enumerate(headings, 1)]
    return Table(
        displayName=name,
        name=name,
        ref=ref,
        tableColumns=columns,
        autoFilter=AutoFilter(ref=ref),
        tableStyleInfo=TableStyleInfo(showRowStripes=False),
    )


def _guard(sheet: Worksheet, column: Column, cells: str) -> None:
    """Offer what may be entered into a marked column, and refuse what is no date or number; a list only offers."""
    offered = ",".join(column.choices)
    if column.choices and len(offered) <= _LONGEST_LIST and not any('"' in one or "," in one for one in column.choices):
        rule = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True, showErrorMessage=True)
        rule.errorStyle, rule.error = "information", "That is none of the list; it is taken as it is written."
    elif column.kind is Kind.DAY:
        rule = DataValidation(type="date", operator="greaterThan", formula1="25569", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "Enter a date."
    elif column.kind is Kind.MONEY:
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "Enter an amount."
    else:
        return
    rule.add(cells)
    sheet.add_data_validation(rule)


def _tint_buckets(sheet: Worksheet, styles: Styles, letter: str, last: int, buckets: int) -> None:
    """Tint names of buckets as buckets are everywhere; the names stand in the workbook, so that they may change."""
    count = buckets or len(styles.look.buckets)
    for index in range(count):
        colour = tint(styles.look.bucket(index, count), 0.4)
        formula = f"AND({index + 1}<=ROWS(BucketNames)*COLUMNS(BucketNames),${letter}2=INDEX(BucketNames,{index + 1}))"
        sheet.conditional_formatting.add(f"{letter}2:{letter}{last}", tint_where(formula, colour))
