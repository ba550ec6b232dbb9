"""Queries answered: rows as they come from one SELECT, as of any day, each amount with its currency; it reads no text.

What is selected and asked for is worked out record by record first, and grouped, sorted and cut after that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, distinct, func, select

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Compare, Filter, Value
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import Function, Query, Term, currency_path, fixes_currency, mixed_currencies, read_term
from duedesk.store.queries.functions import average, calendar_month, calendar_quarter, calendar_year
from duedesk.store.queries.lists.fields import Expression, Scope
from duedesk.store.queries.lists.listing import conditions, scope_of
from duedesk.store.queries.lists.walking import in_order, sortable

_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One column of an answer: the name its values go by, its heading, and what it holds."""

    name: str
    heading: str
    field: Field


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: a value a column, and beside each the currency it is in, empty where it is no amount."""

    values: tuple[Value, ...]
    currencies: tuple[str, ...]


def answer_columns(query: Query) -> tuple[AnswerColumn, ...]:
    """Give the columns of the answer, in the order they were selected."""
    return tuple(
        AnswerColumn(one.name, one.term.text if one.is_unnamed else one.name, one.term.holds(CATALOG, query.object))
        for one in query.columns
    )


def answer(
    connection: Connection, query: Query, as_of: date, *, known_on: datetime | None = None
) -> Iterator[AnswerRow]:
    """Give the rows of a query as of a day, read as they are taken.

    RequestError where it asks for what has no value: at once, so that no half answer is written.
    """
    plan = _Plan(connection, query, as_of, known_on)
    return _rows(connection, plan.statement(), len(query.columns), plan.currencies)


def _rows(
    connection: Connection, statement: Select[Any], width: int, currencies: Sequence["_Currency"]
) -> Iterator[AnswerRow]:
    with connection.execute(statement, execution_options={"yield_per": _AT_A_TIME}) as found:
        for row in found:
            values, beside = tuple(row[:width]), row[width:]
            yield AnswerRow(values, tuple(one.fixed or _read(beside, one.place) for one in currencies))


def count(connection: Connection, query: Query, as_of: date, *, known_on: datetime | None = None) -> int:
    """Give how many rows a query finds."""
    found = _Plan(connection, query, as_of, known_on).statement().subquery()
    return connection.scalar(select(func.count()).select_from(found)) or 0


def _read(beside: Sequence[Any], place: int | None) -> str:
    return "" if place is None else str(beside[place] or "")


@dataclass(frozen=True, slots=True)
class _Currency:
    """Where a column's currency is known from: the condition leaves one, or it is read behind the values."""

    fixed: str = ""
    place: int | None = None


class _Plan:
    """How one query is asked: what is worked out per record, and what is made of that."""

    def __init__(self, connection: Connection, query: Query, as_of: date, known_on: datetime | None) -> None:
        for term, path in mixed_currencies(query, CATALOG):
            raise RequestError(f"{term.text} would add amounts of several currencies.", f"Write GROUP BY {path}.")
        self._query = query
        self._asked = Filter(as_of, object=query.object, where=query.where, known_on=known_on)
        self._scope = scope_of(connection, self._asked, follows_any=True)
        self._beside: list[str] = []
        self.currencies = [self._currency(column.term) for column in query.columns]

    def statement(self) -> Select[Any]:
        """Give the whole SELECT: the columns asked for, and behind them the currencies."""
        records = self._records()
        chosen = self._grouped(records) if self._query.is_grouped else self._listed(records)
        if self._query.limit is not None:
            chosen = chosen.limit(self._query.limit)
        return chosen.offset(self._query.offset) if self._query.offset else chosen

    def _records(self) -> FromClause:
        """Give what is asked of each record, one column a path, and its key.

        Found first and sorted after: the planner would otherwise walk the sort index and look up every row.
        """
        values = {path: self._scope.column(path) for path in self._beside}
        for term in self._query.terms():
            if term.path:
                value = self._scope.column(term.path)
                by_day = None if term.is_of_many else term.function
                values.setdefault(_per_record(term), _OF_DAYS[by_day](value) if by_day else value)
        columns = [value.label(name) for name, value in values.items()]
        wanted = conditions(self._scope, self._asked)
        found = select(self._scope.rows.c.id.label(_KEY), *columns).select_from(self._scope.source).where(*wanted)
        if self._query.order_by and self._query.where and not self._query.is_grouped:
            return found.cte("found").prefix_with("MATERIALIZED")
        return found.subquery("found")

    def _listed(self, records: FromClause) -> Select[Any]:
        order = []
        for one in self._query.order_by:
            field = self._scope.field(one.path)
            order.append(in_order(sortable(records.c[one.path], field), one))
        newest_first = any(one.descending for one in self._query.order_by[:1])
        order.append(records.c[_KEY].desc() if newest_first else records.c[_KEY].asc())
        paths = [_per_record(column.term) for column in self._query.columns] + self._beside
        columns: list[Expression] = [records.c[path].label(f"column_{place}") for place, path in enumerate(paths)]
        return select(*columns or [records.c[_KEY]]).order_by(*order)

    def _grouped(self, records: FromClause) -> Select[Any]:
        groups = _Groups(self._query.object, records, self._asked.as_of)
        terms = [column.term.text for column in self._query.columns] + self._beside
        columns = [groups.column(text).label(f"column_{place}") for place, text in enumerate(terms)]
        by = [groups.column(term.text) for term in self._query.group_by]
        order = [
            in_order(sortable(groups.column(one.path), groups.field(one.path)), one) for one in self._query.order_by
        ]
        having = [groups.condition(self._query.having)] if self._query.having is not None else []
        return select(*columns).select_from(records).group_by(*by).having(*having).order_by(*order, *by)

    def _currency(self, term: Term) -> _Currency:
        if term.holds(CATALOG, self._query.object).kind is not Kind.CURRENCY:
            return _Currency()
        path = currency_path(CATALOG, self._query.object, term.path)
        fixed = fixes_currency(self._query.where, path)
        if fixed or not path or (self._query.is_grouped and Term(path) not in self._query.group_by):
            return _Currency(fixed)
        if path not in self._beside:
            self._beside.append(path)
        return _Currency(place=self._beside.index(path))


_KEY = "the record"
"""The name of the key's column, which no path can have."""


class _Groups(Scope):
    """What terms are in SQL where rows stand for many records: `SUM(Balance)`, `CALENDAR_YEAR(DueDate)`."""

    def column(self, path: str) -> Expression:
        """Give the value of a term such as `SUM(Balance)`."""
        term = read_term(path)
        if not term.path:
            return func.count()
        held: Expression = self.rows.c[_per_record(term)]
        return _OF_MANY[term.function](held) if term.function is not None and term.is_of_many else held

    def field(self, path: str) -> Field:
        """Give what a term holds."""
        return read_term(path).holds(CATALOG, self.object.name)

    def _by_index(self, compare: Compare, field: Field) -> ColumnElement[bool] | None:  # noqa: ARG002 - groups have none
        return None


def _per_record(term: Term) -> str:
    """Name what is worked out record by record: what groups are made of, and what a function is then made of."""
    return term.path if term.is_of_many else term.text


_OF_MANY: dict[Function, Callable[[Expression], Expression]] = {
    Function.COUNT: func.count,
    Function.COUNT_DISTINCT: lambda column: func.count(distinct(column)),
    Function.SUM: func.sum,
    Function.AVG: average,
    Function.MIN: func.min,
    Function.MAX: func.max,
}

_OF_DAYS: dict[Function, Callable[[Expression], Expression]] = {
    Function.CALENDAR_YEAR: calendar_year,
    Function.CALENDAR_QUARTER: calendar_quarter,
    Function.CALENDAR_MONTH: calendar_month,
}
