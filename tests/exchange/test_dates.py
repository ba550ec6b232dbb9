"""How dates are written, what a column proves of their order, and what has to be asked."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError, Severity
from duedesk.exchange.cells import Broken, Figure, Moment, Truth
from duedesk.exchange.dates import DateStyle, DayOrder, OrderEvidence, parse_style, read_day, read_moment
from duedesk.exchange.faults import Unreadable

LATEST = date(2036, 11, 23)
SNIFFED = DateStyle()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-04", "2026-02-04"),
        ("2026/2/4", "2026-02-04"),
        ("20260204", "2026-02-04"),
        ("04.02.2026", "2026-02-04"),
        ("4. 2. 2026", "2026-02-04"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("03/03/2026", "2026-03-03"),
        ("04-FEB-2026", "2026-02-04"),
        ("4 February 2026", "2026-02-04"),
        ("Feb 4, 2026", "2026-02-04"),
        ("2026-02-04T00:00:00.000Z", "2026-02-04"),
        ("2026-02-04 23:59", "2026-02-04"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_nobody_can_mistake(text: str, day: str) -> None:
    read = read_day(text, SNIFFED, LATEST)
    assert read is not None
    assert read.day.isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-29",
        "31/02/2026",
        "13/13/2026",
        "00.00.0000",
        "0000-00-00",
        "2026-W06-3",
        "20200145.0",
        "20260230",
        "２０２６-02-04",
        "2026-02",
        "tomorrow",
        "60",
        "1770000000",
        "2026-02-04x",
        "32.01.2026",
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(Unreadable, match="is no date"):
        read_day(text, SNIFFED, LATEST)


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "9999-12-31", "2099-01-01", "01.01.1900"])
def test_dates_outside_the_calendar_of_a_ledger(text: str) -> None:
    with pytest.raises(Unreadable, match="outside the dates allowed"):
        read_day(text, SNIFFED, LATEST)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("01/02/2026", "2026-02-01 or 2026-01-02"),
        ("1-2-2026", "2026-02-01 or 2026-01-02"),
        ("01/02/26", "1926-02-01"),
        ("05.02.26", "1926-02-05 or 2026-02-05"),
        ("4-Feb-26", "1926 or 2026"),
        ("46057", "2026-02-04"),
    ],
)
def test_what_is_asked_shows_the_answers(text: str, shown: str) -> None:
    with pytest.raises(Unreadable, match=shown) as asked:
        read_day(text, SNIFFED, LATEST)
    assert asked.value.severity is Severity.QUESTION
    assert "--dates" in asked.value.remedy


def test_a_date_that_went_through_a_decimal_number_is_noted() -> None:
    read = read_day("20200126.0", SNIFFED, LATEST)
    assert read is not None
    assert read.day == date(2020, 1, 26)
    assert "20200126.0" in read.note


def test_what_the_user_says_decides() -> None:
    us = parse_style("%m/%d/%Y")
    assert read_day("1/2/2013", us, LATEST).day == date(2013, 1, 2)  # type: ignore[union-attr]
    assert read_day("2013-01-02", us, LATEST).day == date(2013, 1, 2)  # type: ignore[union-attr]
    with pytest.raises(Unreadable, match="no date written as %m/%d/%Y"):
        read_day("25/12/2013", us, LATEST)
    assert read_day("01/02/2026", parse_style("day-first"), LATEST).day == date(2026, 2, 1)  # type: ignore[union-attr]
    assert read_day("01/02/2026", parse_style("Month-First"), LATEST).day == date(2026, 1, 2)  # type: ignore[union-attr]
    assert read_day("46057", parse_style("excel"), LATEST).day == date(2026, 2, 4)  # type: ignore[union-attr]
    assert read_day("05.02.26", parse_style("%d.%m.%y"), LATEST).day == date(2026, 2, 5)  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["", "%", "dd.mm.yyyy", "%d", "%H:%M", "sideways"])
def test_a_pattern_that_makes_no_day_is_refused(said: str) -> None:
    with pytest.raises(RequestError, match="does not say how a date is written"):
        parse_style(said)


def test_cells_of_a_spreadsheet() -> None:
    day = read_day(Moment(datetime(2026, 1, 5)), SNIFFED, LATEST)  # noqa: DTZ001
    assert day is not None
    assert day.day == date(2026, 1, 5)
    with pytest.raises(Unreadable, match="2026-01-05") as asked:
        read_day(Figure("46027"), SNIFFED, LATEST)
    assert asked.value.severity is Severity.QUESTION
    assert read_day(Figure("20260204"), SNIFFED, LATEST).day == date(2026, 2, 4)  # type: ignore[union-attr]
    with pytest.raises(Unreadable, match="no date"):
        read_day(Figure("60"), SNIFFED, LATEST)
    with pytest.raises(Unreadable, match="no date"):
        read_day(Truth(value=False), SNIFFED, LATEST)
    with pytest.raises(Unreadable, match="error"):
        read_day(Broken("#N/A", "is an error of the spreadsheet"), SNIFFED, LATEST)


def test_a_workbook_of_1904_counts_four_years_later() -> None:
    style = DateStyle(is_counted=True, counts_from_1904=True)
    assert read_day(Figure("44595"), style, LATEST).day == date(2026, 2, 4)  # type: ignore[union-attr]


def test_moments() -> None:
    assert read_moment("2024-01-05T10:11:12.000+0000", SNIFFED, LATEST) == datetime(2024, 1, 5, 10, 11, 12, tzinfo=UTC)
    assert read_moment("2024-01-05T10:11:12+02:00", SNIFFED, LATEST) == datetime(2024, 1, 5, 8, 11, 12, tzinfo=UTC)
    assert read_moment("05.01.2024", SNIFFED, LATEST) == datetime(2024, 1, 5, tzinfo=UTC)
    assert read_moment("", SNIFFED, LATEST) is None
    with pytest.raises(Unreadable):
        read_moment("2024-01-05T99:11:12", SNIFFED, LATEST)


def test_one_value_proves_the_order_of_its_column() -> None:
    column = OrderEvidence()
    for row, text in enumerate(("01/02/2026", "03/03/2026", "no date", "25/12/2026"), 2):
        column.see(row, text)
    assert column.order is DayOrder.DAY_FIRST
    assert column.open == (2, "01/02/2026")


def test_a_column_of_both_orders_proves_neither() -> None:
    column = OrderEvidence()
    column.see(2, "25/12/2026")
    column.see(3, "12/25/2026")
    assert column.order is None
    assert column.day_first == (2, "25/12/2026")
    assert column.month_first == (3, "12/25/2026")


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_has_its_sentence(text: str) -> None:
    for style in (SNIFFED, DateStyle(order=DayOrder.DAY_FIRST), DateStyle(is_counted=True), DateStyle(("%m/%d/%Y",))):
        for read in (read_day, read_moment):
            with suppress(Unreadable):
                read(text, style, LATEST)


@given(st.dates(date(1970, 1, 1), date(2036, 11, 23)))
def test_what_is_written_is_read(day: date) -> None:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d-%b-%Y"):
        read = read_day(day.strftime(pattern), SNIFFED, LATEST)
        assert read is not None
        assert read.day == day
