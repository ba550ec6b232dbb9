"""The columns of the aging's items that finance fills in, and Duedesk takes back: their tint and what they take."""

from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from duedesk.domain.disputes import REASONS
from duedesk.domain.taking_back import COMMENT, DISPUTE_REASON, MARKED, PROMISED_AMOUNT, PROMISED_FOR
from duedesk.exchange.workbooks.styles import DATE, Styles, tint_where

WIDTHS = {COMMENT: 36, PROMISED_FOR: 14, PROMISED_AMOUNT: 18, DISPUTE_REASON: 20}


def mark_columns(sheet: Worksheet, styles: Styles, headings: tuple[str, ...], last: int) -> None:
    """Tint the columns as far as there are items, and say what may be entered; no cell of them is written."""
    for heading in MARKED:
        letter = get_column_letter(headings.index(heading) + 1)
        column = sheet.column_dimensions[letter]
        column.protection = Protection(locked=False)
        if heading == PROMISED_FOR:
            column.number_format = DATE
        cells = f"{letter}2:{letter}{last}"
        sheet.conditional_formatting.add(cells, tint_where('$E2<>""', styles.look.accent_tint))
        if (rule := _rule(heading)) is not None:
            rule.add(cells)
            sheet.add_data_validation(rule)


def _rule(heading: str) -> DataValidation | None:
    if heading == DISPUTE_REASON:
        return DataValidation(type="list", formula1=f'"{",".join(REASONS)}"', allow_blank=True)
    if heading == PROMISED_FOR:
        rule = DataValidation(type="date", operator="greaterThan", formula1="25569", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "Enter a date."
        return rule
    if heading == PROMISED_AMOUNT:
        rule = DataValidation(type="decimal", operator="greaterThan", formula1="0", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "Enter an amount above nothing."
        return rule
    return None
