"""The days of the chart, and what is written below its bars."""

from datetime import date

from duedesk.desk.pages.aging.scenes import days_of_chart, label_of


def test_the_chart_shows_eleven_month_ends_and_the_day_itself() -> None:
    days = days_of_chart(date(2026, 3, 15))

    assert len(days) == 12
    assert (days[0], days[-2], days[-1]) == (date(2025, 4, 30), date(2026, 2, 28), date(2026, 3, 15))


def test_a_month_end_is_the_last_bar_itself() -> None:
    assert days_of_chart(date(2026, 2, 28))[-2:] == (date(2026, 1, 31), date(2026, 2, 28))


def test_bars_are_named_by_month_and_the_year_where_it_begins() -> None:
    days = days_of_chart(date(2026, 3, 15))

    labels = [label_of(day, days) for day in days]

    assert [labels[0], labels[1], labels[9], labels[10], labels[11]] == ["Apr 2025", "May", "Jan 2026", "Feb", "15 Mar"]
