"""Lines that say how far reports are, which wait, where they were written or why not; the work is done elsewhere."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role
from duedesk.domain.errors import Cancelled, DuedeskError, PlaceError

_BAR_WIDTH = 180
_MOST_LINES = 4
"""Lines that are seen; how many more wait is said below them."""


class RunningLine(QWidget):
    """One report: it waits, is written, has been written, or was not."""

    stop_asked = Signal()
    again_asked = Signal()
    """The report is to be written under another name."""
    open_asked = Signal(object)
    """A file or a folder is to be opened: its Path."""
    left = Signal()
    """There is nothing to tell of it any more."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.path: Path | None = None
        self.is_over = self.is_plain = False
        self.said = elided_label()
        self.reason = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        """Why it was not written: all of it, in as many lines as that takes."""
        policy = self.reason.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # a long path would push the buttons out
        self.reason.setSizePolicy(policy)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self.far = plain_label("", Role.QUIET)
        self.stop = button("Stop", self._stop)
        self.open = button("Open", lambda: self.open_asked.emit(self.path))
        self.show_in_folder = button("Show in folder", lambda: self.open_asked.emit(self.path and self.path.parent))
        self.again = button("Another name…", self.again_asked.emit)
        self.close_button = button("Close", self.left.emit, link=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.said, 1)
        line.addWidget(self.reason, 1)
        for widget in self._parts():
            line.addWidget(widget)
        self._tell(f"{name} waits for the report before it.", Role.QUIET, (self.stop,))

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is, or what is done now where that is not known."""
        if self.is_over:
            return
        if self._bar.isHidden():
            self._tell(f"Writing {self._name}…", Role.TEXT, (self._bar, self.far, self.stop))
        self._bar.setRange(0, 1000 if total > 0 else 0)
        if total > 0:
            self._bar.setValue(min(done, total) * 1000 // total)
        self.far.setText(_far(done, total))

    def tell_written(self, paths: tuple[Path, ...], remarks: tuple[str, ...], *, holds: bool) -> None:
        """Say where it was written, and what to know of it."""
        self.path, self.is_over = paths[0], True
        self.is_plain = holds and not remarks
        more = f" and {written.plural(len(paths) - 1, 'other file')}" if len(paths) > 1 else ""
        wrong = () if holds else ("Its checks do not hold: the sheet Checks says where.",)
        said = " ".join((f"{paths[0].name}{more} is in {paths[0].parent}.", *wrong, *remarks))
        self._tell(said, Role.TEXT if holds else Role.OVERDUE, (self.open, self.show_in_folder, self.close_button))

    def tell_failed(self, error: DuedeskError) -> None:
        """Say why it was not written; where it cannot stand there, offer another name."""
        self.is_over = True
        role = Role.TEXT if isinstance(error, Cancelled) else Role.OVERDUE
        ways = (self.again,) if isinstance(error, PlaceError) else ()
        self._tell(f"{self._name}: {error}", role, (*ways, self.close_button))
        self.reason.setText(f"{self._name}: {error}")
        set_role(self.reason, role)
        self.reason.show()
        self.said.hide()

    def _tell(self, text: str, role: Role, shown: tuple[QWidget, ...]) -> None:
        self.reason.hide()
        self.said.setText(text)
        set_role(self.said, role)
        for widget in self._parts():
            widget.setVisible(widget in shown)

    def _parts(self) -> tuple[QWidget, ...]:
        return (self._bar, self.far, self.stop, self.open, self.show_in_folder, self.again, self.close_button)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.far.setText("Stopping…")
        self.stop_asked.emit()


class Running(QFrame):
    """The reports asked for, one a line in their order; hidden while there is nothing to tell."""

    open_asked = Signal(object)
    """A file or a folder is to be opened: its Path."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.lines: list[RunningLine] = []
        self.more = plain_label("", Role.QUIET)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 8, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self.more)
        self._show()

    @property
    def line(self) -> RunningLine:
        """Give the line of the report that was asked for last."""
        return self.lines[-1]

    def begin(self, name: str) -> RunningLine:
        """Add a line for a report; those that are told of to the end make room for it."""
        for over in [one for one in self.lines if one.is_over]:
            self._drop(over)
        line = RunningLine(name)
        if not self.lines:
            line.show_progress(0, 0)
        line.left.connect(lambda: self._drop(line))
        line.open_asked.connect(self.open_asked)
        self.lines.append(line)
        self._column.insertWidget(len(self.lines) - 1, line)
        self._show()
        return line

    def make_room(self) -> None:
        """Take away what was written but the last of it: the list of recent files has it."""
        for line in [one for one in self.lines if one.path is not None][:-1]:
            if line.is_plain:
                self._drop(line)

    def _drop(self, line: RunningLine) -> None:
        if line in self.lines:
            self.lines.remove(line)
            line.hide()
            line.deleteLater()
            self._show()

    def _show(self) -> None:
        rest = len(self.lines) - _MOST_LINES
        for place, line in enumerate(self.lines):
            line.setVisible(place < _MOST_LINES)
        self.more.setText(
            f"{written.plural(rest, 'more report')} {'waits' if rest == 1 else 'wait'}." if rest > 0 else ""
        )
        self.more.setVisible(rest > 0)
        self.setVisible(bool(self.lines))


def _far(done: int, total: int) -> str:
    if done == 0 and total == 0:
        return "Reading the book…"
    if done >= total > 0:
        return "Putting the file together…"
    rows = f"{written.count(done)} of {written.count(total)}" if total > 0 else written.count(done)
    return f"{rows} rows"
