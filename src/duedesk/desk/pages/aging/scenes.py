"""Makes of figures at hand what a chart shows: which bars, in which order; it draws nothing and asks nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from duedesk.charts.picture import ChartColumn, MonthColumn, habit_column
from duedesk.desk import format as written
from duedesk.desk.pages.aging.ahead import month_ends
from duedesk.desk.pages.aging.drawing import Scene
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.slots import MOST_RANKED, DaySlot
from duedesk.domain.aging import AgingRow, Buckets
from duedesk.domain.metrics import FORMULAS, AccountHabit, MonthFigures
from duedesk.domain.money import ZERO

BARS = 12
MOST_ROWS = MOST_RANKED
"""Bars of their own that a chart of accounts has at most, however large it is."""

ALL_OTHERS = "All others"
"""The name of the rest: how many they are changes with the day, a name that stands still need not be drawn again."""

Totals = Mapping[str, tuple[Decimal, ...]]
"""What is open by bucket, by currency."""


def days_of_chart(as_of: date) -> tuple[date, ...]:
    """Give the ends of the eleven months before a day, and the day itself."""
    return (*reversed(month_ends(as_of, BARS - 1)), as_of)


def trend_scene(
    points: Mapping[date, Totals], as_of: date, buckets: Buckets, currency: str, now: Totals | None = None
) -> Scene | None:
    """Show what was open at month ends, those that are at hand, and `now`, on the day; None while that is not known.

    The scale is that of the month ends: it stays while the slider moves.
    """
    day_itself = now if now is not None else points.get(as_of)
    if day_itself is None:
        return None
    most = max((sum(totals.get(currency, ()), ZERO) for totals in points.values()), default=ZERO)
    points = {**points, as_of: day_itself}
    days = days_of_chart(as_of)
    nothing = (ZERO,) * len(buckets)
    columns = tuple(ChartColumn(label_of(day, days), day, points.get(day, {}).get(currency, nothing)) for day in days)
    return Scene(
        ChartKind.TREND, columns, buckets, currency=currency, room=most, lacks=any(day not in points for day in days)
    )


def accounts_scene(slot: DaySlot, buckets: Buckets, currency: str, shown: Sequence[AgingRow]) -> Scene:
    """Show what rows leave open by bucket, those `shown` in their order whatever they owe that day, then the rest."""
    columns = tuple(ChartColumn(row.name, row.key, row.buckets) for row in shown)
    rest = _rest(slot, currency, len(shown), [row.buckets for row in shown], lambda total: total.buckets)
    return Scene(ChartKind.ACCOUNTS, (*columns, *rest), buckets, currency=currency)


def concentration_scene(slot: DaySlot, currency: str, shown: Sequence[AgingRow]) -> Scene:
    """Show who owes most on the day, and what the rest owes together."""
    columns = tuple(ChartColumn(row.name, row.key, (row.open,)) for row in shown)
    rest = _rest(slot, currency, len(shown), [(row.open,) for row in shown], lambda total: (total.open,))
    return Scene(ChartKind.CONCENTRATION, (*columns, *rest), currency=currency)


def months_scene(months: Sequence[MonthFigures], currency: str) -> Scene:
    """Show DSO, best possible DSO and CEI at month ends."""
    days = [one.end for one in months]
    figures = tuple(
        MonthColumn(label_of(one.end, days), one.end, one.dso, one.best_possible_dso, one.cei) for one in months
    )
    return Scene(ChartKind.MONTHS, currency=currency, months=figures, formulas=(FORMULAS["dso"], FORMULAS["cei"]))


def habits_scene(habits: Sequence[AccountHabit], currency: str) -> Scene:
    """Show how long the accounts that settled most took to pay, the slowest of them first."""
    slowest = sorted(habits[:MOST_ROWS], key=lambda one: one.days_to_pay, reverse=True)
    columns, terms = [], []
    for one in slowest:
        columns.append(habit_column(one.name, one.key, one.days_to_pay, one.terms))
        terms.append(max(one.terms, ZERO))
    return Scene(ChartKind.HABITS, tuple(columns), currency=currency, terms=tuple(terms))


def label_of(day: date, shown: Sequence[date]) -> str:
    """Write what stands below a bar: the month, its year where one begins, the day where it is no month end."""
    _, month, year = written.day(day).split(" ")
    if (day + timedelta(days=1)).day != 1:
        return f"{day.day} {month}"
    return f"{month} {year}" if day.month == 1 or day == shown[0] else month


def _rest(
    slot: DaySlot,
    currency: str,
    shown: int,
    amounts: Sequence[Sequence[Decimal]],
    of_total: Callable[[AgingRow], tuple[Decimal, ...]],
) -> tuple[ChartColumn, ...]:
    total, others = slot.totals.get(currency), slot.open_rows(currency) - shown
    if total is None or others < 1:
        return ()
    sums = (sum(column, ZERO) for column in zip(*amounts, strict=True)) if amounts else (ZERO,) * len(of_total(total))
    left = tuple(whole - part for whole, part in zip(of_total(total), sums, strict=True))
    return (ChartColumn(ALL_OTHERS, None, left, others, is_rest=True),)
