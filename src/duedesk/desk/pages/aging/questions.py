"""What the aging page asks the book, each in one go behind the window; it shows nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duedesk.actions.workspace import Workspace
from duedesk.charts.picture import ChartColumn, ChartPicture
from duedesk.desk import format as written
from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Buckets
from duedesk.domain.money import ZERO
from duedesk.resources import Look
from duedesk.store.queries.aging import aging, trend
from duedesk.store.queries.overview import Overview, overview

BARS = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """An aging, the book around it, and what its table needs to be drawn.

    `widest` is the longest text of each figure column; `largest` the largest amounts of a currency, one a bucket.
    """

    aging: Aging
    book: Overview
    widest: tuple[str, ...]
    largest: dict[str, tuple[Decimal, ...]]

    @property
    def rows_by_currency(self) -> dict[str, int]:
        """Count the rows of each currency."""
        counts: dict[str, int] = {}
        for row in self.aging.rows:
            counts[row.currency] = counts.get(row.currency, 0) + 1
        return counts


@dataclass(frozen=True, slots=True)
class Bar:
    """What was open on a day in one currency, by bucket."""

    day: date
    amounts: tuple[Decimal, ...]

    @property
    def overdue(self) -> Decimal:
        """Give what was past due."""
        return sum(self.amounts[1:], ZERO)


def answer(workspace: Workspace, request: AgingRequest) -> Answer:
    """Give the aging and the book around it, from one state of the book."""
    with workspace.book.reading() as connection:
        found = aging(connection, request)
        around = overview(connection)
    return Answer(found, around, _widest(found), _largest(found))


def bars(workspace: Workspace, request: AgingRequest, currency: str) -> tuple[Bar, ...]:
    """Give what was open on each day of the chart."""
    asked = AgingRequest(request.as_of, request.known_on, request.by, request.basis, request.buckets, currency)
    nothing = (ZERO,) * len(request.buckets)
    points = workspace.ask(trend, asked, days_of_chart(request.as_of))
    return tuple(Bar(day, rows[0].buckets if rows else nothing) for day, rows in points)


def drawn(
    shown: Sequence[Bar], buckets: Buckets, currency: str, look: Look, *, width: int, height: int, ratio: float
) -> ChartPicture:
    """Draw the chart in a size of logical pixels; any thread will do."""
    from duedesk.charts.aging import draw_aging_chart  # noqa: PLC0415 - matplotlib loads behind the window

    columns = [ChartColumn(label_of(bar.day, shown), bar.day, bar.amounts) for bar in shown]
    return draw_aging_chart(
        columns if any(any(bar.amounts) for bar in shown) else [],
        buckets,
        currency,
        look,
        width_px=width,
        height_px=height,
        pixel_ratio=ratio,
    )


def days_of_chart(as_of: date) -> tuple[date, ...]:
    """Give the ends of the eleven months before a day, and the day itself."""
    days = [as_of]
    while len(days) < BARS:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return tuple(reversed(days))


def label_of(day: date, shown: Sequence[Bar]) -> str:
    """Write what stands below a bar: the month, its year where one begins, the day where it is no month end."""
    _, month, year = written.day(day).split(" ")
    if (day + timedelta(days=1)).day != 1:
        return f"{day.day} {month}"
    return f"{month} {year}" if day.month == 1 or day == shown[0].day else month


def _figures(row: AgingRow) -> tuple[Decimal, ...]:
    return (*row.buckets, row.unapplied, row.balance)


def _widest(found: Aging) -> tuple[str, ...]:
    """Give the longest text of each figure column: that of a largest or a smallest amount of some currency."""
    extremes: dict[str, list[list[Decimal]]] = {}
    for row in (*found.rows, *found.totals):
        figures = _figures(row)
        held = extremes.setdefault(row.currency, [list(figures), list(figures)])
        for at, amount in enumerate(figures):
            if amount < held[0][at]:
                held[0][at] = amount
            elif amount > held[1][at]:
                held[1][at] = amount
    texts = [
        [written.amount(amount, currency) for amount in amounts]
        for currency, both in extremes.items()
        for amounts in both
    ]
    return tuple(max(column, key=len) for column in zip(*texts, strict=True))


def _largest(found: Aging) -> dict[str, tuple[Decimal, ...]]:
    largest: dict[str, tuple[Decimal, ...]] = {}
    for row in found.rows:
        sofar = largest.get(row.currency)
        largest[row.currency] = row.buckets if sofar is None else tuple(map(max, sofar, row.buckets))
    return largest
