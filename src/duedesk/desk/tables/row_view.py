"""A table view that paints whole rows at once, keeps its first columns in sight and heads its groups; it lists nothing.

Qt would ask for every cell: here a row is asked for once. Rows are of one height, so that a place in a list of a
million is worked out and not looked up.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from duedesk.desk.tables.calm import settle_looks
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.tables.grouped import Spans, merged
from duedesk.desk.tables.header import RecordHeader
from duedesk.desk.tables.id_model import IdModel
from duedesk.desk.tables.row_painter import Line, RowPainter, Stretch
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.domain.errors import RequestError
from duedesk.resources import Look

Index = QModelIndex | QPersistentModelIndex
_STEP = 60
"""Pixels that one notch of the wheel scrolls sideways."""


class RowView(QTableView):
    """Shows an IdModel under a RecordHeader."""

    def __init__(self, look: Look, records: IdModel) -> None:
        super().__init__()
        self.records = records
        records.setParent(self)
        self.head = head = RecordHeader(look, self)
        self.hovered_row = -1
        self._spans_now: Spans | None = None
        self._paints = RowPainter(look, self.viewport())
        self._delegate = RecordDelegate(look, self)
        self.setHorizontalHeader(head)
        self.setModel(records)
        self.setItemDelegate(self._delegate)
        settle_looks(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.selectionModel().selectionChanged.connect(self._forget_spans)
        for changed in (records.modelReset, records.rowsInserted, records.rowsRemoved):
            changed.connect(self._forget_spans)
        for changed in (head.sectionResized, head.sectionMoved, head.frozen_changed):
            changed.connect(self._update_all)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._delegate.set_look(look)
        self._paints.set_look(look)
        self.head.set_look(look)
        self.viewport().update()

    def selected_rows_as_spans(self) -> Spans:
        """Give the selected rows as stretches: asked by ranges, which may be large, never row by row."""
        if self._spans_now is None:
            selection = self.selectionModel().selection()
            self._spans_now = merged(
                (selection.at(at).top(), selection.at(at).bottom()) for at in range(selection.size())
            )
        return self._spans_now

    def selected_places(self) -> list[tuple[int, int]]:
        """Give where the selected records stand among the keys, as stretches; a head stands for its whole group."""
        return self.records.places(self.selected_rows_as_spans())

    def selected_group(self) -> str:
        """Give what the group is called whose head alone is selected; nothing where something else is."""
        spans = self.selected_rows_as_spans()
        head = self.records.head(spans[0][0]) if len(spans) == 1 and spans[0][0] == spans[0][1] else None
        return "" if head is None else head.label

    def selected_rows(self, most: int) -> list[ShownRow | None]:
        """Give the first rows of the selection, at most so many; None for one that has not been read yet."""
        places = (place for first, last in self.selected_places() for place in range(first, last + 1))
        return [self.records.known(place) for place in islice(places, most)]

    def selected_keys(self, most: int | None = None) -> "array[int]":
        """Give the keys of the selected rows in order; RequestError where there are more than `most`."""
        spans = self.selected_places()
        if most is not None and sum(last - first + 1 for first, last in spans) > most:
            raise RequestError(f"More than {most:,} rows are selected.", "Narrow the list, or select fewer.")
        keys = array("q")
        for first, last in spans:
            keys.extend(self.records.keys[first : last + 1])
        return keys

    @property
    def stuck_row(self) -> int:
        """Give the head of the group of the first row in sight where it has been scrolled past; else -1."""
        groups = self.records.groups
        if groups is None or not len(groups):
            return -1
        group, place = groups.at(min(self.verticalHeader().offset() // ROW_HEIGHT, len(groups) - 1))
        is_past = place is not None or self.verticalHeader().offset() > groups.head_row(group) * ROW_HEIGHT
        return groups.head_row(group) if is_past and groups.is_open(group) else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight, and what sticks to the top over them."""
        painter = QPainter(self.viewport())
        area, offset = event.rect(), self.verticalHeader().offset()
        first = max((area.top() + offset) // ROW_HEIGHT, 0)
        last = min((area.bottom() + offset) // ROW_HEIGHT, self.records.rowCount() - 1)
        if last < first:
            return
        columns, stretches = self.records.columns, self._stretches()
        lines = [self._line(row, row * ROW_HEIGHT - offset) for row in range(first, last + 1)]
        self._paints.paint(painter, lines, columns, stretches)
        stuck = self.stuck_row
        if stuck >= 0 and area.top() < ROW_HEIGHT:
            painter.fillRect(0, 0, self.viewport().width(), ROW_HEIGHT, self._paints.ground)
            self._paints.paint(painter, [self._line(stuck, 0)], columns, stretches)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint anew only what is in sight: rows are read ahead, too."""
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        is_in_sight = last.row() >= top and (bottom < 0 or first.row() <= bottom)
        if is_in_sight or QAccessible.isActive():
            super().dataChanged(first, last, list(roles))

    def visualRect(self, index: Index) -> QRect:
        """Give where a cell stands: one of a frozen column stands still."""
        rect = super().visualRect(index)
        if index.column() in self.head.frozen:
            rect.moveLeft(self.head.section_left(index.column()))
        return rect

    def indexAt(self, at: QPoint) -> QModelIndex:
        """Give the cell under a point."""
        if at.x() >= self.head.frozen_width:
            return super().indexAt(at)
        row, section = self.rowAt(at.y()), self.head.section_at(at.x())
        return self.records.index(row, section) if row >= 0 and section >= 0 else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, and out from under what is frozen or stuck over it."""
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if index.column() in self.head.frozen:
            across.setValue(before)
        elif (covered := self.head.frozen_width - self.head.section_left(index.column())) > 0:
            across.setValue(max(across.value() - covered, 0))
        if self.stuck_row >= 0 and self.visualRect(index).top() < ROW_HEIGHT and self.records.head(index.row()) is None:
            down = self.verticalScrollBar()
            down.setValue(down.value() - ROW_HEIGHT + self.visualRect(index).top())

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Scroll; where something stands still, all is painted anew."""
        super().scrollContentsBy(across, down)
        if across or self.records.groups is not None:
            self._update_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways while Shift is held."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not event.angleDelta().x():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - event.angleDelta().y() * _STEP // 120)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the head that sticks to the top where it is clicked; else as any table."""
        stuck = self.stuck_row
        if stuck >= 0 and event.position().y() < ROW_HEIGHT:
            self.scrollTo(self.records.index(stuck, 0), QAbstractItemView.ScrollHint.PositionAtTop)
            self.setCurrentIndex(self.records.index(stuck, 0))
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no row."""
        super().leaveEvent(event)
        self._hover(-1)

    def _line(self, row: int, top: int) -> Line:
        current = self.currentIndex().row() if self.hasFocus() else -1
        spans = self.selected_rows_as_spans()
        before = bisect_right(spans, (row, self.records.rowCount())) - 1
        is_selected = before >= 0 and row <= spans[before][1]
        shown = self.records.head(row) or self.records.row(row)
        return Line(top, shown, is_selected, row == current, row == self.hovered_row)

    def _stretches(self) -> tuple[Stretch, ...]:
        """Give the columns from left to right, those that are scrolled before those that stand still."""
        head = self.head
        places = [head.logicalIndex(place) for place in range(len(self.records.columns))]
        cells = tuple((at, head.sectionPosition(at), head.sectionSize(at)) for at in places)
        frozen, width = len(head.frozen), head.frozen_width
        scrolled = Stretch(cells[frozen:], width, self.viewport().width(), head.offset())
        return (scrolled, Stretch(cells[:frozen], 0, width)) if frozen else (scrolled,)

    def _hover(self, row: int) -> None:
        for changed in {row, self.hovered_row} if row != self.hovered_row else ():
            if changed >= 0:
                self.viewport().update(0, self.rowViewportPosition(changed), self.viewport().width(), ROW_HEIGHT)
        self.hovered_row = row

    def _forget_spans(self, *_: object) -> None:
        self._spans_now = None
        self.viewport().update()

    def _update_all(self, *_: object) -> None:
        self.viewport().update()
