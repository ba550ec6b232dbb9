"""The card beside the chart: key figures, or the roll-forward of a period, of the currency of the chart."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.aging.forward import Forward
from duedesk.desk.pages.aging.key_figures import KeyFigures
from duedesk.desk.pages.aging.questions import Asked
from duedesk.desk.widgets.buttons import chip
from duedesk.desk.widgets.labels import Role, elided_label
from duedesk.domain.errors import DuedeskError
from duedesk.store.queries.metrics import metrics
from duedesk.store.queries.roll_forward import roll_forward

FIGURES, FORWARD = "Key figures", "Roll-forward"


class SideCard(QFrame):
    """Reads what it shows when it shows it."""

    told = Signal(object)
    """How a figure is made up is asked for: a Figure."""

    def __init__(self, desk: Desk, asked: Asked) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._desk = desk
        self._asked = asked
        self._currency = ""
        self._read_for: dict[str, object] = {}
        self.figures = KeyFigures()
        self.forward = Forward(asked.request.as_of, desk.workspace.world.today)
        self.forward.days_changed.connect(self._read)
        self.figures.told.connect(self.told)
        self.forward.told.connect(self.told)
        self.of = elided_label("", Role.QUIET)
        self.chips = {name: chip(name) for name in (FIGURES, FORWARD)}
        self._stack = QStackedWidget()
        group = QButtonGroup(self)
        first = QHBoxLayout()
        first.setSpacing(4)
        for (name, pressed), shown in zip(self.chips.items(), (self.figures, self.forward), strict=True):
            group.addButton(pressed)
            first.addWidget(pressed)
            self._stack.addWidget(shown)
            pressed.clicked.connect(partial(self._choose, name))
        self.chips[FIGURES].setChecked(True)
        first.addStretch(1)
        first.addWidget(self.of)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self._stack, 1)

    def show_figures(self, asked: Asked, currency: str) -> None:
        """Show the figures of a day and currency."""
        self._asked, self._currency = asked, currency
        self.of.setText(currency if asked.currency is None else f"invoices in {currency}")
        self.forward.follow(asked.request.as_of)
        self._read()

    def show_card(self, name: str) -> None:
        """Show the key figures or the roll-forward."""
        self.chips[name].setChecked(True)
        self._stack.setCurrentIndex(list(self.chips).index(name))
        self._read()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be shown here, each with its key."""
        return (
            PageCommand("&Roll-forward", partial(self.show_card, FORWARD), ("Alt+6",)),
            PageCommand("&Key figures", partial(self.show_card, FIGURES), ("Alt+7",)),
        )

    def forget(self) -> None:
        """Read again the next time: the book may have changed."""
        self._read_for = {}

    def _choose(self, name: str, *_: object) -> None:
        self.show_card(name)

    def _read(self) -> None:
        if not self._currency:
            return
        if self._stack.currentWidget() is self.figures:
            self._read_figures()
        else:
            self._read_forward()

    def _read_figures(self) -> None:
        request, currency, ask = self._asked.request, self._currency, self._desk.workspace.ask
        wanted = (request.as_of, request.known_on, currency)
        if self._read_for.get(FIGURES) == wanted:
            return
        self._read_for[FIGURES] = wanted
        self._desk.tasks.read(
            self,
            lambda: ask(metrics, request.as_of, request.known_on, currency, 2),
            lambda months: self.figures.show_months(months, request.known_on),
            failed=lambda _: self.figures.show_months((), None),
            slot=FIGURES,
        )

    def _read_forward(self) -> None:
        known_on, currency, ask = self._asked.request.known_on, self._currency, self._desk.workspace.ask
        first, end = self.forward.first.day, self.forward.end.day
        wanted = (first, end, known_on, currency)
        if self._read_for.get(FORWARD) == wanted:
            return
        self._read_for[FORWARD] = wanted
        self._desk.tasks.read(
            self,
            lambda: ask(roll_forward, first, end, known_on, currency),
            lambda rows: self.forward.show_rows(rows, currency, known_on),
            failed=self._fail,
            slot=FORWARD,
        )

    def _fail(self, error: DuedeskError) -> None:
        self.forward.say(f"{error.message} {error.hint}".rstrip())
