"""What is shown while files are read or written: how far it is, and the way to stop it; the work is done elsewhere."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label

_WIDTH = 320


class Working(QWidget):
    """A sentence, a bar and a button in the middle of the page."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = plain_label("", Role.TITLE)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_WIDTH)
        self._far = plain_label("", Role.QUIET)
        self.stop_button = button("Stop", self._stop)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._title, self._bar, self._far, self.stop_button):
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(widget)
            line.addStretch(1)
            column.addLayout(line)
        column.addStretch(3)

    def begin(self, title: str) -> None:
        """Say what is done."""
        self._title.setText(title)
        self._far.setText("")
        self._bar.setRange(0, 0)
        self.stop_button.setEnabled(True)

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        if total > 0:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(done, total) * 1000 // total)
            self._far.setText(f"{written.count(done)} of {written.count(total)}")

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._title.setText("Stopping…")
        self.stop_asked.emit()
