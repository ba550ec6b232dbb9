"""The run in hand: when, by whom, how many, and what dropped out of it with why; it reads nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.widgets.frames import rule, scrolled
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.domain.dunning.send_guard import Dropped
from duedesk.store.queries.letters.issued import Run

_WIDTH = 340
_MARGIN = 16
_MOST = 200


class RunCard(QFrame):
    """A head, and a column that is made anew for each run."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.setFixedWidth(_WIDTH)
        self.title = plain_label("", Role.STRONG, selectable=True)
        self.facts = plain_label("", Role.QUIET, wraps=True)
        self.told: tuple[str, ...] = ()
        """What it says of what dropped out, line by line."""
        self._area = scrolled(QWidget())
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 14, 1, 8)  # clear of the line and its round corners
        column.setSpacing(4)
        for label in (self.title, self.facts):
            label.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(rule())
        column.addWidget(self._area, 1)

    def show_run(self, run: Run | None, dropped: Sequence[Dropped], said: Sequence[tuple[str, str]]) -> None:
        """Show a run, or nothing."""
        self.title.setText("" if run is None else run.name)
        self.facts.setText("" if run is None else _facts(run))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        column.setSpacing(4)
        for name, text in said:
            column.addWidget(plain_label(name, Role.QUIET))
            column.addWidget(plain_label(text, wraps=True, selectable=True))
            column.addSpacing(4)
        if run is not None:
            told = f"Dropped out  {len(dropped):,}" if dropped else "Nothing dropped out"
            column.addWidget(plain_label(told, Role.STRONG))
        for one in dropped[:_MOST]:
            column.addWidget(plain_label(one.number or "No number", selectable=True))
            column.addWidget(plain_label(one.reason, Role.SMALL, wraps=True, selectable=True))
        if len(dropped) > _MOST:
            column.addWidget(plain_label(f"And {len(dropped) - _MOST:,} more.", Role.QUIET))
        column.addStretch(1)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.told = tuple(f"{one.number}: {one.reason}" for one in dropped)


def _facts(run: Run) -> str:
    letters, items = written.plural(run.letter_count, "letter"), written.plural(run.item_count, "invoice")
    return f"{letters} over {items}, issued {written.moment(run.started_at)} UTC by {run.started_by}"
