"""The scale beside a chart: round steps and short figures."""

from decimal import Decimal

import pytest

from duedesk.charts.scale import scale_for


@pytest.mark.parametrize(
    ("largest", "figures"),
    [
        ("4170000.00", ["0", "1 M", "2 M", "3 M", "4 M"]),
        ("980000", ["0", "0.2 M", "0.4 M", "0.6 M", "0.8 M", "1.0 M"]),
        ("480000", ["0", "100 k", "200 k", "300 k", "400 k"]),
        ("2400000", ["0", "0.5 M", "1.0 M", "1.5 M", "2.0 M"]),
        ("5725.06", ["0", "1,000", "2,000", "3,000", "4,000", "5,000"]),
        ("0.05", ["0", "0.01", "0.02", "0.03", "0.04", "0.05"]),
        ("480000000000000", ["0", "100 tn", "200 tn", "300 tn", "400 tn"]),
        ("0", ["0"]),
    ],
)
def test_figures_are_short_and_share_one_unit(largest: str, figures: list[str]) -> None:
    scale = scale_for(Decimal(largest), "EUR", most_steps=5)

    assert [figure.replace("\u00a0", " ") for figure in scale.figures] == figures
    assert scale.ticks[-1] <= scale.top


def test_yen_have_no_half() -> None:
    assert scale_for(Decimal(2), "JPY", most_steps=5).figures == ("0", "1", "2")
    assert scale_for(Decimal(2), "BHD", most_steps=5).figures == ("0", "0.5", "1.0", "1.5", "2.0")


@pytest.mark.parametrize("most_steps", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("largest", ["1", "1.93", "2.4", "4.9", "9.99", "10", "123456.78"])
def test_there_is_always_a_line_above_nothing(largest: str, most_steps: int) -> None:
    scale = scale_for(Decimal(largest), "EUR", most_steps=most_steps)

    assert 1 <= len(scale.ticks) - 1 <= max(most_steps, 2)
