"""Numbers of a series: prefix, year and digits."""

from datetime import date
from random import Random

import pytest

from duedesk.domain.errors import RequestError
from duedesk.domain.numbering import DEFAULTS, Series, SeriesKind, check_series

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("series", "place", "number", "period"),
    [
        (Series("INV-{year}-"), 1, "INV-2026-00001", "2026"),
        (Series("PAY-", 6), 123, "PAY-000123", ""),
        (Series("", 3), 4567, "4567", ""),
        (Series("{year}/R-", 2), 9, "2026/R-09", "2026"),
    ],
)
def test_a_number_is_written(series: Series, place: int, number: str, period: str) -> None:
    assert series.number(place, DAY) == number
    assert series.period(DAY) == period


def test_a_random_number_has_the_digits_of_its_series() -> None:
    series = Series("R-", 8, SeriesKind.RANDOM)
    drawn = {series.draw(Random(seed), DAY) for seed in range(50)}
    assert len(drawn) == 50
    assert all(len(number) == 10 and number.startswith("R-") for number in drawn)


@pytest.mark.parametrize("series", DEFAULTS.values())
def test_the_series_that_stand_without_being_made_can_be_written(series: Series) -> None:
    check_series(series)


@pytest.mark.parametrize(
    "series",
    [
        Series("INV-", 0),
        Series("INV-", 10),
        Series("x" * 41),
        Series("INV-{month}-"),
        Series("INV-{year}"),
        Series("INV2"),
        Series(" INV-"),
        Series("INV\n-"),
        Series("R-", 3, SeriesKind.RANDOM),
    ],
)
def test_a_series_that_cannot_be_written_is_refused(series: Series) -> None:
    with pytest.raises(RequestError):
        check_series(series)
