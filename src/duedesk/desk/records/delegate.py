"""Draws the cells of a record's tabs: as in a list, some quieter, links, the line of time; it knows no record."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from duedesk.desk import format as written
from duedesk.desk.colours import readable
from duedesk.desk.records.sheet import CONTINUES, LINKS, MARK, QUIET
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.tables.paint import draw, fitted, text_rect
from duedesk.desk.widgets.row_table import RowModel
from duedesk.resources import Look

_DOT, _INDENT = 4, 14


class SheetDelegate(RecordDelegate):
    """The delegate of the record table, with what a record's tabs have beside.

    `links` are the places of the rows that lead somewhere, `last_dot` is where the line of time ends.
    """

    links: frozenset[int] = frozenset()
    last_dot = 0

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        super().set_look(look)
        self._line = QColor(look.line)
        self._panel = QColor(look.panel)
        self._accent = QColor(look.accent)
        self._link = QColor(readable(look.accent, on=look.panel, towards=look.text))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        model = cast("RowModel", index.model())
        column, row = model.columns[index.column()], model.row(index.row())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        text = row.texts[index.column()] if row is not None else ""
        belongs = row is not None and row.texts[0] == CONTINUES
        is_link = column.path in LINKS and bool(text) and index.row() in self.links
        if column.path != MARK and column.path not in QUIET and text != written.NOTHING and not is_link and not belongs:
            super().paint(painter, option, index)
            return
        if is_selected:
            painter.fillRect(option.rect, self._selected)
        elif index.row() == self.hovered_row:
            painter.fillRect(option.rect, self._hover)
        if column.path == MARK:
            self._draw_mark(painter, option.rect, index.row(), belongs=belongs)
            return
        place = text_rect(column, option.rect).adjusted(_INDENT if belongs else 0, 0, 0, 0)
        painter.setFont(self._font)
        painter.setPen(self._link if is_link else self._text if is_selected else self._quiet)
        draw(painter, place, fitted(self._metrics, text, place.width(), is_figure=column.is_right))

    def _draw_mark(self, painter: QPainter, cell: QRect, row: int, *, belongs: bool) -> None:
        """Draw the dot of one happening on the line of time, which begins and ends with a dot."""
        if belongs and row > self.last_dot:
            return
        middle = QPoint(cell.center().x() + 4, cell.center().y())
        painter.setPen(QPen(self._line, 2))
        top = middle.y() if row == 0 else cell.top()
        bottom = middle.y() if row == self.last_dot else cell.bottom() + 1
        painter.drawLine(middle.x(), top, middle.x(), bottom)
        if belongs:
            painter.setPen(Qt.PenStyle.NoPen)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._panel, 2))
        painter.setBrush(self._accent if row == 0 else self._quiet)
        painter.drawEllipse(QPointF(middle), _DOT + 1, _DOT + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(Qt.PenStyle.NoPen)
