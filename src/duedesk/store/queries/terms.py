"""Payment terms and number series as the book holds them; when something is due is worked out in the domain."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.domain.errors import RequestError
from duedesk.domain.numbering import Series, SeriesKind
from duedesk.domain.payment_terms import Item, Term
from duedesk.store.tables.party import payment_term, payment_term_item
from duedesk.store.tables.posting import number_counter, number_series


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A payment term and what the book calls it."""

    key: int
    name: str
    description: str
    status: str
    is_default: bool
    term: Term


@dataclass(frozen=True, slots=True)
class NamedSeries:
    """A number series, what the book calls it, and how many numbers it has given in its newest period."""

    key: int
    name: str
    object: str
    is_default: bool
    series: Series
    period: str = ""
    next_number: int = 0


def term(connection: Connection, key: int) -> Term:
    """Give a payment term; RequestError where it is gone."""
    row = connection.execute(select(payment_term).where(payment_term.c.id == key)).one_or_none()
    if row is None:
        raise RequestError("That payment term is no longer in the book.", "Choose another.")
    return _term(connection, row)


def default_term(connection: Connection) -> int | None:
    """Give the key of the term that holds where neither invoice nor account names one."""
    active = (payment_term.c.is_default, payment_term.c.status == "Active")
    key: int | None = connection.scalar(select(payment_term.c.id).where(*active).order_by(payment_term.c.id).limit(1))
    return key


def terms(connection: Connection) -> tuple[NamedTerm, ...]:
    """Give all payment terms by name."""
    found = connection.execute(select(payment_term).order_by(payment_term.c.name))
    return tuple(
        NamedTerm(row.id, row.name, row.description or "", row.status, row.is_default, _term(connection, row))
        for row in found.all()
    )


def number_series_list(connection: Connection) -> tuple[NamedSeries, ...]:
    """Give all number series by object and name."""
    found = connection.execute(select(number_series).order_by(number_series.c.object_name, number_series.c.name))
    return tuple(_series(connection, row) for row in found.all())


def _series(connection: Connection, row: Row[Any]) -> NamedSeries:
    own = select(number_counter).where(number_counter.c.number_series_id == row.id)
    newest = connection.execute(own.order_by(number_counter.c.period.desc()).limit(1)).one_or_none()
    series = Series(row.prefix, row.digits, SeriesKind(row.kind))
    named = NamedSeries(row.id, row.name, row.object_name, row.is_default, series)
    if newest is None:
        return named
    return NamedSeries(named.key, named.name, named.object, named.is_default, series, newest.period, newest.next_number)


def _term(connection: Connection, row: Row[Any]) -> Term:
    own = payment_term_item.c.payment_term_id == row.id
    items = connection.execute(select(payment_term_item).where(own).order_by(payment_term_item.c.id))
    return Term(
        row.period,
        tuple(
            Item(item.period, item.period_unit, item.day_of_month, item.added_days, item.percentage, item.amount)
            for item in items
        ),
        row.discount_percent,
        row.discount_days,
    )
