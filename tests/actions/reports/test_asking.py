"""What reports are asked by is read from texts: days and periods may be relative, and what is wrong is said."""

from datetime import date

import pytest

from duedesk.actions.reports.asking import day_of, period_of, request_of
from duedesk.actions.reports.registry import made_reports, report_named
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.file import file_name
from duedesk.domain.reports.offered import REPORTS

TODAY = date(2026, 11, 23)


def test_every_report_is_made_and_can_be_asked_for_with_nothing_said() -> None:
    assert made_reports() == tuple(REPORTS.values())
    for report in REPORTS.values():
        asked = request_of(report, {}, TODAY)
        assert asked.as_of == TODAY
        assert (asked.first_day is None) is (report.parameter("period") is None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026-10-05..2026-10-06", date(2026, 10, 5), date(2026, 10, 6)),
        ("THIS_MONTH", date(2026, 11, 1), date(2026, 11, 30)),
        ("LAST_QUARTER", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-11-20", date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_a_period(text: str, first: date, last: date) -> None:
    assert period_of(text, TODAY) == (first, last)


def test_the_month_that_ends_on_the_day_is_over() -> None:
    assert period_of("", date(2026, 10, 31)) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (day_of("LAST_MONTH", TODAY), day_of("", TODAY)) == (date(2026, 10, 31), TODAY)


@pytest.mark.parametrize("text", ["2026-13", "2026-10-06..2026-10-05", "soon", "0000"])
def test_what_is_no_period_is_said(text: str) -> None:
    with pytest.raises(RequestError):
        period_of(text, TODAY)


def test_what_a_report_does_not_take_is_said() -> None:
    with pytest.raises(RequestError, match=r"The report cash takes no --buckets. It takes --period, --as-of"):
        request_of(report_named("cash"), {"buckets": "30"}, TODAY)
    for name, said in (("metrics", {"months": "0"}), ("statement", {"kind": "both"}), ("list", {"object": "Nothing"})):
        with pytest.raises(RequestError):
            request_of(report_named(name), said, TODAY)


def test_a_file_is_named_by_what_it_tells_of() -> None:
    register = request_of(report_named("invoice-register"), {"period": "2026-10"}, TODAY)
    assert file_name(register) == "invoice-register-2026-10-01-to-2026-10-31.xlsx"
    running = request_of(report_named("dunning-log"), {"period": "2026-11"}, TODAY)
    assert file_name(running) == "dunning-log-2026-11-01-until-2026-11-23.xlsx", "November is not over"
    assert file_name(request_of(report_named("open-items"), {}, TODAY), "csv") == "open-items-2026-11-23.csv"
    assert file_name(request_of(report_named("statement"), {}, TODAY)) == "statement-2026-11-23.xlsx"
