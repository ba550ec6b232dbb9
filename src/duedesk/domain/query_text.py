"""Conditions, orders and lists written as a person types them; what is written reads back as it was."""

from datetime import date, datetime
from decimal import Decimal

from duedesk.domain.days import write_moment
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Filter, Not, Operand, Operator, Order
from duedesk.domain.relative_days import RelativeDays


def write_list(asked: Filter, columns: tuple[str, ...]) -> str:
    """Write a list as a query: what it shows, of which records, in what order; its day and its search are left out."""
    clauses = [f"SELECT {', '.join(columns)} FROM {asked.object}"]  # noqa: S608 - no database reads it
    if asked.where is not None:
        clauses.append(f"WHERE {write_condition(asked.where)}")
    if asked.order_by:
        clauses.append(f"ORDER BY {write_order(asked.order_by)}")
    return " ".join(clauses)


def write_condition(condition: Condition) -> str:
    """Write a condition; parts that are made of parts stand in brackets."""
    match condition:
        case All(parts):
            return " AND ".join(map(_bracketed, parts))
        case AnyOf(parts):
            return " OR ".join(map(_bracketed, parts))
        case Not(part):
            return f"NOT ({write_condition(part)})"
        case Compare(path, Operator.LIKE, str() as pattern):
            doubled = pattern.replace("'", "''")
            return f"{path} LIKE '{doubled}'"
        case Compare(path, operator, tuple() as values):
            return f"{path} {operator} ({', '.join(map(_written, values))})"
        case Compare(path, operator, value) if not isinstance(value, tuple):
            return f"{path} {operator} {_written(value)}"
        case _:
            raise TypeError(condition)


def write_order(order_by: tuple[Order, ...]) -> str:
    """Write an order."""
    ways = (
        f"{one.path}{' DESC' if one.descending else ''}{' NULLS FIRST' if one.nulls_first else ''}" for one in order_by
    )
    return ", ".join(ways)


def _bracketed(part: Condition) -> str:
    text = write_condition(part)
    return f"({text})" if isinstance(part, All | AnyOf) else text


def _written(value: Operand) -> str:
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).upper()
        case Decimal():
            return f"{value:f}"
        case int() | RelativeDays():
            return str(value)
        case datetime():
            return write_moment(value)
        case date():
            return value.isoformat()
        case _:
            text = value.replace("\\", "\\\\").replace("'", "''")
            return f"'{text}'"
