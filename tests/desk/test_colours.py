"""Text can be read wherever the desk puts it, in both looks."""

from itertools import pairwise
from math import dist
from operator import mul

import pytest

from duedesk.desk.colours import READABLE, contrast, mix, on_accent, on_tint, pill_colours, readable
from duedesk.resources import Look, LookName, look

LOOKS = [pytest.param(look(name), id=name) for name in LookName]


def test_black_on_white_is_the_most_there_is() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21.0
    assert contrast("#2F6FED", "#2F6FED") == 1.0


def test_mixing_goes_from_one_to_the_other() -> None:
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert mix("#1B2430", "#FFFFFF", 0.5) == "#8D9298"


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("#1B2430", on="#FFFFFF", towards="#000000") == "#1B2430"


def test_a_colour_that_cannot_is_moved_only_as_far_as_needed() -> None:
    moved = readable("#2F6FED", on="#EAF1FE", towards="#1B2430")

    assert moved != "#2F6FED"
    assert READABLE <= contrast(moved, "#EAF1FE") < READABLE + 0.5


def test_where_nothing_helps_the_other_colour_is_taken() -> None:
    assert readable("#FFFFFF", on="#FFFFFF", towards="#FFFFFE") == "#FFFFFE"


@pytest.mark.parametrize("shown", LOOKS)
def test_every_text_of_a_look_can_be_read_where_it_stands(shown: Look) -> None:
    surfaces = (shown.background, shown.panel, shown.hover)
    pairs = [(ink, ground) for ink in (shown.text, shown.quiet_text, shown.overdue) for ground in surfaces]
    pairs += [(shown.text, shown.accent_tint), (shown.overdue, shown.accent_tint)]
    pairs += [(on_tint(shown, shown.accent), shown.accent_tint), (on_accent(shown), shown.accent)]
    pairs += [(on_tint(shown, shown.quiet_text), shown.accent_tint)]
    pairs += [pill_colours(shown, status) for status in ("Not settled", "Partially settled", "Settled")]

    assert [(pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < READABLE] == []


_SEEN_AS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)),
    "no green": ((0.3673, 0.8606, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9690)),
    "no blue": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)),
}
"""What is left of linear red, green and blue to those who see no red, green or blue (Machado and others, 2009)."""

_LEAST_STEP, _LEAST_FROM_NOT_DUE = 5.0, 12.0
"""Steps of CIE lightness between buckets side by side; distance of the first one from what is not due."""


def _lab(colour: str, seen_as: str) -> tuple[float, float, float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    seen = [min(max(sum(map(mul, row, linear)), 0.0), 1.0) for row in _SEEN_AS[seen_as]]
    x, y, z = (
        share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116
        for share in (
            sum(map(mul, row, seen))
            for row in ((0.4339, 0.3762, 0.1899), (0.2127, 0.7152, 0.0722), (0.0178, 0.1095, 0.8727))
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("shown", LOOKS)
@pytest.mark.parametrize("seen_as", _SEEN_AS)
def test_buckets_side_by_side_are_told_apart_by_lightness_up_to_nine(shown: Look, seen_as: str) -> None:
    for count in range(2, 10):
        drawn = [shown.bucket(place, count) for place in range(count)]
        not_due, *late = (_lab(one, seen_as) for one in drawn)
        steps = [before[0] - after[0] for before, after in pairwise(late)]
        assert min(steps, default=_LEAST_STEP) >= _LEAST_STEP, (count, drawn, steps)
        assert min(dist(not_due, one) for one in late[:1]) >= _LEAST_FROM_NOT_DUE
        hottest = [mix(shown.panel, one, 0.38) for one in drawn]  # as the heat of the aging table
        assert [one for one in hottest if contrast(shown.text, one) < READABLE] == [], count
