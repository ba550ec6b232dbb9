"""The bar above what changed: since when, how it is laid out, and whose; it asks nothing of the book."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.changes.content import Layout
from duedesk.desk.widgets.buttons import button, chip, removable_chip
from duedesk.desk.widgets.known_field import KnownField
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_tooltip

_HELP = "What was known at the end of that day, in UTC: what was recorded after it is told."

_SINCE = "Since what was known on"
_ROOM, _ROOM_WITH_ACCOUNT = 920, 1120
"""Pixels from which on all is said in full, without an account and with one."""

_LONGEST_ACCOUNT = 22
"""Letters of an account's name on its chip; the whole is its tooltip."""


class ChangesBar(QWidget):
    """Tells when something else is asked."""

    asked = Signal()
    stopped = Signal()
    """Nobody waits for the answer any more."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.since = KnownField(today)
        self.since.setAccessibleName("Known before")
        self.since.setPlaceholderText("")
        set_tooltip(self.since, _HELP)
        self.layouts = {one: chip(one.value) for one in Layout}
        self.only_late = chip("Only back-dated")
        set_tooltip(self.only_late, "Only what counts from a day that was over when the earlier moment came")
        self.until = elided_label("", Role.QUIET)
        self.stop = button("Stop", self.stopped.emit)
        set_tooltip(self.stop, "Read no further; F5 reads again")
        self.stop.hide()
        self._until = "", ""
        self._account_key: int | None = None
        self._account_chip: QWidget | None = None
        group = QButtonGroup(self)
        group.setExclusive(True)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        self._label = plain_label(_SINCE, Role.QUIET)
        self._label.setBuddy(self.since)
        self._line.addWidget(self._label)
        self._line.addWidget(self.since)
        self._line.addSpacing(12)
        for layout, pressed in self.layouts.items():
            group.addButton(pressed)
            self._line.addWidget(pressed)
            pressed.setChecked(layout is Layout.BY_ACCOUNT)
            pressed.clicked.connect(lambda *_: self.asked.emit())
        self._line.addSpacing(6)
        self._line.addWidget(self.only_late)
        self._line.addWidget(self.until, 1)
        self._line.addWidget(self.stop)
        self.only_late.clicked.connect(lambda *_: self.asked.emit())
        self.since.moment_changed.connect(lambda _: self.asked.emit())

    @property
    def layout_asked(self) -> Layout:
        """Give how the events are laid out."""
        return next(one for one, pressed in self.layouts.items() if pressed.isChecked())

    @property
    def account_key(self) -> int | None:
        """Give whose events are asked for; None asks for everybody's."""
        return self._account_key

    def show_until(self, known_on: datetime | None, as_of: date) -> None:
        """Say up to when events are told, and for which day."""
        until = "now" if known_on is None else written.moment(known_on)
        self._until = f"until {until}", f"until {until} · as of {written.day(as_of)}"
        self._fit()

    def narrow(self, account_key: int | None, account: str = "") -> None:
        """Ask for one account's events, or for everybody's."""
        self._account_key = account_key
        if self._account_chip is not None:
            self._account_chip.deleteLater()
            self._account_chip = None
        if account_key is not None:
            self._account_chip = removable_chip(_chip_text(account), self._widen)
            set_tooltip(self._account_chip, account if _chip_text(account) != account else "")
            self._line.insertWidget(self._line.indexOf(self.until), self._account_chip)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say it in fewer words where there is little room: as of which day stands above the page, too."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < (_ROOM if self._account_chip is None else _ROOM_WITH_ACCOUNT)
        self._label.setText("Since" if is_narrow else _SINCE)
        self.until.setText(self._until[0 if is_narrow else 1])

    def _widen(self) -> None:
        self.narrow(None)
        self.asked.emit()


def _chip_text(account: str) -> str:
    if len(account) <= _LONGEST_ACCOUNT:
        return account or "One account"
    return f"{account[:_LONGEST_ACCOUNT].rstrip()}…"
