"""The bar above the list of invoices: it turns chips, days, an account and a text into a Narrowing; it asks nothing."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from duedesk.desk.page import Desk
from duedesk.desk.pages.invoices.narrowing import EVERYTHING, Narrowing, State
from duedesk.desk.widgets.account_search import PAUSE_MS, AccountSearch
from duedesk.desk.widgets.buttons import button, chip, removable_chip
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.domain.aging import LAST_EDGE
from duedesk.store.queries.accounts import AccountRow, suggest_accounts

_TELLS_KEY = 196
"""Pixels of the search from which on it tells its key."""

_LONGEST_CHIP = 60
"""Letters of a chip; a title from elsewhere may be longer."""


class FilterBar(QWidget):
    """Shows a Narrowing and tells each other one."""

    narrowed = Signal(object)
    """Another Narrowing."""
    left = Signal()
    """The reader goes on to the list."""
    views_asked = Signal(object)
    """The saved views are to be offered below a widget."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._workspace = desk.workspace
        self._narrowing = Narrowing()
        self._chips = {state: chip(state.value) for state in State}
        for state, pressed in self._chips.items():
            pressed.clicked.connect(partial(self._toggle, state))
        self._days_from = _day_field("from", "Days overdue from")
        self._days_to = _day_field("to", "Days overdue to")
        self._days_pause = QTimer(self)
        self._days_pause.setSingleShot(True)
        self._days_pause.setInterval(PAUSE_MS)
        self._days_pause.timeout.connect(self._take_days)
        for field in (self._days_from, self._days_to):
            field.textEdited.connect(lambda _: self._days_pause.start())
            field.editingFinished.connect(self._take_days)
        self.search = AccountSearch(desk.tasks, self._suggest)
        self.search.setAccessibleName("Account or number")
        self.search.setMinimumWidth(140)
        self.search.searched.connect(lambda text: self._change(replace(self._narrowing, text=text)))
        self.search.account_chosen.connect(self._take_account)
        self.search.left.connect(self.left)
        self._clear = button("Clear", lambda: self._change(Narrowing()), link=True)
        self.views = button("Views ▾")
        self.views.setAccessibleName("Views")
        self.views.clicked.connect(lambda *_: self.views_asked.emit(self.views))
        self._narrowed_to = QWidget()
        self._narrowed_chips = QHBoxLayout(self._narrowed_to)
        self._narrowed_chips.setContentsMargins(0, 0, 0, 0)
        self._narrowed_chips.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._line())
        column.addWidget(self._narrowed_to)
        self._show()

    @property
    def narrowing(self) -> Narrowing:
        """Give what the list is narrowed to."""
        return self._narrowing

    def set_narrowing(self, narrowing: Narrowing) -> None:
        """Show a narrowing without telling anyone."""
        self._narrowing = narrowing
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the key of the search where there is room for it."""
        super().resizeEvent(event)
        is_wide = self.search.width() >= _TELLS_KEY
        self.search.setPlaceholderText("Account, number   Ctrl+F" if is_wide else "Account, number")

    def _suggest(self, text: str) -> tuple[AccountRow, ...]:
        """Ask for accounts; called behind the window."""
        return self._workspace.ask(suggest_accounts, text)

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for pressed in self._chips.values():
            line.addWidget(pressed)
        line.addSpacing(4)
        for widget in (
            plain_label("Days overdue", Role.QUIET),
            self._days_from,
            plain_label("–", Role.QUIET),
            self._days_to,
        ):
            line.addWidget(widget)
        line.addSpacing(4)
        line.addWidget(self.search, 1)
        line.addWidget(self._clear)
        line.addWidget(self.views)
        return line

    def _toggle(self, state: State, *_: object) -> None:
        self._change(self._narrowing.toggled(state))

    def _take_account(self, account: AccountRow) -> None:
        self._change(replace(self._narrowing, account=account, text=""))
        self.left.emit()

    def _take_days(self) -> None:
        self._days_pause.stop()
        days_from, days_to = (_days(field.text()) for field in (self._days_from, self._days_to))
        if (days_from, days_to) != (self._narrowing.days_from, self._narrowing.days_to):
            self._change(replace(self._narrowing, days_from=days_from, days_to=days_to))

    def _change(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self._show()
        self.narrowed.emit(narrowing)

    def _show(self) -> None:
        shown = self._narrowing
        for state, pressed in self._chips.items():
            with QSignalBlocker(pressed):
                pressed.setChecked(state in shown.states)
        for field, days in ((self._days_from, shown.days_from), (self._days_to, shown.days_to)):
            if _days(field.text()) != days:
                field.setText("" if days is None else str(days))
        if self.search.text().strip() != shown.text:
            self.search.set_search(shown.text)
        self._clear.setVisible(shown not in {Narrowing(), EVERYTHING})
        self._show_narrowed_to()

    def _show_narrowed_to(self) -> None:
        while (item := self._narrowed_chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        parts: list[tuple[str, Narrowing]] = []
        if self._narrowing.asked is not None:
            wider = replace(self._narrowing, asked=None, title="")
            parts.append((self._narrowing.title or "Narrowed", wider))
        if self._narrowing.account is not None:
            parts.append((self._narrowing.account.name, replace(self._narrowing, account=None)))
        for text, wider in parts:
            said = text if len(text) <= _LONGEST_CHIP else f"{text[:_LONGEST_CHIP]}…"
            taken_off = removable_chip(said, partial(self._change, wider))
            self._narrowed_chips.addWidget(taken_off, 0, Qt.AlignmentFlag.AlignLeft)
        self._narrowed_chips.addStretch(1)
        self._narrowed_to.setVisible(bool(parts))


def _day_field(placeholder: str, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(name)
    field.setFixedWidth(52)
    field.setMaxLength(6)
    field.setValidator(QIntValidator(-LAST_EDGE, LAST_EDGE, field))
    return field


def _days(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
