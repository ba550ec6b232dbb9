"""The bar of the page of issued letters: its views, what the list is narrowed to, and the field that searches it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from duedesk.desk.widgets.buttons import button, chip, removable_chip
from duedesk.desk.widgets.choice import Choice

_PAUSE_MS = 150


class IssuedBar(QWidget):
    """Chips, one of them on; the search waits for a pause in typing."""

    view_chosen = Signal(object)
    """Another view is wanted: its name."""
    narrowed = Signal()
    """Another text or state is wanted."""
    run_left = Signal()
    """The letters of one run are no longer wanted alone."""
    proposal_asked = Signal()
    done = Signal()
    """What the view in front is mostly for is to be done."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.chips = {name: chip(name) for name in names}
        self.back = button("‹ Proposal", self.proposal_asked.emit)
        self.back.setAccessibleName("The proposal of the day")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        self._line.addWidget(self.back)
        self._line.addSpacing(4)
        for one in self.chips.values():
            self._group.addButton(one)
            self._line.addWidget(one)
        self._group.buttonClicked.connect(lambda _: self.view_chosen.emit(self.view))
        next(iter(self.chips.values())).setChecked(True)
        self._line.addSpacing(4)
        self._run: QPushButton | None = None
        self._place_of_run = self._line.count()
        self.states = Choice()
        self.states.setAccessibleName("Which")
        self.states.setMaximumWidth(150)
        self.states.activated.connect(lambda _: self.narrowed.emit())
        self._line.addWidget(self.states)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        self.search.setMinimumWidth(96)
        self.search.setAccessibleName("Search")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.narrowed.emit)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self._line.addWidget(self.search, 1)
        self._line.addStretch(1)
        self.do_button = button("", self.done.emit, primary=True)
        self._line.addWidget(self.do_button)

    @property
    def view(self) -> str:
        """Give the view that is in front."""
        return next((name for name, one in self.chips.items() if one.isChecked()), "")

    @property
    def text(self) -> str:
        """Give what is searched for."""
        return self.search.text().strip()

    @property
    def state(self) -> str:
        """Give the state that is wanted; empty for all."""
        return str(self.states.chosen or "")

    def show_view(self, name: str, states: tuple[tuple[str, str], ...], hint: str, do: str) -> None:
        """Mark a view, with the states it may be narrowed to and what it is mostly for."""
        self.do_button.setText(do)
        self.do_button.setVisible(bool(do))
        self.chips[name].setChecked(True)
        self.states.clear()
        for words, value in states:
            self.states.addItem(words, value)
        self.states.setVisible(bool(states))
        self.search.setPlaceholderText(hint)

    def count(self, name: str, found: int) -> None:
        """Say beside a view how much there is in it."""
        self.chips[name].setText(f"{name}  {found:,}")
        self.chips[name].setAccessibleName(name)

    def show_run(self, name: str) -> None:
        """Say that only the letters of a run are shown; nothing where all are."""
        if self._run is not None:
            self._line.removeWidget(self._run)
            self._run.hide()
            self._run.deleteLater()
            self._run = None
        if name:
            self._run = removable_chip(name, self.run_left.emit)
            self._line.insertWidget(self._place_of_run, self._run)

    def run_asked(self, *, shows: bool) -> None:
        """Show the run that letters are narrowed to only where letters are listed."""
        if self._run is not None:
            self._run.setVisible(shows)
