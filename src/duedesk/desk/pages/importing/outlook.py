"""What an import would bring or has brought, beside the problems: files, counts, sums, notes; it reads nothing."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.importing.plan import Counted, Outcome, Request
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_tooltip
from duedesk.desk.widgets.remark import Remark


class Outlook(QFrame):
    """A card that is filled anew for each outcome."""

    file_removed = Signal(object)
    """A file is not to be taken in: its path."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 8, 1, 8)  # clear of the line and its round corners
        outer.addWidget(self._area)
        self.show_request(Request())

    def show_request(self, request: Request) -> None:
        """Show the files alone, while they are read."""
        self._show(self._files(request))

    def show_outcome(self, request: Request, outcome: Outcome) -> None:
        """Show what came in, or would."""
        heading = "Came in" if outcome.is_written else "Would come in"
        self._show(
            None if outcome.is_written else self._files(request),
            _counts(heading, outcome.counts) if outcome.counts else None,
            _sums(outcome) if outcome.sums else None,
            _notes(outcome.notes) if outcome.notes else None,
            _columns(outcome) if outcome.read_as else None,
        )

    def _show(self, *parts: QLayout | None) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(15, 6, 15, 6)
        column.setSpacing(16)
        for part in parts:
            if part is not None:
                column.addLayout(part)
        column.addStretch(1)
        self._area.setWidget(inside)  # the one before is deleted by it
        inside.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)

    def _files(self, request: Request) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(plain_label("Files" if len(request.files) > 1 else "File", Role.QUIET))
        for file, name in zip(request.files, request.names, strict=True):
            line = QHBoxLayout()
            label = elided_label(name)
            set_tooltip(label, file)
            remove = button("×", partial(self.file_removed.emit, file), link=True)
            remove.setAccessibleName(f"Leave out {name}")
            remove.setFixedWidth(28)
            line.addWidget(label, 1)
            line.addWidget(remove)
            column.addLayout(line)
        return column


def _counts(heading: str, counts: tuple[Counted, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    knows = any(count.known for count in counts)
    heads = (heading, "New", "Known") if knows else (heading, "")
    for at, text in enumerate(heads):
        grid.addWidget(
            plain_label(text, Role.QUIET), 0, at, Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft
        )
    for row, count in enumerate(counts, 1):
        grid.addWidget(elided_label(count.what), row, 0)
        figures = (count.new, count.known) if knows else (count.new,)
        for at, figure in enumerate(figures, 1):
            text = written.count(figure) if figure else written.NOTHING
            label = plain_label(text, Role.TEXT if at == 1 else Role.QUIET)
            grid.addWidget(label, row, at, Qt.AlignmentFlag.AlignRight)
    return grid


def _sums(outcome: Outcome) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(plain_label("Invoiced", Role.QUIET))
    role = Role.FIGURE if len(outcome.sums) == 1 else Role.TEXT
    for currency, amount in outcome.sums:
        label = plain_label(written.money(amount, currency), role, selectable=True)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft if role is Role.FIGURE else Qt.AlignmentFlag.AlignRight)
        column.addWidget(label)
    return column


def _notes(notes: tuple[str, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(plain_label("To know", Role.QUIET))
    for note in notes:
        column.addWidget(Remark(note))
    return column


def _columns(outcome: Outcome) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(plain_label("Columns are read as", Role.QUIET))
    for one in outcome.read_as:
        column.addWidget(plain_label(one, wraps=True))
    if outcome.not_taken:
        column.addSpacing(6)
        column.addWidget(plain_label("Not taken", Role.QUIET))
        column.addWidget(plain_label(", ".join(outcome.not_taken), wraps=True))
    return column
