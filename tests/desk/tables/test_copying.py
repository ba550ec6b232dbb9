"""Copied rows paste into a sheet as numbers and dates, and never as a formula."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.desk.tables.columns import columns_of
from duedesk.desk.tables.copying import copied
from duedesk.desk.tables.rows import ShownRow

OFFERED = {column.path: column for column in columns_of("Invoice")}
COLUMNS = [
    OFFERED[path] for path in ("DocumentNumber", "BillingAccount.Name", "DueDate", "DaysInvoiceOverdue", "Balance")
]


def row(name: str = "Tromsø Fisk AS", balance: str = "1250.4", number: str = "INV-003") -> ShownRow:
    values = (number, name, date(2026, 10, 31), 23, Decimal(balance))
    return ShownRow(3, ("", "", "", "", ""), values, "EUR", 1)


def test_rows_stand_under_their_labels() -> None:
    lines = copied([row(), row(balance="-80")], COLUMNS).text.splitlines()

    assert lines[0] == "Invoice\tAccount\tDue\tOverdue\tBalance"
    assert lines[1] == "INV-003\tTromsø Fisk AS\t2026-10-31\t23\t1250.40"
    assert lines[2] == "INV-003\tTromsø Fisk AS\t2026-10-31\t23\t-80.00"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+49 40", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_name_that_a_sheet_would_take_for_a_formula_is_text(name: str) -> None:
    table = copied([row(name=name)], COLUMNS)
    cell = table.text.splitlines(keepends=True)[1].split("\t")[1] if "\t" not in name else table.text

    assert "'" in cell
    assert "mso-number-format:'\\@'" in table.html


def test_what_would_break_a_table_apart_is_quoted() -> None:
    text = copied([row(name='Ben "the\tbin"\nLtd')], COLUMNS).text

    assert '\t"Ben ""the\tbin""\nLtd"\t' in text


def test_markup_in_names_stays_text() -> None:
    html = copied([row(name="<b>Harbor</b> & Finch")], COLUMNS).html

    assert "&lt;b&gt;Harbor&lt;/b&gt; &amp; Finch" in html
    assert "<b>" not in html


def test_a_row_that_is_gone_is_left_out() -> None:
    assert copied([ShownRow(9, ())], COLUMNS).text.count("\n") == 1
