"""The head of the record table: labels where the text of their cells stands, and which column is sorted by."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QHeaderView, QWidget

from duedesk.desk import fonts
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.paint import draw, fitted, text_rect
from duedesk.resources import Look

HEIGHT = 36
_ARROW = 14
"""Pixels that the arrow takes beside its label."""


class RecordHeader(QHeaderView):
    """Draws the labels itself: a style would place them by its own measure."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[Column, ...] = ()
        self._look = look
        self._font = fonts.font()
        self._metrics = QFontMetrics(self._font)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(False)
        self.setMinimumSectionSize(56)
        self.setFixedHeight(HEIGHT)
        self._spread = 0

    def set_crowded(self, spread: int, size: int) -> None:
        """Write in letters of a size, and nearer to the edges by `spread` pixels, as the cells below do."""
        self._spread = spread
        self._font = fonts.font(size)
        self._metrics = QFontMetrics(self._font)
        self.viewport().update()

    def set_columns(self, columns: tuple[Column, ...]) -> None:
        """Head these columns."""
        self._columns = columns

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._look = look
        self.viewport().update()

    def label_width(self, column: Column) -> int:
        """Give the width at which a label is whole, with its arrow if it can have one."""
        reserved = 1000 - text_rect(column, QRect(0, 0, 1000, HEIGHT)).width()
        arrow = _ARROW if column.sorts and not self._spread else 0
        return reserved - 2 * self._spread + self._metrics.horizontalAdvance(column.label) + arrow

    def sizeHint(self) -> QSize:
        """Give the height of the head."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one label."""
        painter.save()
        painter.fillRect(rect, QColor(self._look.panel))
        painter.setPen(QPen(QColor(self._look.line)))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if section < len(self._columns):
            is_sorted = section == self.sortIndicatorSection()
            self._draw_label(painter, rect, self._columns[section], is_sorted=is_sorted)
        painter.restore()

    def _draw_label(self, painter: QPainter, rect: QRect, column: Column, *, is_sorted: bool) -> None:
        place = text_rect(column, rect.adjusted(-self._spread, 0, self._spread, 0))
        colour = QColor(self._look.text if is_sorted else self._look.quiet_text)
        painter.setFont(self._font)
        painter.setPen(colour)
        room = place.width() - (_ARROW if is_sorted else 0)
        label = fitted(self._metrics, column.label, room, is_figure=False)
        draw(painter, place, label, right=column.is_right)
        if is_sorted:
            width = self._metrics.horizontalAdvance(label)
            left = place.right() + 1 - width - _ARROW + 2 if column.is_right else place.left() + width + 6
            self._draw_arrow(painter, QPoint(left, place.center().y()), colour)

    def _draw_arrow(self, painter: QPainter, at: QPoint, colour: QColor) -> None:
        up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        tip, base = (-2, 2) if up else (3, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygon([at + QPoint(0, base), at + QPoint(8, base), at + QPoint(4, tip)]))
