"""Days to pay, a bar an account: within its terms, and beyond them; a mark stands at the terms; it asks nothing."""

from collections.abc import Sequence
from decimal import Decimal

from duedesk.charts.chart import Sheet
from duedesk.charts.lying import LyingBars
from duedesk.charts.picture import ChartColumn
from duedesk.charts.scale import scale_of
from duedesk.domain.money import ZERO

WITHIN, BEYOND = "Within terms", "Beyond terms"


class HabitBars(LyingBars):
    """How long accounts take to pay, the slowest first; `terms` are the days agreed with each."""

    def __init__(self, columns: Sequence[ChartColumn], terms: Sequence[Decimal], sheet: Sheet) -> None:
        look = sheet.look
        entries = [(WITHIN, look.bucket(0, 5)), (BEYOND, look.bucket(3, 5))]
        room = max(terms, default=ZERO)
        super().__init__(
            columns, entries, lambda most, steps: scale_of(most, 0, most_steps=steps, unit=" days"), sheet, room=room
        )
        if self.columns:
            self._mark(terms)

    def _shown(self, columns: Sequence[ChartColumn]) -> list[ChartColumn]:
        """Leave the others out: days of several accounts are no sum."""
        return list(columns[: self._most])

    def _mark(self, terms: Sequence[Decimal]) -> None:
        row = self.plot.height / len(self.columns)
        for index, (_, agreed) in enumerate(zip(self.columns, terms, strict=False)):
            x = self.plot.left + self.plot.width * float(max(agreed, ZERO) / self.scale.top)
            top = self.plot.top + index * row
            self.canvas.fill([(self.canvas.snapped(x) - 1, top + row * 0.1, 2, row * 0.8)], [self.look.text])
