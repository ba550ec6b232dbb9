"""How values are written: for people with grouping and words, for copying as a machine reads them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from duedesk.desk import format as written
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value


def test_dates_and_moments() -> None:
    assert written.day(date(2026, 7, 25)) == "25 Jul 2026"
    assert written.day(None) == ""
    assert written.moment(datetime(2026, 7, 25, 14, 5, tzinfo=UTC)) == "25 Jul 2026 14:05"
    assert written.moment(None) == ""


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("1234.5", "EUR", "1,234.50"),
        ("-1234.5", "EUR", "−1,234.50"),
        ("1234", "JPY", "1,234"),
        ("1.2345", "BHD", "1.2345"),
        ("0", "USD", "0.00"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(amount: str, currency: str, expected: str) -> None:
    assert written.amount(Decimal(amount), currency) == expected
    assert written.money(Decimal(amount), currency) == f"{expected} {currency}"


def test_an_amount_that_is_not_there_is_not_nought() -> None:
    assert written.amount(None, "EUR") == ""
    assert written.money(None, "EUR") == ""


@pytest.mark.parametrize(
    ("overdue", "short", "long"),
    [
        (121, "121 d", "121 days overdue · due 25 Jul 2026"),
        (1, "1 d", "1 day overdue · due 25 Jul 2026"),
        (0, "today", "Due today"),
        (-6, "in 6 d", "Due in 6 days · 25 Jul 2026"),
        (None, "", "Due 25 Jul 2026"),
        (1_000, "1,000 d", "1,000 days overdue · due 25 Jul 2026"),
    ],
)
def test_how_late_something_is(overdue: int | None, short: str, long: str) -> None:
    assert written.days(overdue) == short
    assert written.due(overdue, date(2026, 7, 25)) == long


def test_what_has_no_due_date_is_not_due() -> None:
    assert written.due(None, None) == ""


def test_counts_and_their_nouns() -> None:
    assert written.count(98_310) == "98,310"
    assert written.plural(1, "invoice") == "1 invoice"
    assert written.plural(1_284, "invoice") == "1,284 invoices"
    assert written.plural(0, "invoice") == "0 invoices"


@pytest.mark.parametrize(
    ("held", "kind", "shown", "raw"),
    [
        (None, Kind.STRING, "", ""),
        (True, Kind.BOOLEAN, "Yes", "TRUE"),
        (False, Kind.BOOLEAN, "No", "FALSE"),
        (date(2026, 7, 25), Kind.DATE, "25 Jul 2026", "2026-07-25"),
        (datetime(2026, 7, 25, 14, 5, tzinfo=UTC), Kind.DATETIME, "25 Jul 2026 14:05", "2026-07-25T14:05:00+00:00"),
        (Decimal("-1234.5"), Kind.CURRENCY, "−1,234.50", "-1234.50"),
        (Decimal("1250.50"), Kind.DOUBLE, "1,250.5", "1250.5"),
        (Decimal("100"), Kind.PERCENT, "100", "100"),
        (12, Kind.INT, "12", "12"),
        ("Tromsø Fisk AS", Kind.STRING, "Tromsø Fisk AS", "Tromsø Fisk AS"),
    ],
)
def test_any_field(held: Value, kind: Kind, shown: str, raw: str) -> None:
    assert written.value(held, kind, "EUR") == shown
    assert written.raw(held, kind, "EUR") == raw
