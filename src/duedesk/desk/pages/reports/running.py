"""A line that says how far a report is, where it was written, or why it was not; the work is done elsewhere."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from duedesk.desk import format as written
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role
from duedesk.domain.errors import Cancelled, DuedeskError

_BAR_WIDTH = 180


class Running(QFrame):
    """Hidden until there is something to tell."""

    stop_asked = Signal()
    again_asked = Signal()
    """The report is to be written under another name."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.path: Path | None = None
        self.said = elided_label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._far = plain_label("", Role.QUIET)
        self.stop = button("Stop", self._stop)
        self.open = button("Open", lambda: open_file(self.path))
        self.show_in_folder = button("Show in folder", lambda: open_folder(self.path))
        self.again = button("Another name…", self.again_asked.emit)
        self.close_button = button("Close", self.hide, link=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(8)
        line.addWidget(self.said, 1)
        for widget in (self._bar, self._far, self.stop, self.open, self.show_in_folder, self.again, self.close_button):
            line.addWidget(widget)
        self.setVisible(False)

    def begin(self, name: str) -> None:
        """Say what is written."""
        self._bar.setRange(0, 0)
        self._far.setText("")
        self.stop.setEnabled(True)
        self._tell(f"Writing {name}…", Role.TEXT, (self._bar, self._far, self.stop))

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        if total > 0:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(done, total) * 1000 // total)
        self._far.setText(f"{written.count(done)} rows" if done else "")

    def tell_written(self, paths: tuple[Path, ...], remarks: tuple[str, ...], *, holds: bool) -> None:
        """Say where it was written, and what to know of it."""
        self.path = paths[0]
        more = f" and {written.plural(len(paths) - 1, 'other file')}" if len(paths) > 1 else ""
        wrong = () if holds else ("Its checks do not hold: the sheet Checks says where.",)
        said = " ".join((f"{paths[0].name}{more} is in {paths[0].parent}.", *wrong, *remarks))
        self._tell(said, Role.TEXT if holds else Role.OVERDUE, (self.open, self.show_in_folder, self.close_button))

    def tell_failed(self, error: DuedeskError) -> None:
        """Say why it was not written, and offer another name."""
        role = Role.TEXT if isinstance(error, Cancelled) else Role.OVERDUE
        self._tell(str(error), role, (self.again, self.close_button))

    def _tell(self, text: str, role: Role, shown: tuple[object, ...]) -> None:
        self.said.setText(text)
        set_role(self.said, role)
        for widget in (self._bar, self._far, self.stop, self.open, self.show_in_folder, self.again, self.close_button):
            widget.setVisible(widget in shown)
        self.setVisible(True)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop_asked.emit()


def open_file(path: Path | None) -> None:
    """Open a file in the program it belongs to."""
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_folder(path: Path | None) -> None:
    """Open the folder a file stands in."""
    open_file(None if path is None else path.parent)
