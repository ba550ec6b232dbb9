"""How far past forecasts were off, beside the forecast: each figure with its formula; it works nothing out."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip
from duedesk.domain.forecast.error import FORMULAS, ForecastError
from duedesk.domain.forecast.words import error_in_words, signed_percent, whole_percent

HOW = (
    "The forecast is made again for {} past days, each with what was known that day, and held against what payments "
    "brought in since."
)
_ROOM = 260
"""Pixels from which on there is room for the formulas."""

_NAMES = {
    "error": "Weeks off by",
    "error_of_total": "All weeks together",
    "by_due_dates": "By due dates alone",
    "bias": "Bias",
}


class ErrorCard(QFrame):
    """Says how good the forecast is, once that is known."""

    stopped = Signal()
    """Nobody waits for the back-test any more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.said = plain_label("", Role.QUIET, wraps=True)
        self.stop = button("Stop", self.stopped.emit, link=True)
        self.stop.hide()
        self.lines: dict[str, str] = {}
        self._formulas: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addWidget(self.said)
        column.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(plain_label("Back-test", Role.STRONG))
        head.addStretch(1)
        head.addWidget(self.stop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 6, 8)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addWidget(scrolled(self.inside), 1)

    def say(self, text: str, *, may_stop: bool = False) -> None:
        """Say why there are no figures: they are on their way, or there are none."""
        self._clear()
        self.said.setText(text)
        self.stop.setVisible(may_stop)

    def show_error(self, error: ForecastError) -> None:
        """Show how far past forecasts were off."""
        words = error_in_words(error).replace(" %", "\u00a0%")  # a figure and its sign stay in one line
        self.say(f"{words}\n\n{HOW.format(len(error.origins))}")
        for name, figure, formula in _lines(error):
            self._add(name, figure, formula)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write the formulas out where there is room; their figures tell them in any case."""
        super().resizeEvent(event)
        for one in self._formulas:
            one.setVisible(event.size().width() >= _ROOM)

    def _add(self, name: str, figure: str, formula: str) -> None:
        self.lines[name] = figure
        row = self._grid.rowCount()
        shown = plain_label(figure, Role.STRONG, selectable=True)
        shown.setAccessibleName(f"{name}: {figure}")
        set_tooltip(shown, formula)
        self._grid.addWidget(plain_label(name, Role.QUIET, wraps=True), row, 0)  # before the figure is cut
        self._grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        below = plain_label(f"= {formula}", Role.SMALL, wraps=True)
        below.setVisible(self.width() >= _ROOM)
        self._formulas.append(below)
        self._grid.addWidget(below, row + 1, 0, 1, 2)

    def _clear(self) -> None:
        self.lines, self._formulas = {}, []
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _lines(error: ForecastError) -> Iterator[tuple[str, str, str]]:
    for name, label in _NAMES.items():
        share = getattr(error, name)
        said = signed_percent if name == "bias" else whole_percent
        yield label, written.NOTHING if share is None else f"{said(share)} %", FORMULAS[name]
    covered = f"{error.covered_weeks} of {len(error.weeks)}"
    yield "Within P10 to P90", covered, FORMULAS["covered"]
