"""What was open on a day, by group, held small: whole units in one array, so that a year of days can be kept at hand.

A row has one place in a `RowIndex` on every day; a `DaySlot` holds its figures there. Nothing is read here.
"""

from array import array
from datetime import date
from decimal import Decimal
from heapq import nlargest
from threading import Lock

from duedesk.domain.aging import Aging, AgingRow, RowKey
from duedesk.domain.money import ZERO, from_units, to_units

MOST_RANKED = 24
"""Rows of a currency that are ranked."""

_BEHIND = 3
"""Figures behind the buckets: disputed, unapplied, balance."""


class RowIndex:
    """Gives each group in a currency its place; several threads may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._places: dict[tuple[RowKey, str], int] = {}
        self._named: list[tuple[str, str]] = []

    def places(self, rows: tuple[AgingRow, ...]) -> list[int]:
        """Give the places of rows; those not seen before get one."""
        with self._lock:
            return [self._place(row) for row in rows]

    def place(self, key: RowKey, currency: str) -> int | None:
        """Give the place of a group."""
        return self._places.get((key, currency))

    def name(self, place: int) -> tuple[str, str]:
        """Give the name and number of a group."""
        return self._named[place]

    def _place(self, row: AgingRow) -> int:
        place = self._places.setdefault((row.key, row.currency), len(self._named))
        if place == len(self._named):
            self._named.append((row.name, row.number))
        return place


class DaySlot:
    """The figures of one day."""

    def __init__(self, found: Aging, index: RowIndex) -> None:
        self.day: date = found.request.as_of
        self.totals = {row.currency: row for row in found.totals}
        self.counts: dict[str, int] = {}
        self.groups = len({row.key for row in found.rows})
        self._index = index
        self._buckets = len(found.request.buckets)
        self._width = self._buckets + _BEHIND
        places = index.places(found.rows)
        self._units = array("q", bytes(8 * self._width * (max(places, default=-1) + 1)))
        for row, place in zip(found.rows, places, strict=True):
            start = place * self._width
            figures = (*row.buckets, row.disputed, row.unapplied, row.balance)
            self._units[start : start + self._width] = array("q", map(to_units, figures))
            self.counts[row.currency] = self.counts.get(row.currency, 0) + 1
        self._rank(found.rows, places)

    def _rank(self, rows: tuple[AgingRow, ...], places: list[int]) -> None:
        """Find the largest of each currency now, behind the window: a step of the slider has no time for it."""
        owed: dict[str, list[tuple[Decimal, RowKey, int]]] = {}
        for row, place in zip(rows, places, strict=True):
            if any(row.buckets) or row.disputed:
                owed.setdefault(row.currency, []).append((row.open, row.key, place))
        self._open_rows = {currency: len(those) for currency, those in owed.items()}
        self._ranked = {
            currency: [
                (key, place) for open_, key, place in nlargest(MOST_RANKED, those, key=lambda one: one[0]) if open_ > 0
            ]
            for currency, those in owed.items()
        }

    @property
    def size(self) -> int:
        """Give the bytes that it takes."""
        return len(self._units) * 8

    def row(self, key: RowKey, currency: str) -> AgingRow | None:
        """Give a row as it was on the day; None where there was nothing."""
        place = self._index.place(key, currency)
        return None if place is None else self._row(key, currency, place)

    def largest(self, currency: str, most: int) -> list[AgingRow]:
        """Give the rows of a currency that leave most open, the largest first: at most `MOST_RANKED`."""
        ranked = self._ranked.get(currency, [])[:most]
        return [row for key, place in ranked if (row := self._row(key, currency, place)) is not None]

    def open_rows(self, currency: str) -> int:
        """Count the rows of a currency that leave something open."""
        return self._open_rows.get(currency, 0)

    def open(self, currency: str) -> Decimal:
        """Give what is open in a currency."""
        total = self.totals.get(currency)
        return ZERO if total is None else total.open

    def _row(self, key: RowKey, currency: str, place: int) -> AgingRow | None:
        start = place * self._width
        units = self._units[start : start + self._width]
        if not any(units):
            return None
        figures = tuple(map(from_units, units))
        *_, disputed, unapplied, balance = figures
        name, number = self._index.name(place)
        buckets = figures[: self._buckets]
        rounding = sum(buckets, disputed) + unapplied - balance  # what was converted is parted by it; nothing else is
        return AgingRow(key, name, currency, buckets, unapplied, balance, number, disputed=disputed, rounding=rounding)
