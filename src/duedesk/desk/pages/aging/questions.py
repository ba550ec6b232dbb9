"""What the aging page asks the book, each in one go behind the window; it shows nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.aging.drawing import Scene
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.scenes import Totals, habits_scene, months_scene
from duedesk.desk.pages.aging.slots import DaySlot, RowIndex
from duedesk.domain.aging import Aging, AgingRequest, AgingRow
from duedesk.store.queries.aging.figures import open_aging, proved, trend
from duedesk.store.queries.habits import days_to_pay
from duedesk.store.queries.metrics import metrics
from duedesk.store.queries.overview import Overview, overview
from duedesk.store.queries.rates import converted


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks for: an aging, in the currencies of its invoices or all of it in one."""

    request: AgingRequest
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An aging, and what its table needs to be drawn.

    `widest` is the longest text of each figure column; `largest` the largest amounts of a currency, one a bucket.
    """

    aging: Aging
    book: Overview | None
    """What else the book holds, where there is nothing in the aging."""
    widest: tuple[str, ...]
    largest: dict[str, tuple[Decimal, ...]]
    slot: DaySlot
    index: RowIndex
    asked: Asked
    plain: Aging
    """The aging in the currencies of its invoices."""

    @property
    def rows_by_currency(self) -> dict[str, int]:
        """Count the rows of each currency."""
        counts: dict[str, int] = {}
        for row in self.aging.rows:
            counts[row.currency] = counts.get(row.currency, 0) + 1
        return counts


def answer(workspace: Workspace, asked: Asked, index: RowIndex) -> Answer:
    """Give the aging at once, not proved yet; where nothing is in it, what the book around it holds."""
    with workspace.book.reading() as connection:
        plain = open_aging(connection, asked.request)
        found = plain if asked.currency is None else converted(connection, plain, asked.currency)
        around = None if found.rows else overview(connection)
    return Answer(found, around, _widest(found), _largest(found), DaySlot(found, index), index, asked, plain)


def proof(workspace: Workspace, found: Answer) -> Answer:
    """Give an answer with the balances of the documents."""
    with workspace.book.reading() as connection:
        plain = proved(connection, found.plain)
        shown = plain if found.asked.currency is None else converted(connection, plain, found.asked.currency)
    return replace(found, aging=shown, widest=_widest(shown), plain=plain)


def day_slot(workspace: Workspace, asked: Asked, index: RowIndex) -> DaySlot:
    """Give the figures of a day, of the first level alone."""
    request = replace(asked.request, by=asked.request.by[:1])
    with workspace.book.reading() as connection:
        found = open_aging(connection, request)
        return DaySlot(found if asked.currency is None else converted(connection, found, asked.currency), index)


def scene_of(workspace: Workspace, kind: ChartKind, request: AgingRequest, currency: str) -> Scene:
    """Give the scene of a chart that is read whole, and only of the day that is stood on."""
    if kind is ChartKind.MONTHS:
        return months_scene(workspace.ask(metrics, request.as_of, request.known_on, currency), currency)
    return habits_scene(workspace.ask(days_to_pay, request.as_of, request.known_on, currency), currency)


def points_of(workspace: Workspace, asked: Asked, days: Sequence[date]) -> dict[date, Totals]:
    """Give what was open on each of the days, by bucket and currency."""
    points: dict[date, Totals] = {}
    with workspace.book.reading() as connection:
        for day, rows in trend(connection, asked.request, days):
            found = Aging(replace(asked.request, as_of=day), rows, rows)
            shown = found if asked.currency is None else converted(connection, found, asked.currency)
            points[day] = {row.currency: row.buckets for row in shown.totals}
    return points


def _figures(row: AgingRow, request: AgingRequest) -> tuple[Decimal, ...]:
    disputed = (row.disputed,) if request.apart_disputed else ()
    return (*row.buckets, *disputed, row.unapplied, row.balance)


def _widest(found: Aging) -> tuple[str, ...]:
    """Give the longest text of each figure column: that of a largest or a smallest amount of some currency."""
    extremes: dict[str, list[list[Decimal]]] = {}
    for row in (*found.rows, *found.totals):
        figures = _figures(row, found.request)
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
