"""Text can be read wherever the desk puts it, in both looks."""

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
