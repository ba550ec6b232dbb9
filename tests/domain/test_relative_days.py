"""Days named from where the reader stands: each name means the days SOQL says, on every day of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError
from duedesk.domain.relative_days import NAMES, nearest_names, parse_relative_days

MONDAY = date(2026, 11, 23)


def days(text: str, as_of: date = MONDAY) -> tuple[str, str]:
    """Give the first and the last day of a span."""
    found = parse_relative_days(text)
    assert found is not None
    first, after = found.span(as_of)
    return first.isoformat(), (after - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("TODAY", "2026-11-23", "2026-11-23"),
        ("YESTERDAY", "2026-11-22", "2026-11-22"),
        ("tomorrow", "2026-11-24", "2026-11-24"),
        ("LAST_WEEK", "2026-11-16", "2026-11-22"),
        ("THIS_WEEK", "2026-11-23", "2026-11-29"),
        ("NEXT_WEEK", "2026-11-30", "2026-12-06"),
        ("LAST_MONTH", "2026-10-01", "2026-10-31"),
        ("THIS_MONTH", "2026-11-01", "2026-11-30"),
        ("NEXT_MONTH", "2026-12-01", "2026-12-31"),
        ("LAST_90_DAYS", "2026-08-25", "2026-11-23"),
        ("NEXT_90_DAYS", "2026-11-24", "2027-02-21"),
        ("LAST_N_DAYS:1", "2026-11-22", "2026-11-23"),
        ("LAST_N_DAYS:0", "2026-11-23", "2026-11-23"),
        ("NEXT_N_DAYS:3", "2026-11-24", "2026-11-26"),
        ("N_DAYS_AGO:30", "2026-10-24", "2026-10-24"),
        ("LAST_N_WEEKS:2", "2026-11-09", "2026-11-22"),
        ("NEXT_N_WEEKS:1", "2026-11-30", "2026-12-06"),
        ("N_WEEKS_AGO:1", "2026-11-16", "2026-11-22"),
        ("LAST_N_MONTHS:12", "2025-11-01", "2026-10-31"),
        ("NEXT_N_MONTHS:2", "2026-12-01", "2027-01-31"),
        ("N_MONTHS_AGO:11", "2025-12-01", "2025-12-31"),
        ("THIS_QUARTER", "2026-10-01", "2026-12-31"),
        ("LAST_QUARTER", "2026-07-01", "2026-09-30"),
        ("NEXT_QUARTER", "2027-01-01", "2027-03-31"),
        ("LAST_N_QUARTERS:4", "2025-10-01", "2026-09-30"),
        ("THIS_YEAR", "2026-01-01", "2026-12-31"),
        ("LAST_YEAR", "2025-01-01", "2025-12-31"),
        ("NEXT_N_YEARS:2", "2027-01-01", "2028-12-31"),
        ("THIS_FISCAL_QUARTER", "2026-10-01", "2026-12-31"),
        ("LAST_FISCAL_YEAR", "2025-01-01", "2025-12-31"),
        ("N_FISCAL_YEARS_AGO:1", "2025-01-01", "2025-12-31"),
    ],
)
def test_each_name_means_its_days(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


def test_months_are_counted_from_the_ends_of_months_too() -> None:
    assert days("LAST_MONTH", date(2026, 3, 31)) == ("2026-02-01", "2026-02-28")
    assert days("NEXT_MONTH", date(2027, 1, 31)) == ("2027-02-01", "2027-02-28")
    assert days("LAST_QUARTER", date(2026, 1, 1)) == ("2025-10-01", "2025-12-31")
    assert days("THIS_WEEK", date(2026, 11, 29)) == ("2026-11-23", "2026-11-29"), "a Sunday ends its week"


@pytest.mark.parametrize("text", ["", "NOW", "LAST_DAY", "LAST_N_DAYS", "LAST_N_DAYS:", "LAST_N_DAYS:-1", "TODAY:1"])
def test_what_is_no_name_is_none(text: str) -> None:
    assert parse_relative_days(text) is None


def test_a_number_beyond_every_calendar_is_refused() -> None:
    with pytest.raises(RequestError, match="LAST_N_DAYS:999999999999 is out of range"):
        parse_relative_days("LAST_N_DAYS:999999999999")


def test_a_slip_of_the_pen_is_answered_with_the_nearest() -> None:
    assert "TODAY" in nearest_names("TODAYS")
    assert "LAST_MONTH" in nearest_names("last_moth")
    assert nearest_names("Posted") == ""


@given(st.sampled_from(NAMES.split(" | ")), st.integers(0, 99_999), st.dates())
def test_every_name_has_days_on_every_day(name: str, number: int, as_of: date) -> None:
    found = parse_relative_days(name.replace(":n", f":{number}"))
    assert found is not None
    first, after = found.span(as_of)
    assert first <= after


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_last_this_and_next_follow_each_other_without_a_gap(as_of: date) -> None:
    for unit in ("WEEK", "MONTH", "QUARTER", "YEAR"):
        last, this, next_ = (parse_relative_days(f"{which}_{unit}") for which in ("LAST", "THIS", "NEXT"))
        assert last is not None
        assert this is not None
        assert next_ is not None
        assert last.span(as_of)[1] == this.span(as_of)[0]
        assert this.span(as_of)[0] <= as_of < this.span(as_of)[1] == next_.span(as_of)[0]
