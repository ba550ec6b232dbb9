"""What was said of a report's parameters in the words of its form: labels for fields, days as days; it asks nothing."""

from collections.abc import Mapping
from functools import cache

from duedesk.desk import format as written
from duedesk.desk.filtering.words import said as condition_words
from duedesk.desk.pages.reports.fields import OF_AN_OBJECT
from duedesk.desk.pages.reports.time_words import known_said, period_in_words
from duedesk.domain.days import parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import grouping, in_words, lowered
from duedesk.domain.listed import list_columns
from duedesk.domain.objects import CATALOG
from duedesk.domain.reports.offered import OF_A_DAY, REPORTS, YES, Parameter, ParameterKind, ReportName
from duedesk.domain.reports.saved import said_in_words
from duedesk.language.conditions import parse_condition, parse_order

_MOST_NAMED = 4
"""Columns that are named; how many there are is said of more."""


def asked_in_words(name: ReportName, said: Mapping[str, str], day: str = "") -> str:
    """Say how a report was asked for: `as of 23 Nov 2026, by country and payment term`; nothing where as it comes.

    `day` is the day it stood on, where it is to be said in place of what was said of it.
    """
    report, of = REPORTS[name], said.get("object") or "Invoice"
    of_a_day = name is ReportName.STATEMENT and said.get("kind", OF_A_DAY) == OF_A_DAY
    parts = [f"as of {day_in_words(day)}"] if day else []
    for parameter in report.parameters:
        text = said.get(parameter.name, "")
        if parameter.kind is ParameterKind.PERIOD and day and not of_a_day:
            parts.insert(0, _period(parameter, text, day))
        elif text and not (day and parameter.name == "as-of"):
            parts.append(_one(parameter, text, of))
    return ", ".join(parts)


@cache
def _one(parameter: Parameter, text: str, object_name: str) -> str:
    label = lowered(parameter.label)
    try:
        if parameter.kind in OF_AN_OBJECT:
            return _of_fields(parameter.kind, text, object_name)
        match parameter.kind:
            case ParameterKind.FLAG:
                return label if text == YES else f"not {label}"
            case ParameterKind.GROUPING:
                return f"by {in_words(grouping(text))}"
            case ParameterKind.OBJECT:
                return CATALOG.object(text).plural.lower()
            case ParameterKind.DAY if text[:4].isdigit():
                return f"{label} {day_in_words(text)}"
            case ParameterKind.MOMENT:
                return f"{label} {known_said(text)}"
            case _:
                return f"{label} {said_in_words({parameter.name: text}).removeprefix(parameter.name).strip()}"
    except RequestError:  # what can no more be read is said as it was typed
        return f"{label} {text}"


def _period(parameter: Parameter, text: str, day: str) -> str:
    try:
        return period_in_words(text, parse_day(day))
    except RequestError:
        return _one(parameter, text, "Invoice")


def _of_fields(kind: ParameterKind, text: str, object_name: str) -> str:
    if kind is ParameterKind.CONDITION:
        return condition_words(parse_condition(text, CATALOG, object_name), {}, object_name)
    if kind is ParameterKind.ORDER:
        orders = parse_order(text, CATALOG, object_name)
        return f"ordered by {' and '.join(_ordered(object_name, one.path) for one in orders)}"
    paths = text.split(",")
    if len(paths) > _MOST_NAMED:
        return f"{len(paths)} columns"
    return f"columns {' and '.join(_ordered(object_name, path) for path in paths)}"


def _ordered(object_name: str, path: str) -> str:
    return lowered(list_columns(object_name, [path])[0].heading)


def day_in_words(text: str) -> str:
    """Say a day that was said; what is none as it was typed."""
    try:
        return written.day(parse_day(text))
    except RequestError:
        return text
