"""Rows are written once, behind the window: amounts in their currency, days with their bucket, states in words."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.desk.tables.columns import columns_for, columns_of
from duedesk.desk.tables.rows import ShownRow, needed_beside, paths_of, shown_rows
from duedesk.domain.filters import Value
from duedesk.store.queries.lists.listing import ListRow

OFFERED = {column.path: column for column in columns_of("Invoice")}


def row_of(
    *, currency: str = "EUR", overdue: int | None = None, status: str = "Posted", level: int = 0, **values: Value
) -> ShownRow:
    columns = [OFFERED[path] for path in values]
    (row,) = shown_rows([ListRow(7, (*values.values(), currency, overdue, status, level))], columns, "Invoice")
    return row


def test_what_a_cell_needs_beside_its_value_is_read_with_it() -> None:
    columns = [OFFERED["Balance"], OFFERED["DueDate"]]

    needed = ("CurrencyIsoCode", "DaysInvoiceOverdue", "Status", "DunningLevel")
    assert paths_of(columns, "Invoice") == ("Balance", "DueDate", *needed)


def test_only_what_an_object_has_is_read_beside() -> None:
    assert needed_beside("Payment") == ("CurrencyIsoCode", "Status")
    assert needed_beside("InvoiceLine") == ("Invoice.CurrencyIsoCode",)
    assert needed_beside("InvoiceBatchRun") == ("Status",)
    assert needed_beside("Contact") == ()


def test_a_record_without_a_currency_is_in_that_of_its_invoice() -> None:
    (amount,) = columns_for("InvoiceLine", ["LineAmount"])
    (row,) = shown_rows([ListRow(7, (Decimal("35500"), "JPY"))], [amount], "InvoiceLine")

    assert (row.texts, row.currency) == (("35,500",), "JPY")


def test_an_amount_has_the_digits_of_its_currency() -> None:
    assert row_of(Balance=Decimal("35500"), currency="JPY").texts == ("35,500",)
    assert row_of(Balance=Decimal("1250.4")).texts == ("1,250.40",)


def test_a_level_is_read_with_every_row_and_stands_in_a_column_only_where_there_is_one() -> None:
    row = row_of(DunningLevel=2, overdue=40, level=2)
    assert (row.texts, row.bucket, row.level) == (("2",), 2, 2)
    assert row_of(DunningLevel=0).texts == ("",)


@pytest.mark.parametrize(
    ("overdue", "text", "bucket"),
    [
        (121, "121 d", 4),
        (90, "90 d", 3),
        (30, "30 d", 1),
        (1, "1 d", 1),
        (0, "today", 0),
        (-6, "in 6 d", 0),
        (None, "", None),
    ],
)
def test_days_overdue_have_their_bucket(overdue: int | None, text: str, bucket: int | None) -> None:
    row = row_of(DaysInvoiceOverdue=overdue, overdue=overdue)

    assert row.texts == (text,)
    assert row.bucket == bucket


@pytest.mark.parametrize(
    ("settlement", "status", "text"),
    [
        ("Partially Settled", "Posted", "Partially settled"),
        ("Settled", "Posted", "Settled"),
        ("Not Applicable", "Draft", "Draft"),
        (None, "Voided", "Voided"),
        ("Not Applicable", "Posting In Progress", "Posting in progress"),
    ],
)
def test_what_is_no_debt_is_told_by_its_status(settlement: str | None, status: str, text: str) -> None:
    assert row_of(SettlementStatus=settlement, status=status).texts == (text,)


def test_values_stay_what_they_are_for_copying() -> None:
    row = row_of(DueDate=date(2026, 7, 25), Balance=Decimal("480"))

    assert row.texts == ("25 Jul 2026", "480.00")
    assert row.values == (date(2026, 7, 25), Decimal("480"))
    assert row.key == 7
