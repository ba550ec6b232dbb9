"""Reads days of the last year before the slider comes to them, one after the other behind the window; shows nothing.

What the slider stands on is read first; what came too late is kept all the same, but not told. Nothing is read before
the reader reaches for the slider.
"""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from duedesk.desk.background import Tasks
from duedesk.desk.pages.aging.slots import DaySlot
from duedesk.domain.errors import DuedeskError

YEAR = 365
"""Days that the slider goes back."""

HELD_BYTES = 24 * 1024 * 1024
"""What the days at hand may take together."""
_LEAST_HELD = 14

Reader = Callable[[date], DaySlot]
"""Reads a day, on any thread."""


class DaysAhead(QObject):
    """The days at hand, and the reading of more."""

    came = Signal(object)
    """A day that was wanted is at hand: its date."""
    failed = Signal(object)
    """It could not be read: the DuedeskError."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._held: dict[date, DaySlot] = {}
        self._read: Reader | None = None
        self._waiting: list[date] = []
        self._wanted: date | None = None
        self._is_reading = False
        self._round = 0

    def stand(self, read: Reader, standing: DaySlot | None = None) -> None:
        """Begin anew: another book, another grouping; `standing` is the day that is there already."""
        self._round += 1
        self._read, self._wanted, self._is_reading = read, None, False
        self._held, self._waiting = {}, []
        if standing is not None:
            self.keep(standing)

    def keep(self, slot: DaySlot) -> None:
        """Take in a day that was read for something else."""
        self._held[slot.day] = slot

    def at(self, day: date) -> DaySlot | None:
        """Give a day, if it is at hand."""
        return self._held.get(day)

    @property
    def days(self) -> frozenset[date]:
        """Give the days at hand."""
        return frozenset(self._held)

    def begin(self, last: date) -> None:
        """Read the year up to a day: month ends first, then what lies between, ever finer, while there is room."""
        if not self._waiting:
            self._waiting = [day for day in _order(last) if day not in self._held]
        self._go_on()

    def rest(self) -> None:
        """Read no more than was begun."""
        self._waiting = []

    def want(self, day: date) -> None:
        """Read a day next, and tell when it is at hand; the one wanted before is not told any more."""
        self._wanted = None if day in self._held else day
        self._go_on()

    def _go_on(self) -> None:
        if self._is_reading or self._read is None:
            return
        day = self._wanted or next((one for one in self._waiting if one not in self._held), None)
        if day is None or (self._wanted is None and not self._has_room()):
            self._waiting = []
            return
        if day in self._waiting:
            self._waiting = self._waiting[self._waiting.index(day) + 1 :] if self._wanted is None else self._waiting
        self._is_reading = True
        read, current = self._read, self._round
        self._tasks.read(
            self,
            lambda: read(day),
            lambda slot: self._take(slot, current),
            failed=lambda error: self._fail(error, current),
        )

    def _take(self, slot: DaySlot, round_: int) -> None:
        if round_ != self._round:
            return  # a late answer to an old question
        self._is_reading = False
        if not self._has_room():
            self._forget_farthest(slot.day)
        self.keep(slot)
        if slot.day == self._wanted:
            self._wanted = None
            self.came.emit(slot.day)
        self._go_on()

    def _fail(self, error: DuedeskError, round_: int) -> None:
        if round_ == self._round:
            self._is_reading, self._wanted, self._waiting = False, None, []
            self.failed.emit(error)

    def _has_room(self) -> bool:
        largest = max((slot.size for slot in self._held.values()), default=0)
        return len(self._held) < max(_LEAST_HELD, HELD_BYTES // max(largest, 1))

    def _forget_farthest(self, day: date) -> None:
        del self._held[max(self._held, key=lambda one: abs((one - day).days))]


def month_ends(last: date, count: int) -> list[date]:
    """Give the ends of the months before a day, the latest first."""
    days = [last.replace(day=1) - timedelta(days=1)]
    while len(days) < count:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days


def _order(last: date) -> list[date]:
    first = last - timedelta(days=YEAR)
    order = [day for day in month_ends(last, 12) if day >= first]
    for step in (16, 8, 4, 2, 1):
        order += [last - timedelta(days=back) for back in range(0, YEAR + 1, step)]
    return list(dict.fromkeys(order))
