"""Conditions and groups worked out record by record in plain Python: what the database must find, said another way."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operator
from duedesk.domain.query import Function, Term
from duedesk.domain.relative_days import RelativeDays

Record = Mapping[str, Any]

_TENTH = Decimal("0.0001")


def holds(condition: Condition | None, record: Record, as_of: date) -> bool:
    """Tell whether a condition holds of a record; a comparison with nothing does not, its opposite does."""
    match condition:
        case None:
            return True
        case All(parts):
            return all(holds(part, record, as_of) for part in parts)
        case AnyOf(parts):
            return any(holds(part, record, as_of) for part in parts)
        case Not(part):
            return not holds(part, record, as_of)
        case Compare(path, Operator.IN, tuple() as values):
            return any(_holds(record[path], Operator.EQ, value, as_of) for value in values)
        case Compare(path, operator, value):
            return _holds(record[path], operator, value, as_of)


def _holds(held: Any, operator: Operator, value: Any, as_of: date) -> bool:
    if isinstance(value, RelativeDays):
        first, after = value.span(as_of)
        if isinstance(held, datetime):
            first, after = (datetime.combine(day, time.min, UTC) for day in (first, after))
        if held is None:
            return operator is Operator.NE
        within: dict[Operator, bool] = {
            Operator.EQ: first <= held < after,
            Operator.NE: not first <= held < after,
            Operator.LT: held < first,
            Operator.LE: held < after,
            Operator.GT: held >= after,
            Operator.GE: held >= first,
        }
        return within[operator]
    if value is None or held is None:
        return {Operator.EQ: held is value, Operator.NE: held is not value}.get(operator, False)
    if operator is Operator.LIKE:
        pattern = re.escape(value).replace("%", ".*").replace("_", ".")
        return re.fullmatch(pattern, held, re.IGNORECASE | re.DOTALL) is not None
    if isinstance(held, str) and operator in {Operator.EQ, Operator.NE}:
        held, value = held.lower(), value.lower()
    return _SIGNS[operator](held, value)


_SIGNS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: lambda held, value: held == value,
    Operator.NE: lambda held, value: held != value,
    Operator.LT: lambda held, value: held < value,
    Operator.LE: lambda held, value: held <= value,
    Operator.GT: lambda held, value: held > value,
    Operator.GE: lambda held, value: held >= value,
}


def worked_out(term: Term, records: Sequence[Record]) -> Any:
    """Give what a term says of the records of one group."""
    held = [record[term.path] for record in records if term.path and record[term.path] is not None]
    made: dict[Function | None, Callable[[], Any]] = {
        Function.COUNT: lambda: len(held) if term.path else len(records),
        Function.COUNT_DISTINCT: lambda: len(set(held)),
        Function.SUM: lambda: sum(held) if held else None,
        Function.AVG: lambda: (Decimal(sum(held)) / len(held)).quantize(_TENTH, ROUND_HALF_UP) if held else None,
        Function.MIN: lambda: min(held, default=None),
        Function.MAX: lambda: max(held, default=None),
        Function.CALENDAR_YEAR: lambda: held[0].year if held else None,
        Function.CALENDAR_QUARTER: lambda: (held[0].month + 2) // 3 if held else None,
        Function.CALENDAR_MONTH: lambda: held[0].month if held else None,
        None: lambda: held[0] if held else None,
    }
    return made[term.function]()


def grouped(records: Iterable[Record], by: Sequence[Term]) -> list[list[Record]]:
    """Give the records in groups of those that agree in the given terms."""
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for record in records:
        groups.setdefault(tuple(worked_out(term, [record]) for term in by), []).append(record)
    return list(groups.values())
