"""An aging in one currency: every figure at the rate of its as-of day, rounded once, at the end; it finds no rates."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from duedesk.domain.aging import Aging, AgingRow, RowKey
from duedesk.domain.rates import Rate, rate_between, rounded


def convert(aging: Aging, rates: Iterable[Rate], to_currency: str) -> Aging:
    """Give an aging with the rows of each group in one currency, and the rates that were used.

    Sums are made of what is exact and rounded half up to the minor unit; by what that parts a row's figures from its
    balance stands in its `rounding`. RequestError, in a sentence, where there is no rate of a currency that is open.
    """
    if not aging.rows:
        return aging
    currencies = sorted({row.currency for row in aging.rows})
    known = tuple(rates)
    used = {code: rate_between(known, code, to_currency, aging.request.as_of) for code in currencies}
    rows = tuple(_one(rows, used, to_currency) for rows in _by_key(aging.rows))
    totals = (replace(_one(aging.rows, used, to_currency), key=None, name="Total", number="", parts=()),)
    changed = tuple(rate for code, rate in used.items() if code != to_currency)
    return replace(aging, rows=rows, totals=totals, rates=changed)


def _by_key(rows: Iterable[AgingRow]) -> Iterable[Sequence[AgingRow]]:
    together: dict[RowKey, list[AgingRow]] = {}
    for row in rows:
        together.setdefault(row.key, []).append(row)
    return together.values()


def _one(rows: Sequence[AgingRow], used: dict[str, Rate], currency: str) -> AgingRow:
    """Add rows of any currencies up to one."""
    buckets = tuple(
        rounded(sum((used[row.currency].exact(row.buckets[place]) for row in rows), Fraction()), currency)
        for place in range(len(rows[0].buckets))
    )
    disputed, unapplied, balance, difference = (
        rounded(sum((used[row.currency].exact(getattr(row, name)) for row in rows), Fraction()), currency)
        for name in ("disputed", "unapplied", "balance", "difference")
    )
    parts = [part for row in rows for part in row.parts]
    return replace(
        rows[0],
        currency=currency,
        buckets=buckets,
        unapplied=unapplied,
        balance=balance,
        disputed=disputed,
        rounding=sum(buckets, disputed) + unapplied - balance - difference,
        parts=tuple(_one(same, used, currency) for same in _by_key(parts)),
    )
