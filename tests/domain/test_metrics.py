"""The worked figures: each formula gives what was worked out by hand, and nothing where it has no meaning."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from duedesk.domain.aging import AgingRow
from duedesk.domain.metrics import (
    FORMULAS,
    MonthFigures,
    cei,
    concentration,
    countback,
    dso,
    ends_until,
    herfindahl,
    months_before,
    percent,
)

D = Decimal
EXAMPLE = MonthFigures("EUR", date(2026, 1, 30), date(2026, 4, 30), 3, D(100), D(120), D(80), D(300), None)
"""Opening 100, invoiced 300 in ninety days, closing 120 of which 80 are not due yet."""


def tenth(figure: Decimal | None) -> Decimal | None:
    return None if figure is None else figure.quantize(D("0.1"), ROUND_HALF_UP)


def test_dso_and_what_of_it_is_late() -> None:
    assert EXAMPLE.days == 90
    assert (EXAMPLE.dso, EXAMPLE.best_possible_dso, EXAMPLE.average_days_delinquent) == (D(36), D(24), D(12))
    assert tenth(EXAMPLE.percent_current) == D("66.7")


def test_collection_effectiveness_with_and_without_the_months() -> None:
    assert tenth(EXAMPLE.cei) == D("66.7")
    assert cei(D(100), D(300), D(120), D(80)) == D("87.5")


def test_countback_takes_whole_months_off_newest_first() -> None:
    assert tenth(countback(D(120), [(D(60), 30), (D(90), 31)])) == D("50.7")
    assert countback(D(150), [(D(60), 30), (D(90), 31)]) == 61
    assert countback(D(151), [(D(60), 30), (D(90), 31)]) is None
    assert countback(D(0), [(D(60), 30)]) == 0
    assert countback(D(10), [(D(0), 30), (D(20), 31)]) == D("45.5")


def test_where_nothing_was_invoiced_there_is_no_figure() -> None:
    assert dso(D(10), D(0), 30) is None
    assert cei(D(0), D(0), D(0), D(0)) is None
    assert percent(D(0), D(0)) is None
    nothing = MonthFigures("EUR", date(2026, 1, 31), date(2026, 4, 30), 3, D(0), D(0), D(0), D(0), None)
    assert nothing.average_days_delinquent is None


def test_the_largest_have_their_share_and_one_currency_is_not_added_to_another() -> None:
    def row(key: int, amount: int, currency: str = "EUR") -> AgingRow:
        return AgingRow(key, f"Account {key}", currency, (D(0), D(amount)), D(0), D(amount))

    shares = concentration([row(1, 20), row(2, 50), row(3, 30), row(4, 900, "USD"), row(5, 0)], "EUR")
    assert [(one.key, one.percent, one.cumulative) for one in shares] == [
        (2, D(50), D(50)),
        (3, D(30), D(80)),
        (1, D(20), D(100)),
    ]
    assert herfindahl(shares) == 2_500 + 900 + 400


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-11-30", 3, "2026-08-31"), ("2026-11-23", 3, "2026-08-23"), ("2026-05-31", 3, "2026-02-28"),
     ("2026-02-28", 1, "2026-01-31"), ("2026-05-30", 3, "2026-02-28"), ("2026-01-15", 13, "2024-12-15")],
)  # fmt: skip
def test_a_period_of_months_ends_as_the_month_does(day: str, months: int, expected: str) -> None:
    assert months_before(date.fromisoformat(day), months).isoformat() == expected


def test_the_ends_of_months_and_the_day_itself() -> None:
    assert [day.isoformat() for day in ends_until(date(2026, 3, 15), 3)] == ["2026-01-31", "2026-02-28", "2026-03-15"]
    assert all(FORMULAS.values())
