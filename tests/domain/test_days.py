"""Days and moments as text, read and written; no clock is asked."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.days import EARLIEST_DAY, LATEST_DAY, in_words, parse_day, parse_moment, write_moment
from duedesk.domain.errors import RequestError

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(st.dates())
def test_a_day_reads_back_as_it_was_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23.11.2026",
        "11/23/2026",
        "2026-11-31",
        "2026-02-29",
        "2026-13-01",
        "20261123",
        "2026-W48-1",
        "2026-W48",
        "2026-11-23 ",
        " 2026-11-2",
        "2026-11-23T00:00",
        "26-11-23",
        "0000-01-01",
        "20200145.0",
        "２０２６-11-23",
        "today",
    ],
)
def test_anything_but_an_iso_day_is_refused_with_the_text_and_what_to_write(text: str) -> None:
    with pytest.raises(RequestError) as refused:
        parse_day(text)
    assert refused.value.message == f"“{text}” is not a date."
    assert refused.value.hint == "Write it as year-month-day: 2026-11-23."


def test_a_bare_day_means_all_that_was_known_by_its_end() -> None:
    assert parse_moment("2026-03-31") == datetime(2026, 3, 31, 23, 59, 59, 999999, UTC)


def test_a_moment_is_brought_to_utc() -> None:
    assert parse_moment("2026-11-23T17:30+01:00") == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert parse_moment("2026-11-23T17:30+01:00").tzinfo is UTC
    assert parse_moment("2026-11-23T17:30Z") == datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


def test_a_moment_that_names_no_zone_is_in_utc() -> None:
    assert parse_moment("2026-11-23T17:30") == datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-11-23T25:00", "2026-11-23 half five", "0001-01-01T00:00+14:00"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is not a date or a moment") as refused:
        parse_moment(text)
    assert "2026-11-23T17:30+01:00" in refused.value.hint


def test_ten_characters_that_are_no_day_are_refused_as_a_day() -> None:
    with pytest.raises(RequestError, match="“2026-11-31” is not a date"):
        parse_moment("2026-11-31")


def test_a_moment_is_written_in_utc_with_all_its_digits() -> None:
    berlin = timezone(timedelta(hours=1))
    assert write_moment(datetime(2026, 11, 23, 17, 30, tzinfo=berlin)) == "2026-11-23T16:30:00.000000Z"
    assert write_moment(datetime(999, 1, 2, tzinfo=UTC)) == "0999-01-02T00:00:00.000000Z"


@given(MOMENTS)
def test_a_moment_reads_back_as_it_was_written(moment: datetime) -> None:
    assert parse_moment(write_moment(moment)) == moment


@given(st.lists(MOMENTS, min_size=2, max_size=5))
def test_the_text_of_moments_sorts_as_time_does(moments: list[datetime]) -> None:
    assert sorted(map(write_moment, moments)) == list(map(write_moment, sorted(moments)))


def test_people_read_the_month_by_its_name() -> None:
    assert in_words(date(2026, 11, 23)) == "23 Nov 2026"
    assert in_words(date(2024, 2, 29)) == "29 Feb 2024"
    assert in_words(date(2026, 1, 5)) == "05 Jan 2026"
    assert len({in_words(date(2026, month, 1)) for month in range(1, 13)}) == 12


def test_ledgers_lie_between_the_earliest_and_the_latest_day() -> None:
    assert EARLIEST_DAY < date(2012, 1, 3) < date(2026, 11, 23) < LATEST_DAY
