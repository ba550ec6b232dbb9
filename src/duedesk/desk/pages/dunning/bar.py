"""The bar of the page of dunning: which of its views is in front, and the field that searches it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from duedesk.desk.widgets.buttons import button, chip

VIEWS = LETTERS, LEFT_OUT, HOLDS = ("Letters", "Left out", "Holds")
_PAUSE_MS = 150


class DunningBar(QWidget):
    """Chips, one of them on; the search waits for a pause in typing."""

    view_chosen = Signal(object)
    """Another view is wanted: its name."""
    searched = Signal(object)
    """Another text is searched for."""

    issue_asked = Signal()
    issued_asked = Signal()
    """What was issued is to be shown."""
    policies_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.chips = {name: chip(name) for name in VIEWS}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for one in self.chips.values():
            self._group.addButton(one)
            line.addWidget(one)
        self._group.buttonClicked.connect(lambda _: self.view_chosen.emit(self.view))
        self.chips[LETTERS].setChecked(True)
        self.issued_button = button("Issued ›", self.issued_asked.emit)
        self.issued_button.setAccessibleName("Letters that were issued")
        line.addWidget(self.issued_button)
        line.addSpacing(8)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(360)
        self.search.setMinimumWidth(140)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text))
        self.search.textChanged.connect(lambda _: self._pause.start())
        line.addWidget(self.search, 1)
        line.addStretch(1)
        self.policies_button = button("Policies…", self.policies_asked.emit)
        line.addWidget(self.policies_button)
        self.issue_button = button("Issue…  Ctrl+↵", self.issue_asked.emit, primary=True)
        self.issue_button.setAccessibleName("Issue")
        self.issue_button.hide()
        line.addWidget(self.issue_button)
        self._tell()

    def offer_issue(self, *, offers: bool) -> None:
        """Offer to issue the letters, or not."""
        self.issue_button.setVisible(offers)

    @property
    def view(self) -> str:
        """Give the view that is in front."""
        return next((name for name, one in self.chips.items() if one.isChecked()), LETTERS)

    @property
    def text(self) -> str:
        """Give what is searched for."""
        return self.search.text().strip()

    def show_view(self, name: str) -> None:
        """Mark a view."""
        if name in self.chips:
            self.chips[name].setChecked(True)
        self._tell()

    def count(self, name: str, found: int) -> None:
        """Say beside a view how much there is in it."""
        self.chips[name].setText(f"{name}  {found:,}")
        self.chips[name].setAccessibleName(name)

    def _tell(self) -> None:
        is_left_out = self.view == LEFT_OUT
        told = "Why is this not dunned? Invoice, account, reason" if is_left_out else "Account, number, invoice"
        self.search.setPlaceholderText(f"{told}   Ctrl+F")
        self.search.setAccessibleName("Search")
