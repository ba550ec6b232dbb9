"""The head of a record's page: the figures that matter, large and few; it reads nothing and goes nowhere itself."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.records.clearing import clear
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role, set_tooltip
from duedesk.desk.widgets.link import Link
from duedesk.desk.widgets.pill import Pill
from duedesk.domain.forecast.words import Outlook
from duedesk.resources import Look


@dataclass(frozen=True, slots=True)
class Fact:
    """A value below its name; `mark` stands small beside it and says more in its tooltip.

    `leads` says that the value can be pressed.
    """

    name: str
    text: str
    mark: str = ""
    mark_help: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What the head says: the number and status, whose it is, the one figure, how it stands, and a few facts.

    `remark` is what a reader should not overlook; `figure_name` names the figure to those who cannot see it.
    """

    number: str
    status: str
    title: str
    figure: str
    figure_name: str
    state: str
    is_late: bool = False
    facts: tuple[Fact, ...] = ()
    remark: str = ""
    title_help: str = ""


class RecordHead(QFrame):
    """A card; empty until facts are shown."""

    title_pressed = Signal()
    fact_pressed = Signal(object)
    """A fact that leads somewhere was pressed: its name."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.number = plain_label("", Role.QUIET, selectable=True)
        self.pill = Pill(look)
        self.account = Link()
        self.account.clicked.connect(lambda *_: self.title_pressed.emit())
        self.balance = plain_label("", Role.FIGURE, selectable=True)
        self.due = plain_label()
        self.remark = elided_label("", Role.OVERDUE)
        self.outlook = plain_label("", Role.QUIET, wraps=True)
        self.outlook.setContentsMargins(0, 4, 0, 0)
        self.outlook.hide()
        self.shown: HeadFacts | None = None
        self._facts = QWidget()
        self._line = QHBoxLayout(self._facts)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(36)
        self._instead: QWidget | None = None
        self._right = QStackedWidget()
        self._right.addWidget(self._facts)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 14)
        outer.setSpacing(2)
        outer.addLayout(self._first_lines())
        outer.addSpacing(4)
        outer.addLayout(self._figures())
        outer.addWidget(self.remark)
        outer.addWidget(self.outlook)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.pill.set_look(look)

    def show_facts(self, facts: HeadFacts) -> None:
        """Show other facts."""
        self.shown = facts
        self.number.setText(facts.number)
        self.pill.set_text(facts.status)
        self.account.set_words(facts.title)
        set_tooltip(self.account, facts.title_help)
        self.show_figure(facts.figure, facts.figure_name)
        self.due.setText(facts.state)
        set_role(self.due, Role.OVERDUE if facts.is_late else Role.QUIET)
        self.remark.setText(facts.remark)
        self.remark.setVisible(bool(facts.remark))
        clear(self._line)
        for one in facts.facts:
            self._line.addLayout(self._fact(one))
        self._line.addStretch(1)

    def show_outlook(self, outlook: Outlook | None) -> None:
        """Say how it is expected to be paid, and why; nothing where nothing tells."""
        said = "" if outlook is None else outlook.line
        self.outlook.setText(said)
        self.outlook.setVisible(bool(said))

    def show_figure(self, figure: str, name: str) -> None:
        """Show another figure, such as the total of lines in hand."""
        self.balance.setText(figure)
        self.balance.setAccessibleName(f"{name} {figure}")

    def put(self, widget: QWidget | None) -> None:
        """Show a widget in place of the facts; None shows the facts again."""
        if self._instead is not None:
            self._right.removeWidget(self._instead)
        self._instead = widget
        if widget is not None:
            self._right.addWidget(widget)
        self._right.setCurrentWidget(widget or self._facts)

    def fact(self, name: str) -> str:
        """Give what a fact says, nothing where it is not there."""
        shown = self.shown.facts if self.shown is not None else ()
        return next((one.text for one in shown if one.name == name), "")

    def _first_lines(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.number)
        first.addWidget(self.pill)
        first.addStretch(1)
        column.addLayout(first)
        title = QHBoxLayout()
        title.addWidget(self.account)
        title.addStretch(1)
        column.addLayout(title)
        return column

    def _figures(self) -> QHBoxLayout:
        figure = QVBoxLayout()
        figure.setSpacing(2)
        figure.addWidget(self.balance)
        figure.addWidget(self.due)
        line = QHBoxLayout()
        line.setSpacing(48)
        line.addLayout(figure)
        line.addWidget(self._right, 1)
        return line

    def _fact(self, one: Fact) -> QVBoxLayout:
        value: QWidget
        if one.leads:
            link = Link()
            link.setFont(self.font())
            link.set_words(one.text)
            link.clicked.connect(lambda *_: self.fact_pressed.emit(one.name))
            value = link
        else:
            value = plain_label(one.text, selectable=True)
        return _below(one, value)


def _below(one: Fact, value: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addStretch(1)
    name = plain_label(one.name, Role.QUIET)
    name.setBuddy(value)
    column.addWidget(name)
    line = QHBoxLayout()
    line.setSpacing(6)
    line.addWidget(value)
    if one.mark:
        line.addWidget(_mark(one))
    line.addStretch(1)
    column.addLayout(line)
    return column


def _mark(one: Fact) -> QLabel:
    mark = plain_label(one.mark, Role.SMALL)
    mark.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    set_tooltip(mark, one.mark_help)
    return mark
