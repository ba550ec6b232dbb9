"""A value as a person types it, read as its field's kind; what stands around it is read elsewhere."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.days import parse_day, parse_moment
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operand, Operator, Value
from duedesk.domain.money import to_units
from duedesk.domain.relative_days import RelativeDays

_LARGEST_WHOLE = 2**63 - 1
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

OF_WORDS = {Kind.ID, Kind.STRING, Kind.TEXTAREA, Kind.PICKLIST, Kind.REFERENCE, Kind.EMAIL, Kind.PHONE, Kind.URL}
"""The kinds of which a part can be looked for."""


def unstorable(text: str) -> int | None:
    """Give the place of the first character that no database keeps in a text; None where there is none."""
    found = _UNSTORABLE.search(text)
    return None if found is None else found.start()


def read_value(field: Field, text: str) -> Value:
    """Read a value as the field's kind, one of a list whatever its case; RequestError where it is none."""
    if field.values:
        for value in field.values:
            if value.casefold() == text.casefold():
                return value
        raise RequestError(f"“{text}” is no value for {field.name}.", f"There are {', '.join(field.values)}.")
    try:
        return _READERS.get(field.kind, str)(text)
    except (InvalidOperation, ValueError):
        raise RequestError(f"“{text}” is no value for {field.name}, which is of type {field.kind}.") from None


def compared(path: str, field: Field, sign: Operator, text: str) -> Condition:
    """Read a comparison with a typed value; a date compared with a moment means that whole day, UTC."""
    if field.kind is not Kind.DATETIME or len(text) != len("2026-11-23"):
        return Compare(path, sign, read_value(field, text))
    first, last = (datetime.combine(parse_day(text), edge, UTC) for edge in (time.min, time.max))
    if sign in {Operator.EQ, Operator.NE}:
        within = All((Compare(path, Operator.GE, first), Compare(path, Operator.LE, last)))
        return within if sign is Operator.EQ else Not(within)
    return Compare(path, sign, first if sign in {Operator.LT, Operator.GE} else last)


def _read_flag(text: str) -> bool:
    flags = {"true": True, "false": False}
    if text.casefold() not in flags:
        raise ValueError(text)
    return flags[text.casefold()]


def _read_amount(text: str) -> Decimal:
    amount = Decimal(text)
    to_units(amount)  # no stored amount could be compared with one that does not fit
    return amount


def _read_whole(text: str) -> int:
    whole = int(text)
    if abs(whole) > _LARGEST_WHOLE:
        raise ValueError(text)
    return whole


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.CURRENCY: _read_amount,
    Kind.DOUBLE: _read_amount,
    Kind.PERCENT: _read_amount,
    Kind.INT: _read_whole,
    Kind.BOOLEAN: _read_flag,
    Kind.DATE: parse_day,
    Kind.DATETIME: parse_moment,
}


def names_days(compare: Compare) -> bool:
    """Tell whether a comparison names days from where the reader stands."""
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    return any(isinstance(value, RelativeDays) for value in values)


def on_the_calendar(compare: Compare, kind: Kind, as_of: date) -> Condition:
    """Say a comparison with days named from where the reader stands by the days of the calendar."""
    if isinstance(compare.value, tuple):
        return _each_on_the_calendar(compare.path, compare.operator, compare.value, kind, as_of)
    if not isinstance(compare.value, RelativeDays):
        return compare
    first, after = compare.value.span(as_of)
    since = Compare(compare.path, Operator.GE, _edge(first, kind))
    until = Compare(compare.path, Operator.LT, _edge(after, kind))
    match compare.operator:
        case Operator.LT:
            return replace(until, value=since.value)
        case Operator.LE:
            return until
        case Operator.GT:
            return replace(since, value=until.value)
        case Operator.GE:
            return since
        case Operator.NE:
            return Not(All((since, until)))
        case _:
            return All((since, until))


def _each_on_the_calendar(
    path: str, operator: Operator, values: Sequence[Operand], kind: Kind, as_of: date
) -> Condition:
    """Say IN by its values one by one, WITHIN by its ends."""
    if operator is Operator.WITHIN:
        ends = zip((Operator.GE, Operator.LE), values, strict=False)
        some = [Compare(path, sign, value) for sign, value in ends if value is not None]
        return All(tuple(on_the_calendar(one, kind, as_of) for one in some))
    each = (Compare(path, Operator.EQ, value) for value in values)
    return AnyOf(tuple(on_the_calendar(one, kind, as_of) for one in each))


def _edge(day: date, kind: Kind) -> date:
    return datetime.combine(day, time.min, UTC) if kind is Kind.DATETIME else day
