"""What a report is asked by, from the texts that a person typed or a saved report keeps; it makes no report."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from duedesk.domain.aging import Basis, Buckets
from duedesk.domain.currencies import is_currency
from duedesk.domain.days import on_calendar, parse_day, parse_moment
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.grouping import grouping
from duedesk.domain.objects import CATALOG
from duedesk.domain.relative_days import parse_relative_days
from duedesk.domain.reports.offered import YES, Parameter, ParameterKind, Report, ReportRequest
from duedesk.language.conditions import parse_condition, parse_order

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_MOST = 9_999
_SAID_BY_FIELDS = {"as-of", "period", "known-on", "currency", "account", "buckets", "basis", "one-sheet-per", "where"}
"""Parameters that have a field of their own in a request; all others are its options."""


def request_of(report: Report, said: Mapping[str, str], today: date) -> ReportRequest:
    """Read what was said of a report's parameters, by name; RequestError says what is wrong with it.

    What was left out or is empty has the parameter's default. Days may be relative (TODAY, LAST_MONTH), so that a
    report that is kept means other days each time.
    """
    for name in said:
        if report.parameter(name) is None:
            offered = ", ".join(f"--{one.name}" for one in report.parameters)
            raise RequestError(f"The report {report.name} takes no --{name}.", f"It takes {offered}.")
    texts = {one.name: said.get(one.name, "").strip() or one.default for one in report.parameters}
    as_of = on_calendar(day_of(texts.get("as-of", ""), today))
    options = {one.name: _checked(one, texts[one.name]) for one in report.parameters if one.name not in _SAID_BY_FIELDS}
    request = ReportRequest(
        report.name,
        as_of,
        known_on=parse_moment(texts["known-on"]) if texts.get("known-on") else None,
        currency=_currency(texts["currency"]) if texts.get("currency") else None,
        accounts=tuple(filter(None, (one.strip() for one in texts.get("account", "").split("\n")))),
        basis=Basis(_choice(report.parameter("basis"), texts.get("basis", "")) or Basis.DUE),
        one_sheet_per=_choice(report.parameter("one-sheet-per"), texts.get("one-sheet-per", "")),
        options={name: text for name, text in options.items() if text},
    )
    if texts.get("buckets"):
        request = replace(request, buckets=Buckets.parse(texts["buckets"]))
    if report.parameter("period") is not None:
        first, last = period_of(texts["period"], as_of)
        request = replace(request, first_day=on_calendar(first), last_day=on_calendar(last))
    return _with_list(request, texts) if report.parameter("where") is not None else request


def day_of(text: str, today: date) -> date:
    """Read a day: an ISO date, or a relative one, of which it is the last day; the empty text is today."""
    relative = parse_relative_days(text) if text else None
    if relative is not None:
        return relative.span(today)[1] - timedelta(days=1)
    return parse_day(text) if text else today


def period_of(text: str, as_of: date) -> tuple[date, date]:
    """Read a period and give its first and last day; the empty text is the last month that is over on `as_of`."""
    if not text:
        behind = as_of + timedelta(days=1)
        last = behind.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    relative = parse_relative_days(text)
    if relative is not None:
        first, after = relative.span(as_of)
        return first, after - timedelta(days=1)
    if ".." in text:
        start, _, end = text.partition("..")
        first, last = parse_day(start.strip()), parse_day(end.strip())
        if last < first:
            raise RequestError(f"The period {text} ends before it begins.", "Give its first day first.")
        return first, last
    if found := _MONTH.fullmatch(text):
        return _months(text, int(found[1]), int(found[2]), 1)
    if found := _QUARTER.fullmatch(text):
        return _months(text, int(found[1]), int(found[2]) * 3 - 2, 3)
    if _YEAR.fullmatch(text):
        return _months(text, int(text), 1, 12)
    day = parse_day(text)
    return day, day


def _months(text: str, year: int, month: int, count: int) -> tuple[date, date]:
    if year < 1 or not 1 <= month <= 12:
        raise RequestError(f"“{text}” is no month.", "Write it as 2026-10.")
    end = month + count - 1
    return date(year, month, 1), date(year, end, monthrange(year, end)[1])


def _with_list(request: ReportRequest, texts: Mapping[str, str]) -> ReportRequest:
    object_name = CATALOG.object(texts.get("object") or "Invoice").name
    asked = Filter(
        request.as_of,
        object_name,
        where=parse_condition(texts["where"], CATALOG, object_name) if texts["where"] else None,
        search=texts.get("search", ""),
        known_on=request.known_on,
        order_by=parse_order(texts["order-by"], CATALOG, object_name) if texts.get("order-by") else (),
    )
    columns = tuple(filter(None, (one.strip() for one in texts.get("columns", "").split(","))))
    for path in columns:
        CATALOG.follow(object_name, path)
    return replace(request, where=asked, columns=columns)


def _checked(parameter: Parameter, text: str) -> str:
    """Give the text of an option, spelt as reports expect it; RequestError where it is none of its kind."""
    match parameter.kind:
        case _ if not text:
            return ""
        case ParameterKind.CURRENCY:
            return _currency(text)
        case ParameterKind.CHOICE:
            return _choice(parameter, text)
        case ParameterKind.FLAG:
            return _choice(replace(parameter, choices=(YES, "no")), text)
        case ParameterKind.COUNT:
            if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST):
                raise RequestError(f"--{parameter.name} {text} is no number.", f"Give one from 1 to {_MOST:,}.")
        case ParameterKind.GROUPING:
            grouping(text)
    return text


def _choice(parameter: Parameter | None, text: str) -> str:
    if parameter is not None and text and text not in parameter.choices:
        offered = " or ".join(parameter.choices)
        raise RequestError(f"--{parameter.name} cannot be “{text}”.", f"Give {offered}.")
    return text


def _currency(text: str) -> str:
    code = text.upper()
    if not is_currency(code):
        raise RequestError(f"“{text}” is no currency.", "Write its code of three letters: USD.")
    return code
