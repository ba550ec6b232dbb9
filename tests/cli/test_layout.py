"""Columns stand under each other whatever is in them, and nothing from a record can move the cursor."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from duedesk.cli.layout import Column, aligned, cells, fitted, printable, table

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def test_a_control_character_leaves_a_mark_and_a_line_end_a_space() -> None:
    assert printable("a\x1b[2Jb\x07\nc\td\x9b") == "a\ufffd[2Jb\ufffd c d\ufffd"


def test_what_is_unseen_or_turns_the_line_is_left_out() -> None:
    assert printable("\u202eevil\u202c\u200b\ufeffname\u2028x") == "evilname x"
    assert printable("کتاب\u200cها") == "کتاب\u200cها"  # this one is spelling


@given(ANY_TEXT)
def test_no_text_gets_a_control_character_through(text: str) -> None:
    shown = printable(text)
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in shown)
    assert printable(shown) == shown


def test_wide_characters_take_two_cells_and_marks_none() -> None:
    assert [cells(text) for text in ("Ab", "東京", "e\u0301", "ｱ", "กำ", "😀")] == [2, 4, 1, 1, 2, 2]


@given(ANY_TEXT, st.integers(min_value=1, max_value=30))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cells(fitted(printable(text), width)) <= width


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert fitted("東京商事株式会社", 7) == "東京商…"
    assert fitted("Acme", 4) == "Acme"


def test_figures_stand_flush_right_and_are_never_cut() -> None:
    lines = list(
        table(
            [Column("Name", widest=6), Column("Amount", is_figure=True)], [("東京商事", "1"), ("A", "−12,345,678.90")]
        )
    )
    assert lines == ["Name           Amount", "東京…               1", "A      −12,345,678.90"]


def test_a_list_longer_than_one_look_ahead_stays_in_columns() -> None:
    rows = (("x" * (1 + number // 1500), str(number)) for number in range(3000))
    lines = list(table([Column("Name"), Column("Number", is_figure=True)], rows))
    assert len(lines) == 3001
    assert {len(line) for line in lines} == {12}


def test_pairs_need_no_heading() -> None:
    assert list(aligned([("Total", "1.00"), ("Balance", "0.50")])) == ["Total    1.00", "Balance  0.50"]
    assert list(aligned([])) == []
