"""The run in hand in a few lines: what it found, posted and left, and the way to go on with it; it reads nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role
from duedesk.desk.widgets.pill import Pill
from duedesk.resources import Look
from duedesk.store.queries.batch_runs import BatchRun


class Head(QWidget):
    """Empty until a run is shown."""

    resume_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.number = plain_label("", Role.STRONG, selectable=True)
        self.pill = Pill(look)
        self.counts = plain_label()
        self.failed = plain_label("", Role.OVERDUE)
        self.criteria = elided_label("", Role.QUIET)
        self.resume = button("Resume", self.resume_asked.emit, primary=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self.number, self.pill):
            line.addWidget(widget)
        line.addSpacing(8)
        line.addWidget(self.counts)
        line.addWidget(self.failed)
        line.addStretch(1)
        line.addWidget(self.resume)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 8, 15, 6)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.criteria)
        self.show_run(None)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.pill.set_look(look)

    def show_run(self, run: BatchRun | None) -> None:
        """Show a run, or nothing."""
        self.setVisible(run is not None)
        if run is None:
            return
        self.number.setText(run.number)
        self.pill.set_text(run.status.capitalize())
        self.counts.setText(in_words(run))
        self.failed.setText(f"{run.failed:,} failed" if run.failed else "")
        set_role(self.failed, Role.OVERDUE)
        told = [f"Where {run.criteria}" if run.criteria else "Every draft", run.comments]
        told += [f"started {written.moment(run.started)}"] if run.started is not None else []
        self.criteria.setText("  ·  ".join(part for part in told if part))
        self.resume.setVisible(not run.is_over)


def in_words(run: BatchRun) -> str:
    """Say how far a run came: `12 of 14 posted, 2 waiting`."""
    said = f"{run.posted:,} of {run.found:,} posted"
    said += f", {run.pending:,} waiting" if run.pending else ""
    return said + (f", {run.skipped:,} skipped" if run.skipped else "")


def counted(runs: int) -> str:
    """Say how many runs there are."""
    return written.plural(runs, "batch run")
