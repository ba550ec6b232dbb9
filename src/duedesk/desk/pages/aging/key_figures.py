"""DSO and what goes with it, of one currency: each with its formula and how it changed; it works nothing out."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from duedesk.desk import fonts
from duedesk.desk import format as written
from duedesk.desk.pages.aging.tellable import Telling, make_tellable
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_tooltip
from duedesk.domain.explaining.figures import KeyFigure
from duedesk.domain.explaining.telling_metrics import tenths
from duedesk.domain.metrics import FORMULAS, FORMULAS_IN_SHORT, KEY_FIGURES, MonthFigures

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROOMY = 46
"""Pixels a figure at which it is written large."""
_BESIDE = 330
"""Pixels of width at which there is room to say since when a figure changed, and formulas are written in full."""
_LARGE, _SMALL = 18, fonts.TEXT
_SHORT_NAMES = {"add": "Days delinquent"}
"""Names that would be cut where there is little room."""

SHOWN = ("dso", "best_possible_dso", "add", "cei", "percent_overdue")
"""The figures that are shown, by their names in `KEY_FIGURES`."""


class KeyFigures(QWidget):
    """Shows the figures of a day against those of the month end before it."""

    told = Signal(object)
    """How a figure is made up is asked for: a KeyFigure."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._months: tuple[MonthFigures, ...] = ()
        self._known_on: datetime | None = None
        self.figures = {name: plain_label(written.NOTHING, selectable=True) for name in SHOWN}
        self.changes = {name: plain_label("", Role.SMALL) for name in SHOWN}
        self.names = {name: elided_label(KEY_FIGURES[name][0], Role.QUIET) for name in SHOWN}
        self.formulas = {name: plain_label("", Role.SMALL, wraps=True) for name in SHOWN}
        self._is_roomy: bool | None = None
        for name in SHOWN:
            column.addLayout(self._line(name), 2 if name == "cei" else 1)  # its formula takes two lines
        self._arrange(roomy=False)

    def show_months(self, months: tuple[MonthFigures, ...], known_on: datetime | None) -> None:
        """Show the last of some months against the one before; without any, dashes."""
        self._months, self._known_on = months, known_on
        for name in SHOWN:
            label, unit = KEY_FIGURES[name]
            value = months[-1].key_figure(name) if months else None
            self.figures[name].setText(written.NOTHING if value is None else f"{tenths(value)} {unit}")
            set_tooltip(self.figures[name], f"{label} = {FORMULAS[name]}\nCtrl+I explains it.")
            self.figures[name].setAccessibleName(f"{label}: {self.figures[name].text()}, {self._changed(name)}")
        self._say_changes()

    def figure_in_hand(self) -> KeyFigure | None:
        """Give the figure that has the cursor."""
        name = next((name for name, label in self.figures.items() if label.hasFocus()), None)
        return None if name is None else self._figure(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write the figures large and the formulas in full where there is room."""
        super().resizeEvent(event)
        self._arrange(roomy=event.size().height() / len(SHOWN) >= _ROOMY and event.size().width() >= _BESIDE)

    def _line(self, name: str) -> QGridLayout:
        line = QGridLayout()
        line.setVerticalSpacing(0)
        line.setHorizontalSpacing(8)
        line.addWidget(self.names[name], 0, 0)
        line.addWidget(self.changes[name], 0, 1, _RIGHT)
        line.addWidget(self.figures[name], 0, 2, _RIGHT)
        line.addWidget(self.formulas[name], 1, 0, 1, 3, Qt.AlignmentFlag.AlignTop)
        line.setColumnStretch(0, 1)
        for widget in (self.names[name], self.changes[name], self.figures[name], self.formulas[name]):
            make_tellable(widget, partial(self._offered, name), walks=widget is self.figures[name])
        return line

    def _offered(self, name: str) -> Sequence[Telling]:
        """Offer to tell a figure; DSO also as countback has it."""
        if not self._months:
            return ()
        offered = [("Explain this number", partial(self._tell, name))]
        if name == "dso":
            offered.append(("Explain the countback DSO", partial(self._tell, "countback")))
        return offered

    def _tell(self, name: str) -> None:
        self.told.emit(self._figure(name))

    def _figure(self, name: str) -> KeyFigure | None:
        if not self._months:
            return None
        now = self._months[-1]
        return KeyFigure(name, now.end, now.currency, self._known_on, now.months)

    def _arrange(self, *, roomy: bool) -> None:
        """Write the figures large and all in full, or small and in short."""
        if roomy is self._is_roomy:
            return
        self._is_roomy = roomy
        for name in SHOWN:
            label = KEY_FIGURES[name][0]
            self.names[name].setText(label if roomy else _SHORT_NAMES.get(name, label))
            self.figures[name].setFont(fonts.font(_LARGE if roomy else _SMALL))
            self.formulas[name].setText(f"= {(FORMULAS if roomy else FORMULAS_IN_SHORT)[name]}")
            set_tooltip(self.formulas[name], "" if roomy else f"{KEY_FIGURES[name][0]} = {FORMULAS[name]}")
        self._say_changes()

    def _say_changes(self) -> None:
        for name in SHOWN:
            changed = self._changed(name)
            self.changes[name].setText(changed if self._is_roomy else changed.partition(" since ")[0])
            set_tooltip(self.changes[name], "" if self._is_roomy else changed)

    def _changed(self, name: str) -> str:
        """Say by how much a figure changed since the month end before; nothing where it cannot be said."""
        if len(self._months) < 2:
            return ""
        before, now = (month.key_figure(name) for month in self._months[-2:])
        if now is None or before is None:
            return ""
        return f"{_change(now - before)} since {written.day(self._months[-2].end)[3:6]}"


def _change(difference: Decimal) -> str:
    """Write a change in the unit of its figure: `+1.8`, `−0.4`, `no change`."""
    text = tenths(abs(difference))
    if text == "0.0":
        return "no change"
    return f"{'+' if difference > 0 else '−'}{text}"
