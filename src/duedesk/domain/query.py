"""A whole query as a value: what is selected, from where, grouped and sorted how; it knows neither its text nor SQL."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from duedesk.domain.catalog import Catalog, Field, Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Filter, Not, Operator, Order

CURRENCY = "CurrencyIsoCode"


class Function(StrEnum):
    """What can be asked of a field beside what it holds: of many records at once, or of the day it says."""

    COUNT = "COUNT"
    COUNT_DISTINCT = "COUNT_DISTINCT"
    SUM = "SUM"
    AVG = "AVG"
    MIN = "MIN"
    MAX = "MAX"
    CALENDAR_YEAR = "CALENDAR_YEAR"
    CALENDAR_QUARTER = "CALENDAR_QUARTER"
    CALENDAR_MONTH = "CALENDAR_MONTH"

    @property
    def is_of_many(self) -> bool:
        """Tell whether one answer is made of many records."""
        return not self.name.startswith("CALENDAR")


@dataclass(frozen=True, slots=True)
class Term:
    """A field by its path, or a function of it: `Balance`, `SUM(Balance)`, `COUNT()` with no path."""

    path: str
    function: Function | None = None

    @property
    def text(self) -> str:
        """Give it as it is written; conditions and orders of a grouped query name it so."""
        return self.path if self.function is None else f"{self.function}({self.path})"

    @property
    def is_of_many(self) -> bool:
        """Tell whether one answer is made of many records."""
        return self.function is not None and self.function.is_of_many

    def holds(self, catalog: Catalog, object_name: str) -> Field:
        """Give a field that says what the answer is: its kind, and the name it goes by."""
        counted = Field(self.text, "Count", Kind.INT, nillable=False, calculated=True)
        if not self.path:
            return counted
        _, field = catalog.follow(object_name, self.path)
        match self.function:
            case None:
                return field
            case Function.COUNT | Function.COUNT_DISTINCT:
                return counted
            case Function.SUM | Function.MIN | Function.MAX:
                return replace(field, name=self.text, values=())
            case Function.AVG:
                kind = Kind.DOUBLE if field.kind is Kind.INT else field.kind
                return replace(field, name=self.text, kind=kind)
            case _:
                return Field(self.text, field.label, Kind.INT, calculated=True)


def read_term(text: str) -> Term:
    """Read a term as `Term.text` writes it."""
    name, bracket, rest = text.partition("(")
    return Term(rest.removesuffix(")"), Function(name)) if bracket else Term(text)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer: the name its values go by, and what they are."""

    name: str
    term: Term
    is_unnamed: bool = False
    """A function that was given no name goes by a number: expr0."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query. `order_by` and `having` name terms by their text; a query that only counts has no columns."""

    object: str
    columns: tuple[Column, ...]
    where: Condition | None = None
    group_by: tuple[Term, ...] = ()
    having: Condition | None = None
    order_by: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0

    @property
    def only_counts(self) -> bool:
        """Tell whether it is `SELECT COUNT() FROM ...`, which gives a number and no rows."""
        return not self.columns

    @property
    def is_grouped(self) -> bool:
        """Tell whether a row stands for many records."""
        return bool(self.group_by) or any(column.term.is_of_many for column in self.columns)

    def terms(self) -> Iterator[Term]:
        """Give every term that is selected, sorted by or asked of groups."""
        yield from (column.term for column in self.columns)
        yield from self.group_by
        yield from (read_term(order.path) for order in self.order_by)
        yield from (read_term(path) for path in paths_in(self.having))


@dataclass(frozen=True, slots=True)
class ListOf:
    """A query as a list: its filter, the paths of its columns, and which part of what is found is shown."""

    filter: Filter
    columns: tuple[str, ...]
    limit: int | None = None
    offset: int = 0


def as_list(query: Query, as_of: date, known_on: datetime | None = None) -> ListOf:
    """Turn a plain query into a list as of a day; RequestError where its rows are no records."""
    if query.only_counts or query.is_grouped:
        raise RequestError("A list shows records, and this query counts or groups them.", "`duedesk query` answers it.")
    asked = Filter(as_of, object=query.object, where=query.where, known_on=known_on, order_by=query.order_by)
    return ListOf(asked, tuple(column.term.path for column in query.columns), query.limit, query.offset)


def paths_in(condition: Condition | None) -> Iterator[str]:
    """Give the path of every comparison in a condition."""
    yield from (compare.path for compare in compares_in(condition))


def compares_in(condition: Condition | None) -> Iterator[Compare]:
    """Give every comparison in a condition."""
    match condition:
        case None:
            return
        case Compare():
            yield condition
        case Not(part):
            yield from compares_in(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from compares_in(part)


def currency_path(catalog: Catalog, object_name: str, path: str) -> str:
    """Give the path of the currency that the amount at a path is in; empty where the catalogue knows of none.

    A line has none of its own: it is in its invoice's currency.
    """
    way, _ = catalog.follow(object_name, path)
    steps = [step.relationship for step in way]
    here = catalog.object(way[-1].refers_to[0] if way else object_name)
    if here.has_field(CURRENCY):
        return ".".join((*steps, CURRENCY))
    for name in _BELONGS_TO.get(here.name, ()):
        return ".".join((*steps, name, CURRENCY))
    return ""


_BELONGS_TO = {"InvoiceLine": ("Invoice",), "CreditMemoLine": ("CreditMemo",)}


def fixes_currency(condition: Condition | None, path: str) -> str:
    """Give the one currency that a condition leaves at a path; empty where it leaves several."""
    match condition:
        case Compare(named, Operator.EQ, str() as code) if named == path:
            return code
        case Compare(named, Operator.IN, (str() as code,)) if named == path:
            return code
        case All(parts):
            return next((code for part in parts if (code := fixes_currency(part, path))), "")
        case _:
            return ""


def mixed_currencies(query: Query, catalog: Catalog) -> Iterator[tuple[Term, str]]:
    """Give each term that would add amounts of several currencies, and the path that tells them apart."""
    for term in query.terms():
        if term.function not in {Function.SUM, Function.AVG}:
            continue
        _, field = catalog.follow(query.object, term.path)
        path = currency_path(catalog, query.object, term.path) if field.kind is Kind.CURRENCY else ""
        if path and Term(path) not in query.group_by and not fixes_currency(query.where, path):
            yield term, path
