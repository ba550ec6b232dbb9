"""What metrics are made of, month by month, in as many passes as there are tables; the figures are `domain.metrics`.

What was invoiced is summed by day in the database; nothing here goes through invoices one by one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate, pairwise

from sqlalchemy import ColumnElement, Connection, case, func, select

from duedesk.domain.aging import AgingRequest, AgingRow
from duedesk.domain.metrics import MONTHS, MOST_BACK, MonthFigures, countback, ends_until, months_before
from duedesk.domain.money import ZERO
from duedesk.store.queries.aging.figures import trend
from duedesk.store.queries.aging.since import applied_currencies
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import invoice


def metrics(
    connection: Connection,
    as_of: date,
    known_on: datetime | None = None,
    currency: str | None = None,
    months: int = 12,
    *,
    over: int = MONTHS,
) -> tuple[MonthFigures, ...]:
    """Give the figures at the ends of the months up to a day, the day itself last: by currency, oldest first.

    Each is held against the invoices of the `over` months before it.
    """
    return tuple(one for one, _ in metrics_with_months(connection, as_of, known_on, currency, months, over=over))


def metrics_with_months(
    connection: Connection,
    as_of: date,
    known_on: datetime | None = None,
    currency: str | None = None,
    months: int = 12,
    *,
    over: int = MONTHS,
) -> tuple[tuple[MonthFigures, tuple[tuple[Decimal, int], ...]], ...]:
    """Give the figures and what countback uses up for each: the months before it, newest first, and their days."""
    ends = ends_until(as_of, months)
    starts = {end: months_before(end, over) for end in ends}
    points = _points(connection, AgingRequest(as_of, known_on, currency=currency), {*ends, *starts.values()})
    back = max(over, MOST_BACK) + 1
    sales = _Sales(connection, {months_before(end, at) for end in ends for at in range(back)}, known_on, currency)
    found = []
    for code in sorted({code for at in points.values() for code in at} | set(sales.currencies)):
        for end in ends:
            opening, closing = points[starts[end]].get(code), points[end].get(code)
            now, before = ZERO if closing is None else closing.open, sales.months(code, end)
            figures = MonthFigures(
                currency=code,
                start=starts[end],
                end=end,
                months=over,
                opening=ZERO if opening is None else opening.open,
                closing=now,
                current=ZERO if closing is None else closing.buckets[0],
                sales=sales.between(code, starts[end], end, end),
                countback_dso=countback(now, before),
            )
            found.append((figures, tuple(before)))
    return tuple(found)


def invoiced_months(
    connection: Connection, end: date, known_on: datetime | None, currency: str
) -> tuple[tuple[date, date, Decimal], ...]:
    """Give what was invoiced in each month that countback looks at, newest first: after one day, until another."""
    bounds = [months_before(end, back) for back in range(MOST_BACK + 1)]
    sales = _Sales(connection, bounds, known_on, currency)
    return tuple((start, last, sales.between(currency, start, last, end)) for last, start in pairwise(bounds))


def _points(connection: Connection, request: AgingRequest, days: Iterable[date]) -> dict[date, dict[str, AgingRow]]:
    """Give what was open on each of the days, by currency."""
    return {day: {row.currency: row for row in rows} for day, rows in trend(connection, request, sorted(days))}


class _Sales:
    """What was invoiced up to each of some days, as sums by currency; on a day what was voided by then is not counted.

    Each stretch between two days is summed for itself, along the index of invoice dates: that needs no sorting. The
    index knows nothing of drafts, which are few and taken off again.
    """

    def __init__(
        self, connection: Connection, days: Iterable[date], known_on: datetime | None, currency: str | None
    ) -> None:
        self._days = sorted(days)
        known = () if known_on is None else (invoice.c.posted_at <= known_on,)
        of_currency = () if currency is None else (invoice.c.currency_iso_code == currency,)
        conditions = (invoice.c.posted_at.is_not(None), *known, *of_currency)
        day, code = invoice.c.invoice_date, invoice.c.currency_iso_code
        total = func.sum(invoice.c.total_amount_with_tax)
        stretches = list(pairwise(self._days))
        amounts: dict[str, list[Decimal]] = {}
        for place, name, amount in _dated(connection, stretches, conditions if known else of_currency):
            amounts.setdefault(name, [ZERO] * len(stretches))[place] += amount
        if not known:
            on = case((day > self._days[0], 1), else_=0) == 1  # said so that drafts are sought, not days
            drafts = select(code, day, total).where(invoice.c.posted_at.is_(None), on, *of_currency)
            for name, drafted, amount in connection.execute(drafts.group_by(code, day)):
                if drafted <= self._days[-1]:
                    amounts[name][bisect_left(self._days, drafted) - 1] -= amount
        self._sums = {name: [ZERO, *accumulate(of_each)] for name, of_each in amounts.items()}
        gone = (invoice.c.voided_date <= self._days[-1], day > self._days[0])
        known_gone = () if known_on is None else (invoice.c.voided_at <= known_on,)
        voided = select(code, invoice.c.voided_date, day, total).where(*conditions, *gone, *known_gone)
        self._voided: dict[str, list[tuple[date, date, Decimal]]] = {}
        for name, gone_on, on, amount in connection.execute(voided.group_by(code, invoice.c.voided_date, day)):
            self._voided.setdefault(name, []).append((gone_on, on, amount))
        self._seen: dict[tuple[str, date], list[Decimal]] = {}

    @property
    def currencies(self) -> Iterable[str]:
        """Give the currencies anything was invoiced in."""
        return self._sums

    def between(self, currency: str, after: date, until: date, seen_on: date) -> Decimal:
        """Give what was invoiced after one day and until another, less what of it was voided by a third."""
        sums = self._seen_on(currency, seen_on)
        return sums[bisect_left(self._days, until)] - sums[bisect_left(self._days, after)] if sums else ZERO

    def months(self, currency: str, end: date) -> list[tuple[Decimal, int]]:
        """Give what was invoiced in each month before a day, newest first, and the days of each."""
        bounds = [months_before(end, back) for back in range(MOST_BACK + 1)]
        return [(self.between(currency, start, last, end), (last - start).days) for last, start in pairwise(bounds)]

    def _seen_on(self, currency: str, day: date) -> list[Decimal]:
        """Give the sums up to each of the days, without what was voided by a day."""
        found = self._seen.get((currency, day))
        if found is None:
            gone = [ZERO] * len(self._sums.get(currency, ()))
            for gone_on, on, amount in self._voided.get(currency, ()):
                if gone_on <= day:
                    gone[bisect_left(self._days, on)] += amount
            whole = self._sums.get(currency, [])
            found = [sofar - taken for sofar, taken in zip(whole, accumulate(gone), strict=True)]
            self._seen[currency, day] = found
        return found


def _dated(
    connection: Connection, stretches: Sequence[tuple[date, date]], conditions: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[int, str, Decimal]]:
    """Give what is dated in each stretch by currency: those that most is in in one pass, which sorts nothing."""
    day, code, total = invoice.c.invoice_date, invoice.c.currency_iso_code, invoice.c.total_amount_with_tax
    known = applied_currencies(connection)
    figures = [func.sum(case((code == one, total), else_=NOTHING)) for one in known]
    others = func.sum(case((code.in_(known), 0), else_=1))
    for place, (first, last) in enumerate(stretches):
        within = (*conditions, day > first, day <= last)
        *sums, rest = connection.execute(select(*figures, others).where(*within)).one()
        yield from ((place, name, amount) for name, amount in zip(known, sums, strict=True) if amount)
        if rest:
            apart = select(code, func.sum(total)).where(*within, code.not_in(known)).group_by(code)
            yield from ((place, name, amount) for name, amount in connection.execute(apart))
