"""How a balance moved in a period: what moved it, line by line; its first and last day are chosen here."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.aging.tellable import make_tellable
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.frames import rule, scrolled
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role
from duedesk.domain.aging import AgingRequest
from duedesk.domain.explaining.figures import AgingFigure, Figure, MovementFigure
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.roll_forward import MOVEMENTS, RollForward

_FIELD, _LINE = 108, 18


class Forward(QWidget):
    """Shows the roll-forward of a period; its last day follows the day of the desk until it is changed."""

    days_changed = Signal()
    """Other days are chosen."""
    told = Signal(object)
    """How a line is made up is asked for: its Figure."""

    def __init__(self, day: date, today: Callable[[], date]) -> None:
        super().__init__()
        self.first = DateField(day.replace(day=1), today)
        self.end = DateField(day, today)
        self._follows = day
        for field, name in ((self.first, "First day"), (self.end, "Last day")):
            field.setAccessibleName(name)
            field.setFixedWidth(_FIELD)
            field.day_changed.connect(lambda _: self.days_changed.emit())
        days = QHBoxLayout()
        days.setSpacing(4)
        days.addWidget(self.first)
        days.addWidget(plain_label("to", Role.QUIET))
        days.addWidget(self.end)
        days.addStretch(1)
        self.lines: list[tuple[str, QLabel]] = []
        self._figures: list[Figure] = []
        self._lines = QGridLayout()
        self._lines.setSpacing(2)
        self._lines.setColumnStretch(0, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 14, 0)  # clear of the scroll bar
        column.addLayout(self._lines)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(days)
        area = scrolled(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area, 1)

    def follow(self, day: date) -> None:
        """Go with the desk to another day, unless other days were chosen."""
        if self.end.day == self._follows:
            self.end.set_day(day)
            if self.first.day == self._follows.replace(day=1) or self.first.day > day:
                self.first.set_day(day.replace(day=1))
        self._follows = day

    def show_rows(self, rows: tuple[RollForward, ...], currency: str, known_on: datetime | None) -> None:
        """Show the row of a currency; what moved nothing has no line."""

        def balance(day: date) -> AgingFigure:
            return AgingFigure(AgingRequest(day, known_on, (CURRENCY,), currency=currency), (), currency)

        row = next((one for one in rows if one.currency == currency), None) or RollForward(
            currency, self.first.day, self.end.day
        )
        self._clear()
        opening = written.amount(row.opening, currency)
        self._add(f"Open {written.day(row.opens_on)}", opening, Role.STRONG, balance(row.opens_on))
        for (name, label), amount in zip(MOVEMENTS, row.moved, strict=True):
            if amount:
                movement = MovementFigure(name, row.first_day, row.end, currency, known_on)
                self._add(label, written.amount(amount, currency), Role.TEXT, movement)
        self._lines.addWidget(rule(), self._lines.rowCount(), 0, 1, 2)
        at_end = written.amount(row.closing, currency)
        closing = self._add(f"Open {written.day(row.end)}", at_end, Role.STRONG, balance(row.end))
        proof = plain_label("adds up ✓" if not row.difference else "", Role.GOOD)
        if row.difference:
            proof.setText(f"differs by {written.amount(row.difference, currency)}")
            set_role(proof, Role.OVERDUE)
        self._lines.addWidget(proof, self._lines.rowCount(), 1, Qt.AlignmentFlag.AlignRight)
        closing.setAccessibleDescription(proof.text())

    def figure_in_hand(self) -> Figure | None:
        """Give the figure of the line that has the cursor."""
        lines = zip(self.lines, self._figures, strict=True)
        return next((figure for (_, shown), figure in lines if shown.hasFocus()), None)

    def say(self, text: str) -> None:
        """Say why there is nothing to show."""
        self._clear()
        self._lines.addWidget(plain_label(text, Role.OVERDUE, wraps=True), 0, 0, 1, 2)

    def _add(self, label: str, text: str, role: Role, figure: Figure) -> QLabel:
        at = self._lines.rowCount()
        shown, named = plain_label(text, role, selectable=True), elided_label(label, Role.QUIET)
        for part in (shown, named):
            make_tellable(part, lambda: [("Explain this number", lambda: self.told.emit(figure))], walks=part is shown)
        shown.setAccessibleName(f"{label}: {text}")
        shown.setMinimumHeight(_LINE)  # a scroll area would press them together before it scrolls
        self._lines.addWidget(named, at, 0)
        self._lines.addWidget(shown, at, 1, Qt.AlignmentFlag.AlignRight)
        self.lines.append((label, shown))
        self._figures.append(figure)
        return shown

    def _clear(self) -> None:
        self.lines, self._figures = [], []
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.deleteLater()
