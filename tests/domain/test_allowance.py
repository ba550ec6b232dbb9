"""The provision matrix: the worked example of IFRS 9, rates for other buckets, and rates out of a book's own past."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.domain.aging import Buckets
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.allowance import DEFAULT_RATES, LossHistory, LossRates, allowance, history_days

D = Decimal


def test_the_illustrative_example_of_the_standard() -> None:
    gross = tuple(map(D, (15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000)))

    assert allowance(gross, DEFAULT_RATES.of(Buckets())) == 580_000


def test_a_bucket_has_the_rate_of_its_first_day() -> None:
    assert DEFAULT_RATES.of(Buckets((15, 45, 120))) == tuple(map(D, ("0.3", "1.6", "1.6", "3.6", "10.6")))
    assert LossRates.parse(str(DEFAULT_RATES)) == DEFAULT_RATES


@pytest.mark.parametrize("wrong", ["", "1:2", "0:1,0:2", "0:1,30:101", "0:-1", "0:nan", "0:0.00001", "x:1", "0:1;2"])
def test_rates_that_are_none_are_refused(wrong: str) -> None:
    with pytest.raises(RequestError):
        LossRates.parse(wrong)


def test_what_was_lost_before_is_a_rate_and_where_nothing_was_open_another_holds() -> None:
    past = LossHistory("EUR", (D(3_000), D(0), D(100)), (D(1), D(0), D(120)))

    assert past.rates_or((D(1), D(2), D(3))) == (D("0.0333"), D(2), D(100))


def test_items_are_followed_for_a_year_at_least() -> None:
    days = history_days(date(2026, 11, 23))

    assert (len(days), days[0], days[-1]) == (12, date(2024, 11, 30), date(2025, 10, 31))
