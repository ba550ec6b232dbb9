"""An aging converted: half up to the minor unit and once, away from nothing below it, its totals from what is exact."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.domain.aging import Aging, AgingRequest, AgingRow, total_by_currency
from duedesk.domain.converting import convert
from duedesk.domain.rates import Rate

D = Decimal
DAY = date(2026, 4, 10)


def row(key: int, currency: str, open_: str, unapplied: str = "0") -> AgingRow:
    buckets = (D(open_), D(0), D(0), D(0), D(0))
    return AgingRow(key, f"Account {key}", currency, buckets, D(unapplied), D(open_) + D(unapplied))


def aged(*rows: AgingRow) -> Aging:
    return Aging(AgingRequest(DAY), rows, total_by_currency(rows))


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("2.01", "EUR", "1.01"), ("2.03", "EUR", "1.02"), ("1", "JPY", "1"), ("0.001", "BHD", "0.001")],
)
def test_half_of_it_is_rounded_half_up(amount: str, currency: str, expected: str) -> None:
    shown = convert(aged(row(1, "USD", amount, f"-{amount}")), [Rate("USD", currency, DAY, D(1), D(2))], currency)
    (one,) = shown.rows
    assert (one.buckets[0], one.unapplied, one.balance) == (D(expected), -D(expected), D(0))
    assert shown.mismatches == ()


def test_what_rounding_parts_is_told_and_is_no_mismatch() -> None:
    rates = [Rate("USD", "EUR", DAY, D(1), D(3)), Rate("CHF", "EUR", DAY, D(1), D(7))]
    rows = [row(1, "USD", "0.04", "-0.02"), row(1, "CHF", "0.10"), row(2, "USD", "0.02"), row(3, "EUR", "5")]
    shown = convert(aged(*rows), rates, "EUR")
    assert [(one.buckets[0], one.unapplied, one.balance, one.rounding) for one in shown.rows] == [
        (D("0.03"), D("-0.01"), D("0.02"), D("0.00")),
        (D("0.01"), D(0), D("0.01"), D(0)),
        (D("5.00"), D(0), D("5.00"), D(0)),
    ]
    assert shown.totals[0].balance == D("5.03"), "0.02095 and 0.00667 and five, and not the sum of what was rounded"
    assert shown.mismatches == ()
    broken = aged(AgingRow(1, "A", "USD", (D(3), D(0), D(0), D(0), D(0)), D(0), D(0)))
    assert convert(broken, rates, "EUR").mismatches[0].difference == 1
    assert convert(aged(), rates, "EUR").rows == ()
