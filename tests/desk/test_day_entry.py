"""Entering a day: the keys that step it, and what is read from what people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.desk.day_entry import KEYS_IN_WORDS, read, step
from duedesk.domain.days import EARLIEST_DAY, LATEST_DAY, in_words

MONDAY = date(2026, 11, 23)
TODAY = date(2027, 1, 5)
DAYS = st.dates(EARLIEST_DAY, LATEST_DAY)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("+", date(2026, 11, 24)),
        ("=", date(2026, 11, 24)),
        ("-", date(2026, 11, 22)),
        ("[", date(2026, 10, 23)),
        ("]", date(2026, 12, 23)),
        ("t", TODAY),
        ("T", TODAY),
        ("m", date(2026, 11, 1)),
        ("h", date(2026, 11, 30)),
        ("y", date(2026, 1, 1)),
        ("r", date(2026, 12, 31)),
        ("w", MONDAY),
        ("k", date(2026, 11, 29)),
    ],
)
def test_one_key_steps_the_day(key: str, expected: date) -> None:
    assert step(key, MONDAY, TODAY) == expected


@pytest.mark.parametrize("key", ["x", "1", "", "Enter", " "])
def test_other_keys_are_typed(key: str) -> None:
    assert step(key, MONDAY, TODAY) is None


def test_a_month_on_from_the_31st_is_its_last_day() -> None:
    assert step("]", date(2026, 1, 31), TODAY) == date(2026, 2, 28)
    assert step("[", date(2024, 3, 31), TODAY) == date(2024, 2, 29)
    assert step("]", date(2026, 12, 31), TODAY) == date(2027, 1, 31)
    assert step("[", date(2026, 1, 15), TODAY) == date(2025, 12, 15)


@given(DAYS, st.sampled_from("+-[]tmhyrwk"))
def test_no_key_leads_out_of_the_calendar(day: date, key: str) -> None:
    stepped = step(key, day, TODAY)

    assert stepped is not None
    assert EARLIEST_DAY <= stepped <= LATEST_DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-05", date(2026, 7, 5)),
        ("2026-7-5", date(2026, 7, 5)),
        ("20260705", date(2026, 7, 5)),
        ("5.7.2026", date(2026, 7, 5)),
        ("05. 07. 26", date(2026, 7, 5)),
        ("5.7.26", date(2026, 7, 5)),
        ("5.7.", date(2026, 7, 5)),
        ("5 Jul 2026", date(2026, 7, 5)),
        ("05 july 26", date(2026, 7, 5)),
        ("5 Jul", date(2026, 7, 5)),
        ("5jul", date(2026, 7, 5)),
        ("15", date(2026, 11, 15)),
        (" 15 ", date(2026, 11, 15)),
        ("31", None),
        ("31 Feb 2026", None),
        ("2026-13-01", None),
        ("07/05/2026", None),
        ("5 Foo 2026", None),
        ("tomorrow", None),
        ("", None),
        ("1 Jan 1969", None),
        ("2200-01-01", None),
    ],
)
def test_what_people_type(text: str, expected: date | None) -> None:
    assert read(text, MONDAY) == expected


@given(DAYS, DAYS)
def test_a_day_is_read_back_as_it_is_shown(day: date, here: date) -> None:
    assert read(in_words(day), here) == day
    assert read(day.isoformat(), here) == day


@given(st.text(max_size=30), DAYS)
def test_nothing_that_is_typed_raises(text: str, here: date) -> None:
    found = read(text, here)

    assert found is None or EARLIEST_DAY <= found <= LATEST_DAY


def test_every_key_that_is_told_of_works() -> None:
    for keys, what in KEYS_IN_WORDS:
        assert what
        if keys != "F4":
            assert all(step(key, MONDAY, TODAY) is not None for key in keys.split())
