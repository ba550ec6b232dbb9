"""What the charts of the aging page are made of: read when a chart needs it, kept while it holds; it draws nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from duedesk.desk.page import Desk
from duedesk.desk.pages.aging.ahead import DaysAhead, month_ends
from duedesk.desk.pages.aging.drawing import Scene
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.questions import Answer, Asked, day_slot, points_of, scene_of
from duedesk.desk.pages.aging.scenes import (
    BARS,
    MOST_ROWS,
    Totals,
    accounts_scene,
    concentration_scene,
    days_of_chart,
    trend_scene,
)
from duedesk.desk.pages.aging.slots import RowIndex
from duedesk.domain.aging import AgingRequest, AgingRow
from duedesk.domain.errors import DuedeskError
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.money import ZERO

_AT_ONCE = 3
"""Month ends read in one go, the latest first: bars are seen as they come."""

SceneMaker = Callable[[], Scene | None]


class ChartData(QObject):
    """The figures at hand. `scene` gives what makes a chart of them, `need` reads what it lacks."""

    came = Signal()
    """More is at hand."""
    failed = Signal(object)
    """It could not be read: the DuedeskError."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Answer | None = None
        self._points: dict[date, Totals] = {}
        self._points_for: Asked | None = None
        self._slots_for: Asked | None = None
        self._index = RowIndex()
        self._index_for: Asked | None = None
        self._missing: tuple[date, ...] = ()
        self._older: tuple[date, ...] = ()
        self._scenes: dict[tuple[ChartKind, str], Scene] = {}
        self._reading: tuple[ChartKind, str] | None = None
        self.ahead = DaysAhead(desk.tasks, self)
        self.ahead.came.connect(lambda _: self.came.emit())
        self.ahead.failed.connect(self.failed)

    @property
    def request(self) -> AgingRequest | None:
        """Give what is stood on."""
        return None if self._found is None else self._found.aging.request

    @property
    def is_converted(self) -> bool:
        """Tell whether figures of several currencies stand in one."""
        return self._found is not None and self._found.asked.currency is not None

    def forget(self) -> None:
        """Read everything again the next time: the book may have changed."""
        self._points, self._points_for, self._slots_for, self._index_for = {}, None, None, None

    def index_for(self, asked: Asked) -> RowIndex:
        """Give the index that holds for what is asked on every day."""
        whose = _on(asked, date.min)
        if whose != self._index_for:
            self._index, self._index_for = RowIndex(), whose
        return self._index

    def stand(self, found: Answer) -> None:
        """Take in what the page has read; what is at hand of other days is kept while it holds."""
        self._found, self._scenes, self._reading = found, {}, None
        asked = found.asked
        # Whose rows the table shows makes no other month ends: twelve agings need not be read again for that.
        every = replace(asked.request, as_of=date.min, by=(CURRENCY,), currency=None)
        if replace(asked, request=every) != self._points_for:
            self._points, self._points_for, self._missing, self._older = {}, replace(asked, request=every), (), ()
        if _on(asked, date.min) != self._slots_for:
            self._slots_for = _on(asked, date.min)
            workspace, index = self._desk.workspace, found.index
            self.ahead.stand(lambda day: day_slot(workspace, _on(asked, day), index), found.slot)
        else:
            self.ahead.keep(found.slot)

    def reach(self, last: date) -> None:
        """Read ahead: the reader reaches for the slider, which ends on a day."""
        self._older = tuple(month_ends(last, 2 * BARS))
        self._read_points(())
        self.ahead.begin(last)

    def need(self, kind: ChartKind, day: date, currency: str) -> None:
        """Read what a chart of a day lacks."""
        if kind.slides and self.ahead.at(day) is None:
            self.ahead.want(day)
        if not kind.slides:
            self._read_scene(kind, currency)
        elif kind is ChartKind.TREND:
            self._read_points(days_of_chart(day)[:-1])  # the day itself is read as a whole

    def scene(self, kind: ChartKind, day: date, currency: str) -> SceneMaker:
        """Give a way to make the scene of a chart, on any thread; it makes none where something is lacking."""
        if self._found is None:
            return lambda: None
        make = self._maker(kind, day, currency, self._found)
        basis = self._found.aging.request.basis
        return lambda: None if (made := make()) is None else replace(made, basis=basis)

    def _maker(self, kind: ChartKind, day: date, currency: str, found: Answer) -> SceneMaker:
        request, standing, slot = found.aging.request, found.slot, self.ahead.at(day)
        if not kind.slides:
            held = self._scenes.get((kind, currency))
            return lambda: held
        if kind is ChartKind.TREND:
            points = dict(self._points)
            now = None if slot is None else {code: total.buckets for code, total in slot.totals.items()}
            return lambda: trend_scene(points, day, request.buckets, currency, now)
        if slot is None:
            return lambda: None
        if kind is ChartKind.CONCENTRATION:
            return lambda: concentration_scene(slot, currency, slot.largest(currency, MOST_ROWS))

        def accounts() -> Scene:
            names = standing.largest(currency, MOST_ROWS)
            there = [slot.row(row.key, currency) or _nothing(row) for row in names]
            return accounts_scene(slot, request.buckets, currency, there)

        return accounts

    def _read_points(self, days: tuple[date, ...]) -> None:
        lacking = sorted((day for day in days if day not in self._points), reverse=True)
        lacking = lacking or [day for day in self._older if day not in self._points]
        missing = tuple(lacking[:_AT_ONCE])
        if not missing or self._points_for is None or missing == self._missing:
            return
        self._missing = missing
        workspace, asked = self._desk.workspace, self._points_for
        self._desk.tasks.read(
            self,
            lambda: points_of(workspace, asked, missing),
            lambda points: self._take_points(points, asked),
            failed=self._fail,
            slot="points",
        )

    def _read_scene(self, kind: ChartKind, currency: str) -> None:
        found = self._found
        if found is None or (kind, currency) in self._scenes or self._reading == (kind, currency):
            return
        self._reading = (kind, currency)
        workspace, request = self._desk.workspace, found.aging.request
        self._desk.tasks.read(
            self,
            lambda: scene_of(workspace, kind, request, currency),
            lambda scene: self._take_scene(kind, currency, scene, found),
            failed=self._fail,
            slot="scene",
        )

    def _take_scene(self, kind: ChartKind, currency: str, scene: Scene, found: Answer) -> None:
        self._reading = None
        if found is self._found:
            self._scenes[kind, currency] = scene
            self.came.emit()

    def _take_points(self, points: dict[date, Totals], asked: Asked) -> None:
        if asked == self._points_for:
            self._points |= points
            self._missing = ()
            self.came.emit()

    def _fail(self, error: DuedeskError) -> None:
        self._missing, self._reading = (), None
        self.failed.emit(error)


def _on(asked: Asked, day: date) -> Asked:
    return replace(asked, request=replace(asked.request, as_of=day))


def _nothing(row: AgingRow) -> AgingRow:
    """Give the row of a day on which there was nothing."""
    return replace(row, buckets=(ZERO,) * len(row.buckets), unapplied=ZERO, balance=ZERO, disputed=ZERO)
