"""Comparisons of a column with a value in SQL, and many of them side by side; which column it is, is said elsewhere."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, func, or_, true

from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import AnyOf, Compare, Condition, Operand, Operator
from duedesk.store.queries.lists.free_text import Way, matches
from duedesk.store.search_index import COLUMNS

Expression = ColumnElement[Any]

_EXACT = {Operator.EQ, Operator.NE, Operator.IN}
OF_PARENTS = {Operator.EQ, Operator.IN, Operator.LIKE}
"""What is asked of a parent before its children are looked for."""

_WRITTEN = {Kind.STRING, Kind.TEXTAREA, Kind.EMAIL, Kind.PHONE, Kind.URL}
"""Kinds that people write in large and small letters as they please."""

_MOST_PARTS, _BUNDLE = 1_000, 50

_LOOKED_UP = 20
"""Numbers that are looked up one by one; for more of them all rows are read once."""

_SIGNS: dict[Operator, Callable[[Expression, Operand | tuple[Operand, ...]], ColumnElement[bool]]] = {
    Operator.EQ: lambda column, value: column == value,
    Operator.NE: lambda column, value: column.is_distinct_from(value),
    Operator.LT: lambda column, value: column < value,
    Operator.LE: lambda column, value: column <= value,
    Operator.GT: lambda column, value: column > value,
    Operator.GE: lambda column, value: column >= value,
}


def compared(column: Expression, compare: Compare, field: Field) -> ColumnElement[bool]:
    """Compare what a field holds with a value; text is the same whatever its case, as it is for LIKE."""
    value, operator = compare.value, compare.operator
    if operator is Operator.WITHIN:
        least, most = limits(compare)
        above = true() if least is None else column >= least
        return and_(column.is_not(None), above, true() if most is None else column <= most)
    if operator is Operator.LIKE:
        return column.ilike(str(value), escape="\\")
    if operator in _EXACT and value is not None:
        column, value = _whatever_its_case(column, value, field)
    if operator is Operator.IN:
        return column.in_(value if isinstance(value, tuple) else (value,))
    return _SIGNS[operator](column, value)


def _whatever_its_case(
    column: Expression, value: Operand | tuple[Operand, ...], field: Field
) -> tuple[Expression, Any]:
    values = value if isinstance(value, tuple) else (value,)
    if field.name == "CurrencyIsoCode":
        made: tuple[Any, ...] = tuple(one.upper() if isinstance(one, str) else one for one in values)
    elif field.kind in _WRITTEN:
        column, made = func.lower(column), tuple(map(_small, values))
    else:
        return column, value
    return column, made if isinstance(value, tuple) else made[0]


def _small(value: Operand) -> Any:
    """Give a text in small letters, as the database makes them."""
    if not isinstance(value, str):
        return value
    return value.lower() if value.isascii() else func.lower(value)


def side_by_side(join: Callable[..., ColumnElement[bool]], parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Join conditions by AND or OR, many of them in bundles, so that no database finds them nested too deep."""
    if len(parts) <= _BUNDLE:
        return join(*parts)
    bundles = [parts[at : at + _BUNDLE] for at in range(0, len(parts), _BUNDLE)]
    # Brackets alone are taken away again on the way to the database.
    return join(*(func.coalesce(join(*bundle), false()) for bundle in bundles))


def check_length(parts: Sequence[Condition]) -> None:
    """RequestError where a condition has more parts side by side than anybody would write."""
    if len(parts) > _MOST_PARTS:
        raise RequestError(
            f"The condition has {len(parts):,} parts side by side, and at most {_MOST_PARTS:,} can be asked at once.",
            "Write many values of one field as IN (...).",
        )


def gathered(condition: Condition) -> Condition:
    """Say a long row of “this field is that” as the field being one of them."""
    if not isinstance(condition, AnyOf) or len(condition.parts) <= _BUNDLE:
        return condition
    values: dict[str, list[Operand]] = {}
    others: list[Condition] = []
    for part in condition.parts:
        match part:
            case Compare(path, Operator.EQ, str() | int() | Decimal() as value):
                values.setdefault(path, []).append(value)
            case _:
                others.append(part)
    return AnyOf((*(Compare(path, Operator.IN, tuple(held)) for path, held in values.items()), *others))


def limits(compare: Compare) -> tuple[Operand, Operand]:
    """Give the least and the most that WITHIN names."""
    if not isinstance(compare.value, tuple) or len(compare.value) != len(("least", "most")):
        raise RequestError("WITHIN takes two values, the least and the most.", "NULL is no limit: WITHIN (91, NULL).")
    least, most = compare.value
    return least, most


def by_words(rows: FromClause, described: ObjectType, compare: Compare, field: Field) -> ColumnElement[bool] | None:
    """Find a number by the index of what is searched, and look at it again; None where it is in no such index."""
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    if compare.operator not in {Operator.EQ, Operator.IN} or len(values) > _LOOKED_UP:
        return None
    if "." in compare.path or field.kind not in _WRITTEN or field.column not in COLUMNS.get(described.table, ()):
        return None
    if not all(isinstance(value, str) and value.strip() for value in values):
        return None
    known = or_(*(matches(rows, described.name, str(value), Way.WHOLE) for value in values))
    return and_(known, compared(rows.c[field.column], compare, field))
