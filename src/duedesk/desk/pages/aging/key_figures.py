"""DSO and what goes with it, of one currency: each with its formula and how it changed; it works nothing out."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from duedesk.desk import fonts
from duedesk.desk import format as written
from duedesk.desk.pages.aging.chart_words import tenths
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_tooltip
from duedesk.domain.metrics import FORMULAS, MonthFigures

_DAYS, _PERCENT = "days", "%"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROOMY = 46
"""Pixels a figure at which it is written large."""
_BESIDE = 330
"""Pixels of width at which the change stands beside the figure without cutting its name."""
_LARGE, _SMALL = 18, 14


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure: its name, its formula, its unit, and where it stands."""

    name: str
    formula: str
    unit: str
    of: Callable[[MonthFigures], Decimal | None]


def _overdue(month: MonthFigures) -> Decimal | None:
    current = month.percent_current
    return None if current is None else Decimal(100) - current


KPIS = (
    Kpi("DSO", FORMULAS["dso"], _DAYS, lambda month: month.dso),
    Kpi("Best possible DSO", FORMULAS["best_possible_dso"], _DAYS, lambda month: month.best_possible_dso),
    Kpi("Average days delinquent", FORMULAS["add"], _DAYS, lambda month: month.average_days_delinquent),
    Kpi("CEI", FORMULAS["cei"], _PERCENT, lambda month: month.cei),
    Kpi("Overdue", "receivables past due ÷ receivables × 100", _PERCENT, _overdue),
)


class KeyFigures(QWidget):
    """Shows the figures of a day against those of the month end before it."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.figures = {kpi.name: plain_label(written.NOTHING, selectable=True) for kpi in KPIS}
        self.changes = {kpi.name: plain_label("", Role.SMALL) for kpi in KPIS}
        self.names = {kpi.name: elided_label(kpi.name, Role.QUIET) for kpi in KPIS}
        self._cut = {kpi.name: elided_label(f"= {kpi.formula}", Role.SMALL) for kpi in KPIS}
        self._whole = {kpi.name: plain_label(f"= {kpi.formula}", Role.SMALL, wraps=True) for kpi in KPIS}
        self._lines = {kpi.name: QGridLayout() for kpi in KPIS}
        self._is_roomy: bool | None = None
        for kpi in KPIS:
            self._lay_out(kpi.name)
            column.addLayout(self._lines[kpi.name], 1)
        self._arrange(roomy=False)

    def show_months(self, months: tuple[MonthFigures, ...]) -> None:
        """Show the last of some months against the one before; without any, dashes."""
        now, before = (months[-1] if months else None), (months[-2] if len(months) > 1 else None)
        for kpi in KPIS:
            value, earlier = (None if month is None else kpi.of(month) for month in (now, before))
            self.figures[kpi.name].setText(written.NOTHING if value is None else f"{tenths(value)} {kpi.unit}")
            changed = ""
            if value is not None and earlier is not None and before is not None:
                changed = f"{_change(value - earlier)} since {written.day(before.end)[3:6]}"
            self.changes[kpi.name].setText(changed)
            set_tooltip(self.figures[kpi.name], f"{kpi.name} = {kpi.formula}")
            self.figures[kpi.name].setAccessibleName(f"{kpi.name}: {self.figures[kpi.name].text()}, {changed}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write the figures large and the formulas whole where there is room."""
        super().resizeEvent(event)
        self._arrange(roomy=event.size().height() / len(KPIS) >= _ROOMY and event.size().width() >= _BESIDE)

    def _lay_out(self, name: str) -> None:
        line = self._lines[name]
        line.setVerticalSpacing(0)
        line.setHorizontalSpacing(8)
        line.addWidget(self.figures[name], 0, 2, _RIGHT)
        line.addWidget(self._whole[name], 1, 0, 1, 3, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._cut[name], 1, 0)
        line.setColumnStretch(0, 1)

    def _arrange(self, *, roomy: bool) -> None:
        """Put the change beside the figure and the formula on two lines, or the one at the end of the other."""
        if roomy is self._is_roomy:
            return
        self._is_roomy = roomy
        for name, line in self._lines.items():
            self.figures[name].setFont(fonts.font(_LARGE if roomy else _SMALL))
            self._whole[name].setVisible(roomy)
            self._cut[name].setVisible(not roomy)
            line.removeWidget(self.names[name])
            line.removeWidget(self.changes[name])
            line.addWidget(self.names[name], 0, 0, 1, 1 if roomy else 2)  # a long change below narrows no name
            line.addWidget(self.changes[name], 0 if roomy else 1, 1, 1, 1 if roomy else 2, _RIGHT)


def _change(difference: Decimal) -> str:
    """Write a change in the unit of its figure: `+1.8`, `−0.4`, `no change`."""
    text = tenths(abs(difference))
    if text == "0.0":
        return "no change"
    return f"{'+' if difference > 0 else '−'}{text}"
