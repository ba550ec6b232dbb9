"""An aging in one currency: every figure at the rate of its as-of day, rounded once, at the end; it finds no rates.

Sums are of whole numbers over one denominator, which is exact and ten times as fast as fractions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

from duedesk.domain.aging import Aging, AgingRow, RowKey
from duedesk.domain.money import UNITS_PER_ONE, ZERO, minor_digits
from duedesk.domain.rates import Rate, rate_between

_Figures = list[int]
"""Buckets, disputed, unapplied, balance, and by how much they break the rule; whole numbers over the denominator."""


def convert(aging: Aging, rates: Iterable[Rate], to_currency: str) -> Aging:
    """Give an aging with the rows of each group in one currency, and the rates that were used.

    Sums are made of what is exact and rounded half up to the minor unit; by what that parts a row's figures from its
    balance stands in its `rounding`. RequestError, in a sentence, where there is no rate of a currency that is open.
    """
    if not aging.rows:
        return aging
    known = tuple(rates)
    currencies = sorted({row.currency for row in aging.rows})
    used = {code: rate_between(known, code, to_currency, aging.request.as_of) for code in currencies}
    into = _Into(used, to_currency)
    rows = tuple(map(into.row, _by_key(aging.rows)))
    total = replace(into.row(aging.rows, with_parts=False), key=None, name="Total", number="")
    changed = tuple(rate for code, rate in used.items() if code != to_currency)
    return replace(aging, rows=rows, totals=(total,), rates=changed)


class _Into:
    """Brings rows into one currency."""

    def __init__(self, used: Mapping[str, Rate], currency: str) -> None:
        self._currency = currency
        factors = {code: Fraction(rate.times) / Fraction(rate.by) for code, rate in used.items()}
        whole = lcm(*(factor.denominator for factor in factors.values()))
        self._weights = {code: int(factor * whole) for code, factor in factors.items()}
        self._digits = minor_digits(currency)
        self._part = whole * (UNITS_PER_ONE // 10**self._digits)
        """How many parts of the denominator make one minor unit."""

    def row(self, rows: Sequence[AgingRow], *, with_parts: bool = True) -> AgingRow:
        """Add rows of any currencies up to one."""
        sums: _Figures = [0] * (len(rows[0].buckets) + 4)
        for row in rows:
            weight = self._weights[row.currency]
            open_ = sum(row.buckets, row.disputed)
            difference = open_ + row.unapplied - row.balance
            for place, amount in enumerate((*row.buckets, row.disputed, row.unapplied, row.balance, difference)):
                if amount:
                    sums[place] += int(amount.scaleb(4)) * weight
        *figures, off = [self._rounded(sum_) for sum_ in sums]
        *buckets, disputed, unapplied, balance = figures
        parts = [part for row in rows for part in row.parts] if with_parts else []
        return replace(
            rows[0],
            currency=self._currency,
            buckets=tuple(buckets),
            unapplied=unapplied,
            balance=balance,
            disputed=disputed,
            rounding=sum(buckets, disputed) + unapplied - balance - off,
            parts=tuple(map(self.row, _by_key(parts))),
        )

    def _rounded(self, parts: int) -> Decimal:
        """Round an exact sum half up, away from nothing, to the minor unit."""
        if not parts:
            return ZERO
        minor = (2 * abs(parts) + self._part) // (2 * self._part)
        return Decimal(minor if parts > 0 else -minor).scaleb(-self._digits) + ZERO


def _by_key(rows: Iterable[AgingRow]) -> Iterable[Sequence[AgingRow]]:
    together: dict[RowKey, list[AgingRow]] = {}
    for row in rows:
        together.setdefault(row.key, []).append(row)
    return together.values()
