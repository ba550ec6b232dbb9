"""What the selected rows add up to, asked behind the window as the selection changes; late answers are dropped.

Only stretches of keys go there. Where nearly all is selected, what is not selected is added up instead.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk
from duedesk.desk.tables.grouped import Spans
from duedesk.desk.tables.reading import ALL
from duedesk.domain.filters import Filter
from duedesk.store.queries.lists.figures import Figures, figures, without

if TYPE_CHECKING:  # the table is made of these
    from duedesk.desk.tables.view import RecordTable

_SETTLED_MS = 60
"""A selection that is still being drawn is not added up."""


@dataclass(frozen=True, slots=True)
class Selected:
    """How many rows are selected, and what they add up to; the figures are None until they have come."""

    count: int
    figures: tuple[Figures, ...] | None = None


class SelectionSums(QObject):
    """The figures of one table's selection."""

    changed = Signal()
    """Other rows are selected, or their figures have come."""

    def __init__(self, table: "RecordTable", desk: Desk) -> None:
        super().__init__(table)
        self._table = table
        self._desk = desk
        self._stop = Event()
        self.now: Selected | None = None
        """The selection, where it is of more than one row."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLED_MS)
        self._soon.timeout.connect(self._ask)
        table.selectionModel().selectionChanged.connect(self._on_selection)
        table.records.modelReset.connect(self._on_selection)

    def of_all(self, then: Callable[[tuple[Figures, ...]], None]) -> None:
        """Ask what the whole list adds up to."""
        workspace, asked, keys = self._desk.workspace, self._table.records.asked, self._table.records.keys
        if asked is not None and keys:
            whole, is_all = [(0, len(keys) - 1)], self._table.records.part == ALL
            self._desk.tasks.read(
                self,
                lambda: _figures(workspace, asked, keys, whole, lambda: False, is_all=is_all),
                then,
                slot="all",
            )

    def _on_selection(self, *_: object) -> None:
        self._stop.set()
        if self._table.records.rowCount() and self._table.selectionModel().hasSelection():
            self._soon.start()
        else:
            self._soon.stop()
            self._say(None)

    def _ask(self) -> None:
        spans, asked = self._table.selected_places(), self._table.records.asked
        count = sum(last - first + 1 for first, last in spans)
        if count < 2 or asked is None:
            self._say(None)
            return
        self._say(Selected(count))
        workspace, keys, is_all = self._desk.workspace, self._table.records.keys, self._table.records.part == ALL
        stop = self._stop = Event()
        self._desk.tasks.read(
            self,
            lambda: _figures(workspace, asked, keys, spans, stop.is_set, is_all=is_all),
            lambda found: self._say(Selected(count, found)),
            slot="sums",
        )

    def _say(self, selected: Selected | None) -> None:
        if selected != self.now:
            self.now = selected
            self.changed.emit()


def _figures(
    workspace: Workspace, asked: Filter, keys: "array[int]", spans: Spans, is_stale: Callable[[], bool], *, is_all: bool
) -> tuple[Figures, ...]:
    count = sum(last - first + 1 for first, last in spans)
    if is_all and count * 2 > len(keys):
        with workspace.book.reading() as connection:
            whole = figures(connection, asked)
            if count == len(keys):
                return whole
            return without(whole, figures(connection, asked, _taken(keys, _others(spans, len(keys))), is_stale))
    return workspace.ask(figures, asked, _taken(keys, spans), is_stale)


def _taken(keys: "array[int]", spans: Spans) -> "array[int]":
    taken = array("q")
    for first, last in spans:
        taken.extend(keys[first : last + 1])
    return taken


def _others(spans: Spans, count: int) -> Spans:
    """Give the stretches between stretches."""
    edges = [-1, *(edge for span in spans for edge in span), count]
    return [(edges[at] + 1, edges[at + 1] - 1) for at in range(0, len(edges), 2) if edges[at + 1] - edges[at] > 1]
