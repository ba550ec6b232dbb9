"""The revenue schedule: worked by hand, and that every row adds up to its line whatever the days and amounts are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duedesk.domain.money import ZERO, is_payable
from duedesk.domain.reports.revenue_schedule import (
    BilledInvoice,
    BilledLine,
    Credit,
    CreditPart,
    RevenueLine,
    months_from,
    rows_of_credit,
    rows_of_invoice,
    shared_out,
    spread,
    straight_line,
    taken_back,
)

D = Decimal
QUARTER = (date(2026, 1, 16), date(2026, 4, 15))


def invoice(*lines: BilledLine, voided: date | None = None, amount: str = "0") -> BilledInvoice:
    return BilledInvoice(1, "I-1", "Acme", "0017", "EUR", date(2026, 1, 10), D(amount), voided, lines)


def by_month(rows: list[RevenueLine]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for row in rows:
        for month, part in row.earned:
            found[month.month] = found.get(month.month, ZERO) + part
    return {month: amount for month, amount in found.items() if amount}


def test_each_day_earns_the_same_and_the_largest_rests_have_what_is_left() -> None:
    earned = straight_line(D("100.00"), "EUR", *QUARTER)

    assert [(month.month, part) for month, part in earned] == [
        (1, D("17.78")), (2, D("31.11")), (3, D("34.44")), (4, D("16.67")),
    ]  # 16, 28, 31 and 15 days of 90: 17.777, 31.111, 34.444 and 16.666  # fmt: skip
    assert straight_line(D(100), "JPY", *QUARTER)[0][1] == 18
    assert straight_line(D("0.005"), "EUR", *QUARTER)[2][1] == D("0.0017"), "more digits than a cent has are kept"


def test_what_names_no_service_is_earned_on_the_day_of_the_invoice() -> None:
    one = rows_of_invoice(invoice(BilledLine(1, "Setup", "Charge", D(30))))
    whole = rows_of_invoice(invoice(amount="70"))
    mistaken = rows_of_invoice(invoice(BilledLine(1, "x", "Charge", D(5), (QUARTER[1], QUARTER[0]))))

    for row in (next(one), next(whole), next(mistaken)):
        assert row.earned == ((date(2026, 1, 1), row.amount),)


def test_a_credit_takes_back_what_was_earned_by_then_and_the_rest_as_it_would_be() -> None:
    line = BilledLine(1, "Plan", "Charge", D(90), QUARTER)
    half = Credit("CM-1", "Acme", "0017", "EUR", date(2026, 2, 20), (CreditPart(D(45), 1),))
    rows = list(rows_of_invoice(invoice(line), [half]))

    assert by_month(rows) == {1: D(16), 2: D(6), 3: D("15.5"), 4: D("7.5")}
    assert [(row.kind, row.document, row.invoice, row.amount) for row in rows] == [
        ("Charge", "I-1", "I-1", D(90)), ("Credit memo", "CM-1", "I-1", D(-45)),
    ]  # fmt: skip
    late = Credit("CM-2", "Acme", "0017", "EUR", date(2026, 9, 1), (CreditPart(D(45), 1),), date(2026, 10, 2))
    assert by_month(list(rows_of_invoice(invoice(line), [late]))) == {
        1: D(16), 2: D(28), 3: D(31), 4: D(15), 9: D(-45), 10: D(45),
    }  # fmt: skip
    assert by_month(list(rows_of_invoice(invoice(line, voided=date(2026, 3, 3))))) == {1: D(16), 2: D(28), 3: D(-44)}


def test_a_discount_has_the_days_of_its_charge_and_a_loose_credit_is_shared_out() -> None:
    plan = BilledLine(1, "Plan", "Charge", D(90), QUARTER)
    off = BilledLine(2, "Discount", "Adjustment", D(-9), related=1)
    setup = BilledLine(3, "Setup", "Charge", D(19))
    credit = Credit("CM-1", "Acme", "0017", "EUR", date(2026, 1, 31), (CreditPart(D(50)),))
    rows = list(rows_of_invoice(invoice(plan, off, setup), [credit]))

    assert by_month(rows[:2])[2] == D("25.2")
    assert [row.amount for row in rows[3:]] == [D(-45), D("4.5"), D("-9.5")]
    assert next(rows_of_credit(credit)).earned == ((date(2026, 1, 1), D(-50)),)


def test_a_row_is_cut_into_before_the_months_and_after() -> None:
    earned = straight_line(D(90), "EUR", *QUARTER)

    cut = spread(earned, months_from(date(2026, 2, 28), date(2026, 3, 1)))

    assert (cut.before, cut.months, cut.later) == (D(16), (D(28), D(31)), D(15))
    assert months_from(date(2025, 12, 31), date(2026, 1, 1)) == (date(2025, 12, 1), date(2026, 1, 1))


@settings(max_examples=60, deadline=None)
@given(
    units=st.integers(-(10**13), 10**13),
    currency=st.sampled_from(["EUR", "JPY", "BHD"]),
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 1_200),
    changed=st.integers(-100, 1_500),
)
def test_every_row_adds_up_to_its_line(units: int, currency: str, first: date, days: int, changed: int) -> None:
    amount, last = D(units) / 10_000, first + timedelta(days)
    on = first + timedelta(changed)
    earned = straight_line(amount, currency, first, last)

    assert sum((part for _, part in earned), ZERO) == amount
    assert sum((part for _, part in taken_back(amount, currency, (first, last), on)), ZERO) == amount
    if is_payable(amount, currency):
        assert all(is_payable(part, currency) for _, part in earned)
    assert all(part * amount >= 0 for _, part in earned)
    cut = spread(earned, months_from(on, on + timedelta(90)))
    assert cut.before + sum(cut.months, ZERO) + cut.later == amount


@settings(max_examples=30, deadline=None)
@given(
    cents=st.integers(1, 10**9),
    credited=st.integers(0, 10**9),
    days=st.tuples(*[st.none() | st.dates(date(2023, 12, 1), date(2025, 2, 1))] * 2),
    on=st.tuples(*[st.dates(date(2023, 6, 1), date(2026, 1, 1))] * 3),
)
def test_odd_services_credits_and_voids_leave_nothing_over(
    cents: int, credited: int, days: tuple[date | None, date | None], on: tuple[date, date, date]
) -> None:
    line = BilledLine(1, "Plan", "Charge", D(cents) / 100, days)
    part, taken = CreditPart(D(min(credited, cents)) / 100, 1), sorted(on)
    credit = Credit("CM-1", "Acme", "0017", "EUR", taken[0], (part,), taken[1])
    rows = list(rows_of_invoice(invoice(line, voided=taken[2]), [credit]))

    assert all(sum((share for _, share in row.earned), ZERO) == row.amount for row in rows)
    assert sum((row.amount for row in rows), ZERO) == 0
    left = [share for row in rows for month, share in row.earned if month > taken[2]]
    assert sum(left, ZERO) == 0, "nothing is earned after an invoice was voided"


@pytest.mark.parametrize(
    ("weights", "parts"), [((1, 1, 1), (34, 33, 33)), ((0, 0), (100, 0)), ((300, -100), (150, -50))]
)
def test_shares_add_up(weights: tuple[int, ...], parts: tuple[int, ...]) -> None:
    assert shared_out(D(100), weights, "JPY") == parts
