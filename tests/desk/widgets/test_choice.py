"""A field of answers gives the value behind the words, or what was typed where that is allowed."""

import pytest
from pytestqt.qtbot import QtBot

from duedesk.desk.widgets.choice import Choice
from duedesk.resources import Look


def test_it_gives_the_value_behind_the_words(qtbot: QtBot, light: Look) -> None:
    field = Choice([("Sequential", 1), ("Random", 2)], 2)
    qtbot.addWidget(field)
    field.show()

    assert (field.currentText(), field.chosen) == ("Random", 2)
    field.choose(1)
    assert field.chosen == 1
    field.choose("of none")
    assert field.chosen == 1
    assert not field.grab().isNull()


@pytest.mark.parametrize(("typed", "given"), [(" Gone abroad ", "Gone abroad"), ("Bad debt", "bad")])
def test_what_is_typed_counts_where_it_may_be(qtbot: QtBot, typed: str, given: str) -> None:
    field = Choice([("Bad debt", "bad")])
    qtbot.addWidget(field)
    field.setEditable(True)
    field.setEditText(typed)
    assert field.chosen == given
