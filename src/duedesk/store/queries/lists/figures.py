"""What the rows of a list add up to, currency by currency: of all that a filter finds, or of some keys; no rows here.

Keys go to the database many at a time, as one value: never row by row, and never so many at once that nobody can
stop it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, literal, null, select

from duedesk.domain.errors import Cancelled
from duedesk.domain.filters import Filter
from duedesk.domain.money import ZERO, round_amount
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists.fields import Scope
from duedesk.store.queries.lists.listing import conditions, scope_of
from duedesk.store.settlement import chosen

AT_A_TIME = 50_000
"""Keys that go to the database at a time."""

CURRENCY = "CurrencyIsoCode"
_TOTALS = ("TotalAmountWithTax", "Amount", "RequestedAmount", "TotalRequestedAmount", "DisputedAmount")
_BALANCE = "Balance"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many records there are in one currency, and what they add up to: as a whole, and what of it is open."""

    currency: str
    count: int
    total: Decimal
    balance: Decimal

    @property
    def average_total(self) -> Decimal:
        """Give the average of the whole, rounded to the currency's smallest coin."""
        return self._average(self.total)

    @property
    def average_balance(self) -> Decimal:
        """Give the average of what is open, rounded to the currency's smallest coin."""
        return self._average(self.balance)

    def _average(self, amount: Decimal) -> Decimal:
        return round_amount(amount / self.count, self.currency) if self.count else ZERO


def has_figures(object_name: str) -> bool:
    """Tell whether the records of an object have an amount and a currency, so that they can be added up."""
    described = CATALOG.object(object_name)
    return described.has_field(CURRENCY) and any(map(described.has_field, (*_TOTALS, _BALANCE)))


def figures(
    connection: Connection,
    asked: Filter,
    keys: Sequence[int] | None = None,
    is_stale: Callable[[], bool] = lambda: False,
) -> tuple[Figures, ...]:
    """Give what a filter finds adds up to, or only the records of these keys among it, by currency.

    Cancelled is raised where `is_stale` says between two portions that nobody waits for the answer any more.
    """
    if not has_figures(asked.object):
        return ()
    if keys is None:
        return summed(_asked(connection, asked, None))
    rows: list[Row[Any]] = []
    for start in range(0, len(keys), AT_A_TIME):
        if is_stale():
            raise Cancelled
        rows += _asked(connection, asked, keys[start : start + AT_A_TIME])
    return summed(rows)


def without(whole: Iterable[Figures], left_out: Iterable[Figures]) -> tuple[Figures, ...]:
    """Give figures less those of some records: where nearly all are selected, the few that are not are added up."""
    less = {one.currency: one for one in left_out}
    rest = []
    for one in whole:
        part = less.get(one.currency, Figures(one.currency, 0, ZERO, ZERO))
        if one.count > part.count:
            rest.append(
                Figures(one.currency, one.count - part.count, one.total - part.total, one.balance - part.balance)
            )
    return tuple(rest)


def added_up(object_name: str) -> tuple[str, str]:
    """Give the fields of an object that are added up: the whole amount, and what of it is open."""
    has = CATALOG.object(object_name).has_field
    total = next((name for name in _TOTALS if has(name)), _BALANCE)
    return total, _BALANCE if has(_BALANCE) else total


def sums(scope: Scope) -> tuple[ColumnElement[Any], ...]:
    """Give the currency of a record, its count, and the sums of its amounts: what one row of figures is made of.

    Records that have no amounts are counted alone.
    """
    if not has_figures(scope.object.name):
        return null().label("currency"), func.count(), literal(ZERO), literal(ZERO)
    added = (func.coalesce(func.sum(scope.column(name)), literal(ZERO)) for name in added_up(scope.object.name))
    return scope.column(CURRENCY), func.count(), *added


def summed(rows: Iterable[Sequence[Any]]) -> tuple[Figures, ...]:
    """Add up rows of currency, count, total and balance."""
    found: dict[str, Figures] = {}
    for code, count, total, balance in rows:
        currency = str(code or "")
        so_far = found.get(currency, Figures(currency, 0, ZERO, ZERO))
        found[currency] = Figures(currency, so_far.count + count, so_far.total + total, so_far.balance + balance)
    return tuple(found[currency] for currency in sorted(found))


def _asked(connection: Connection, asked: Filter, keys: Sequence[int] | None) -> Sequence[Row[Any]]:
    scope = scope_of(connection, asked, only=keys)
    wanted = conditions(scope, asked) if keys is None else [chosen(connection, scope.rows.c.id, keys)]
    columns = sums(scope)
    return connection.execute(select(*columns).select_from(scope.source).where(*wanted).group_by(columns[0])).all()
