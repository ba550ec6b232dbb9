"""Functions that each database has in its own way: averages that are exact, and moments as days are counted, in UTC."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, extract, func, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from duedesk.domain.money import UNITS_PER_ONE
from duedesk.store.tables.columns import Amount, Moment


class rounded_share(GenericFunction[int]):  # noqa: N801 - it is used as a function and named as one
    """The first whole number divided by the second, half up; nothing where the second is 0."""

    inherit_cache = True


@compiles(rounded_share, "sqlite")
def _on_file(element: rounded_share, compiler: SQLCompiler, **kwargs: Any) -> str:
    total, count = (compiler.process(part, **kwargs) for part in element.clauses)
    return (
        f"(CASE WHEN {total} < 0 THEN -1 ELSE 1 END * "
        f"(abs({total}) / {count} + (2 * (abs({total}) % {count}) >= {count})))"
    )


@compiles(rounded_share, "postgresql")
def _on_server(element: rounded_share, compiler: SQLCompiler, **kwargs: Any) -> str:
    total, count = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"round({total}::numeric / nullif({count}, 0))"


class in_utc(GenericFunction[Any]):  # noqa: N801 - it is used as a function and named as one
    """A moment as the wall clock in UTC shows it, whatever clock the server lives by."""

    inherit_cache = True


@compiles(in_utc, "sqlite")
def _clock_on_file(element: in_utc, compiler: SQLCompiler, **kwargs: Any) -> str:
    return compiler.process(element.clauses, **kwargs)


@compiles(in_utc, "postgresql")
def _clock_on_server(element: in_utc, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"({compiler.process(element.clauses, **kwargs)} AT TIME ZONE 'UTC')"


def calendar_year(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the year of a day or a moment."""
    return _part("year", column)


def calendar_month(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the month of a day or a moment, 1 to 12."""
    return _part("month", column)


def calendar_quarter(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the quarter of a day or a moment, 1 to 4."""
    return (_part("month", column) + 2) // 3


def _part(name: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    day = in_utc(column) if isinstance(column.type, Moment) else column
    return cast(extract(name, day), Integer)


def average(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the average of a group to the ten-thousandth, of amounts as of counts."""
    total = func.sum(column) if isinstance(column.type, Amount) else func.sum(column) * UNITS_PER_ONE
    return type_coerce(rounded_share(total, func.count(column)), Amount)
