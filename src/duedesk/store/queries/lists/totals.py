"""What a list adds up to in each currency, without sorting its rows by currency, as a file would; it knows no order."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from duedesk.store.queries.lists.fields import Scope
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount

_LATELY = 1_000
"""The newest records, whose currencies are most likely all there are."""

_FEW = 6
"""Currencies up to which each is added up by itself."""


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """What a list adds up to in one currency."""

    currency: str
    count: int
    total: Decimal
    balance: Decimal
    overdue: Decimal


def added_up(
    connection: Connection, scope: Scope, wanted: Sequence[ColumnElement[bool]], *, are_few: bool = False
) -> tuple[CurrencyTotal, ...]:
    """Give what the found invoices add up to, one total a currency, by currency; a few are sorted in no time."""
    if are_few or connection.dialect.name != "sqlite" or not isinstance(scope.rows, Table):
        return _grouped(connection, scope, wanted)
    if not wanted and not scope.is_by_instalment:
        return _of_all(connection, scope)
    currency = scope.rows.c.currency_iso_code
    newest = select(currency).order_by(scope.rows.c.id.desc()).limit(_LATELY).subquery()
    lately = sorted(connection.scalars(select(newest.c[0]).distinct()))
    if not lately or len(lately) > _FEW:
        return _grouped(connection, scope, wanted)
    sums = [sum_.filter(currency == one) for one in lately for sum_ in _sums(scope)]
    query = select(func.count(), *sums).select_from(scope.source).where(*wanted)
    count, *figures = connection.execute(query).one()
    size = len(figures) // len(lately)
    told = [_told(one, figures[at * size : (at + 1) * size]) for at, one in enumerate(lately)]
    found = [one for one in told if one.count]
    if sum(one.count for one in found) < count:
        found += _grouped(connection, scope, [*wanted, currency.not_in(lately)])
    return tuple(sorted(found, key=lambda one: one.currency))


def _told(currency: str, figures: Sequence[Any]) -> CurrencyTotal:
    count, *sums = figures
    return CurrencyTotal(currency, count, *(one or Decimal(0) for one in sums))


def _sums(scope: Scope) -> tuple[Any, ...]:
    rows = scope.rows.c
    return (
        func.count(rows.id),
        func.sum(rows.total_amount_with_tax),
        func.sum(rows.balance),
        func.sum(scope.overdue_amount),
    )


def _grouped(connection: Connection, scope: Scope, wanted: Sequence[ColumnElement[bool]]) -> tuple[CurrencyTotal, ...]:
    currency = scope.rows.c.currency_iso_code
    count, *sums = _sums(scope)
    found = select(currency, count, *(func.coalesce(one, NOTHING) for one in sums)).select_from(scope.source)
    rows = connection.execute(found.where(*wanted).group_by(currency).order_by(currency))
    return tuple(CurrencyTotal(*row) for row in rows)


def _of_all(connection: Connection, scope: Scope) -> tuple[CurrencyTotal, ...]:
    """Add up all there is from the indexes of what is posted and what is open, which hold all that is asked."""
    rows = scope.rows.c
    currency, posted = rows.currency_iso_code, rows.posted_at.is_not(None)
    parts = select(
        currency.label("currency"), func.count().label("count"), func.sum(rows.total_amount_with_tax).label("total")
    )
    owed = parts.where(posted).group_by(rows.billing_account_id, currency).subquery("owed")
    not_owed = parts.where(~posted).group_by(currency).subquery("not_owed")
    totals: dict[str, list[Any]] = {}
    for one in (owed, not_owed):
        summed = select(one.c.currency, func.sum(one.c["count"]), func.sum(one.c.total, type_=Amount)).group_by(
            one.c.currency
        )
        for name, count, total in connection.execute(summed):
            told = totals.setdefault(name, [0, Decimal(0), Decimal(0), Decimal(0)])
            told[0] += count
            told[1] += total
    open_ = select(currency, func.sum(rows.balance), func.sum(scope.overdue_amount)).where(rows.balance != NOTHING)
    for name, balance, overdue in connection.execute(open_.group_by(currency)):
        totals[name][2:] = [balance, overdue]
    return tuple(CurrencyTotal(name, *totals[name]) for name in sorted(totals))
