"""Late interest comes out to the cent by every basis, is charged once, and says where a rate is missing."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError
from duedesk.domain.interest.accrual import (
    Claim,
    Debt,
    Fixing,
    InterestStatement,
    InterestTerms,
    NotCharged,
    charge,
    statement,
)
from duedesk.domain.interest.accrual import waive as waived
from duedesk.domain.interest.day_counts import YEAR, DayCount, days_counted, year_units
from duedesk.domain.interest.reference_rates import OWN, RateTable, ReferenceRate, Series

ECB = {
    date(2024, 1, 1): "4.50",
    date(2024, 7, 1): "4.25",
    date(2025, 1, 1): "3.15",
    date(2025, 7, 1): "2.15",
}
RATES = RateTable(
    {"ECB": Series("ECB", "ECB main refinancing rate"), "OWN": OWN},
    tuple(ReferenceRate("ECB", day, Decimal(rate)) for day, rate in ECB.items()),
)
DUE = date(2024, 5, 31)
PAID = date(2024, 9, 15)
WHOLE = Claim.of("EUR", DUE, (date(2024, 5, 1), Decimal(10_000)))
IN_PARTS = Claim.of("EUR", DUE, (date(2024, 5, 1), Decimal(10_000)), (date(2024, 7, 20), Decimal(6_000)))


def terms(fixing: Fixing = Fixing.FLOATING, day_count: DayCount = DayCount.ACT_365) -> InterestTerms:
    return InterestTerms("", series="ECB", margin=Decimal(8), fixing=fixing, day_count=day_count)


def flat(percent: str) -> InterestTerms:
    return InterestTerms("", percent=Decimal(percent))


def amounts(stated: InterestStatement) -> list[str]:
    return [str(period.amount) for period in stated.periods]


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        (terms(), "361.16"),
        (terms(day_count=DayCount.ACT_ACT), "360.18"),
        (terms(day_count=DayCount.ACT_360), "366.18"),
        (terms(day_count=DayCount.THIRTY_360), "359.38"),
        (terms(Fixing.AT_DUE), "366.44"),
        (terms(Fixing.AT_PAYMENT), "359.11"),
    ],
)
def test_ten_thousand_paid_107_days_late_comes_out_to_the_cent(asked: InterestTerms, total: str) -> None:
    stated = statement(WHOLE, asked, RATES, PAID)
    assert str(stated.total) == total
    assert sum(period.amount for period in stated.periods) == stated.total
    assert stated.charged_until == PAID


def test_a_part_payment_splits_the_period_and_the_rest_bears_interest_from_the_day_after() -> None:
    stated = statement(IN_PARTS, terms(), RATES, PAID)
    assert [f"{one.first_day} {one.last_day} {one.days} {one.balance} {one.rate}" for one in stated.periods] == [
        "2024-06-01 2024-06-30 30 10000 12.50",
        "2024-07-01 2024-07-20 20 10000 12.25",
        "2024-07-21 2024-09-15 57 6000 12.25",
    ]
    assert (amounts(stated), str(stated.total)) == (["102.74", "67.12", "114.78"], "284.64")


def test_each_part_is_charged_at_the_rate_of_the_day_it_was_paid() -> None:
    claim = Claim.of("EUR", DUE, (DUE, Decimal(10_000)), (date(2024, 6, 20), Decimal(6_000)))
    stated = statement(claim, terms(Fixing.AT_PAYMENT), RATES, PAID)
    assert [f"{one.days} {one.balance} {one.rate}" for one in stated.periods] == ["20 4000 12.50", "107 6000 12.25"]


def test_what_was_paid_and_taken_back_bears_interest_again_from_that_day() -> None:
    back = ((DUE, Decimal(100)), (date(2024, 6, 10), Decimal(0)), (date(2024, 6, 20), Decimal(100)))
    for fixing in Fixing:
        stated = statement(Claim.of("EUR", DUE, *back), terms(fixing), RATES, date(2024, 6, 30))
        assert [one.days for one in stated.periods] == [10, 10]


def test_days_of_the_same_balance_and_rate_are_one_period_whatever_half_years_they_lie_in() -> None:
    same = RateTable(RATES.series, tuple(ReferenceRate("ECB", date(2017, month, 1), Decimal(0)) for month in (1, 7)))
    claim = Claim.of("EUR", date(2017, 5, 31), (date(2017, 5, 1), Decimal(50)), (date(2017, 6, 20), Decimal(50)))
    assert [one.days for one in statement(claim, terms(), same, date(2017, 9, 1)).periods] == [93]


def test_a_day_is_rounded_once_and_not_every_day() -> None:
    claim = Claim.of("GBP", date(2025, 1, 1), (date(2025, 1, 1), Decimal(5_000)))
    assert str(statement(claim, flat("12.25"), RATES, date(2025, 1, 1) + timedelta(101)).total) == "169.49"


def test_old_days_keep_the_old_rate_and_each_rate_of_our_own_holds_until_the_next() -> None:
    own = RateTable(
        {"OWN": OWN},
        (ReferenceRate("OWN", date(2024, 3, 10), Decimal(12)), ReferenceRate("OWN", DUE, Decimal(6))),
    )
    claim = Claim.of("EUR", date(2024, 5, 20), (date(2024, 5, 1), Decimal(3_650)))
    stated = statement(claim, InterestTerms("", series="OWN"), own, date(2024, 6, 10))
    assert [f"{one.days} {one.rate} {one.amount}" for one in stated.periods] == ["10 12 12.00", "11 6 6.60"]


def test_interest_of_a_case_of_another_program(shared: Path) -> None:
    case = json.loads((shared / "cases" / "erp-dun-5.json").read_text(encoding="utf-8"))
    (bill,), paid = case["invoices"], case["payments"][0]
    claim = Claim.of("INR", date.fromisoformat(bill["due"]), (date.min, Decimal(bill["amount"])))
    asked = flat(case["level"]["interest_pct_year"])
    stated = statement(claim, asked, RATES, date.fromisoformat(paid["date"]))
    assert Decimal(bill["amount"]) + Decimal(case["level"]["fee"]) + stated.total == Decimal(paid["amount"])


def test_interest_grows_by_the_day_and_stays_when_the_principal_is_paid() -> None:
    claim = Claim.of("EUR", DUE, (DUE, Decimal(3_650)), (date(2024, 6, 10), Decimal(0)))
    assert [str(statement(claim, flat("10"), RATES, DUE + timedelta(n)).total) for n in (1, 2, 10, 11, 300)] == [
        *("1.00", "2.00", "10.00", "10.00", "10.00"),
    ]


def test_the_second_letter_does_not_charge_the_first_period_again() -> None:
    first = statement(IN_PARTS, terms(), RATES, date(2024, 7, 10))
    again = statement(IN_PARTS, terms(), RATES, date(2024, 7, 10), first.charged_until)
    second = statement(IN_PARTS, terms(), RATES, PAID, first.charged_until)
    assert (again.periods, again.charged_until) == ((), date(2024, 7, 10))
    assert again.total == 0
    assert second.periods[0].first_day == date(2024, 7, 11)
    assert (first.total + second.total, second.charged_until) == (Decimal("284.64"), PAID)
    earlier = statement(IN_PARTS, terms(), RATES, date(2024, 6, 10), first.charged_until)
    assert earlier.total == 0
    assert earlier.charged_until == date(2024, 7, 10)


def test_a_missing_half_year_is_said_and_its_days_are_charged_when_the_rate_has_come() -> None:
    claim = Claim.of("EUR", date(2025, 12, 1), (date(2025, 12, 1), Decimal(1_000)))
    stated = statement(claim, terms(), RATES, date(2026, 2, 1))
    assert (stated.charged_until, [one.days for one in stated.periods]) == (date(2025, 12, 31), [30])
    assert stated.warnings == ("The reference rate “ECB main refinancing rate” for January to June 2026 is missing.",)
    known = RateTable(RATES.series, (*RATES.rates, ReferenceRate("ECB", date(2026, 1, 1), Decimal("2.15"))))
    rest = statement(claim, terms(), known, date(2026, 2, 1), stated.charged_until)
    assert ([one.days for one in rest.periods], rest.warnings) == ([32], ())
    for fixing in (Fixing.AT_PAYMENT, Fixing.AT_DUE):
        late = Claim.of("EUR", date(2026, 1, 10), (date(2025, 12, 1), Decimal(1_000)))
        nothing = statement(late, terms(fixing), RATES, date(2026, 2, 1))
        assert (str(nothing.total), nothing.charged_until, len(nothing.warnings)) == ("0", None, 1)
    paid = Claim.of("EUR", date(2025, 12, 1), (date(2025, 12, 1), Decimal(1_000)), (date(2025, 12, 20), Decimal(0)))
    assert statement(paid, terms(), RATES, date(2026, 2, 1)).warnings == ()


def test_a_table_warns_of_the_half_year_that_is_near() -> None:
    assert RATES.warnings(date(2025, 11, 23)) == ()
    assert RATES.warnings(date(2025, 12, 5)) == ("For January to June 2026 the reference rate is missing: ECB.",)
    assert len(RATES.warnings(date(2026, 6, 20))) == 2


def test_each_instalment_is_a_debt_of_its_own() -> None:
    claim = Claim(
        "EUR",
        (
            Debt(date(2024, 6, 30), ((DUE, Decimal(1_000)), (date(2024, 8, 9), Decimal(0)))),
            Debt(date(2024, 7, 31), ((DUE, Decimal(1_000)),)),
        ),
    )
    assert [one.days for one in statement(claim, flat("10"), RATES, date(2024, 8, 10)).periods] == [40, 10]


def test_a_sum_above_the_reference_rate_is_rounded_up_and_never_below_nothing() -> None:
    belgian = InterestTerms("", series="ECB", margin=Decimal(8), step=Decimal("0.5"))
    assert [belgian.over(Decimal(rate)) for rate in ("3.15", "2.15", "4.50")] == [
        Decimal("11.5"),
        Decimal("10.5"),
        Decimal("12.5"),
    ]
    assert InterestTerms("", series="ECB").over(Decimal("-0.88")) == 0


def test_what_is_too_little_waits_and_what_is_waived_does_not_come_back() -> None:
    one, two = (statement(WHOLE, flat(rate), RATES, DUE + timedelta(9)) for rate in ("1", "2"))
    together = charge([one, two], Decimal(5))
    assert [str(each.total) for each in (one, two, together)] == ["2.47", "4.93", "7.40"]
    assert together.why_not is None
    little = charge([one], Decimal(5))
    assert (str(little.total), str(little.run), little.why_not) == ("0", "2.47", NotCharged.BELOW_MINIMUM)
    assert not little.counts_as_charged
    given_up = waived(together, "  agreed with\nMs Lenoir ")
    assert (str(given_up.total), str(given_up.run), given_up.reason) == ("0", "7.40", "agreed with Ms Lenoir")
    assert given_up.counts_as_charged
    with pytest.raises(RequestError, match="for a reason"):
        waived(together, " ")
    with pytest.raises(RequestError, match="no interest to waive"):
        waived(charge([]), "why not")
    with pytest.raises(RequestError, match="not added up"):
        charge([one, statement(Claim.of("USD", DUE, (DUE, Decimal(1))), flat("1"), RATES, PAID)])


def test_terms_that_are_empty_or_contradict_themselves_are_refused() -> None:
    for percent, series in ((None, ""), (Decimal(5), "ECB"), (Decimal(-1), ""), (Decimal(1001), "")):
        with pytest.raises(RequestError):
            InterestTerms("", percent=percent, series=series)


days = st.dates(date(2023, 12, 1), date(2026, 3, 1))
cents = st.integers(0, 10**9).map(lambda units: Decimal(units) / 100)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """A claim with a balance that goes up and down."""
    changes = sorted(draw(st.sets(days, max_size=5)))
    held = [(date(2023, 11, 1), draw(cents)), *((day, draw(cents)) for day in changes)]
    return Claim(draw(st.sampled_from(["EUR", "JPY", "KWD"])), (Debt(draw(days), tuple(held)),))


conditions = st.builds(
    terms, st.sampled_from([Fixing.FLOATING, Fixing.AT_DUE]), st.sampled_from(list(DayCount))
) | st.builds(flat, st.sampled_from(["0", "4", "18", "9.4375"]))
SMALLEST = {"EUR": Decimal("0.01"), "JPY": Decimal(1), "KWD": Decimal("0.001")}
KNOWN = RateTable(
    RATES.series,
    (
        *RATES.rates,
        ReferenceRate("ECB", date(2023, 7, 1), Decimal(4)),
        ReferenceRate("ECB", date(2026, 1, 1), Decimal("-9")),  # so low that nothing is charged
    ),
)


@settings(max_examples=60, deadline=None)
@given(claims(), conditions, days, days)
def test_parts_come_to_the_whole_and_charging_twice_to_charging_once(
    claim: Claim, asked: InterestTerms, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    whole = statement(claim, asked, KNOWN, last)
    assert sum((period.amount for period in whole.periods), Decimal(0)) == whole.total
    assert whole.total >= 0
    assert all(period.amount >= 0 and period.days >= 0 and period.balance > 0 for period in whole.periods)
    before = statement(claim, asked, KNOWN, first)
    after = statement(claim, asked, KNOWN, last, before.charged_until)
    assert abs(before.total + after.total - whole.total) <= SMALLEST[claim.currency]  # each is rounded once
    if asked.percent == 0 or last <= claim.debts[0].due_date:
        assert whole.total == 0


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(DayCount)), st.lists(st.dates(date(2019, 1, 1), date(2029, 1, 1)), min_size=3, max_size=3))
def test_wherever_a_time_is_cut_its_parts_come_to_the_whole(by: DayCount, some: list[date]) -> None:
    first, middle, last = sorted(some)
    assert year_units(first, middle, by) + year_units(middle, last, by) == year_units(first, last, by)
    assert days_counted(first, middle, by) + days_counted(middle, last, by) == days_counted(first, last, by)
    assert days_counted(last, first, by) == year_units(first, first, by) == 0


def test_a_year_by_the_days_of_each_year_is_one_also_where_it_leaps() -> None:
    assert year_units(date(2023, 12, 31), date(2024, 12, 31), DayCount.ACT_ACT) == YEAR
    assert year_units(date(2023, 6, 30), date(2025, 6, 30), DayCount.ACT_ACT) * 365 * 366 == (
        YEAR * (184 + 181) * 366 + YEAR * 366 * 365
    )
