"""One invoice: its age, its due date and how far it is paid."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.invoice import (
    OWED_STATUSES,
    SettlementStatus,
    days_overdue,
    derive_due_date,
    settlement_status,
)
from duedesk.domain.objects.invoice import SETTLEMENT_STATUSES, STATUSES


def test_an_invoice_is_overdue_from_the_day_after_its_due_date() -> None:
    due = date(2026, 1, 31)
    assert days_overdue(due, date(2026, 1, 30)) == -1
    assert days_overdue(due, due) == 0
    assert days_overdue(due, date(2026, 2, 1)) == 1
    assert days_overdue(due, date(2026, 3, 1)) == 29


def test_a_leap_day_counts() -> None:
    assert days_overdue(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert days_overdue(date(2023, 2, 28), date(2023, 3, 1)) == 1


@given(st.dates(), st.dates())
def test_days_overdue_are_days_of_the_calendar(due: date, as_of: date) -> None:
    assert due + timedelta(days=days_overdue(due, as_of)) == as_of


@pytest.mark.parametrize(
    ("invoice_date", "days", "due"),
    [
        (date(2026, 4, 1), 30, date(2026, 5, 1)),  # the reference's own example: 04/01, net 30
        (date(2026, 4, 1), 0, date(2026, 4, 1)),
        (date(2026, 4, 1), None, date(2026, 4, 1)),
        (date(2024, 1, 30), 30, date(2024, 2, 29)),
        (date(2026, 12, 15), 60, date(2027, 2, 13)),
    ],
)
def test_a_missing_due_date_is_the_invoice_date_plus_terms(invoice_date: date, days: int | None, due: date) -> None:
    assert derive_due_date(invoice_date, days) == due


@pytest.mark.parametrize(
    ("total", "balance", "status"),
    [
        ("100.00", "100.00", SettlementStatus.NOT_SETTLED),
        ("100.00", "99.99", SettlementStatus.PARTIALLY_SETTLED),
        ("100.00", "0.01", SettlementStatus.PARTIALLY_SETTLED),
        ("100.00", "0.00", SettlementStatus.SETTLED),
        ("0.00", "0.00", SettlementStatus.SETTLED),
    ],
)
def test_how_far_an_invoice_is_paid(total: str, balance: str, status: SettlementStatus) -> None:
    assert settlement_status(is_owed=True, total=Decimal(total), balance=Decimal(balance)) is status


def test_what_is_not_owed_is_neither_settled_nor_open() -> None:
    for balance in ("100.00", "0.00"):
        status = settlement_status(is_owed=False, total=Decimal("100.00"), balance=Decimal(balance))
        assert status is SettlementStatus.NOT_APPLICABLE


def test_the_rules_and_the_catalogue_name_the_same_states() -> None:
    assert SETTLEMENT_STATUSES.split(" | ") == [status.value for status in SettlementStatus]
    assert set(OWED_STATUSES) <= set(STATUSES.split(" | "))
    assert not {"Draft", "Voided", "Canceled", "Error", "Pending"} & set(OWED_STATUSES)
