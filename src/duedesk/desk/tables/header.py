"""The head of the record table: labels where the text of their cells stands, and which columns are sorted by.

The first columns may be frozen: they stand still while the others are scrolled under them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QHeaderView, QWidget

from duedesk.desk import fonts
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.paint import draw, fitted, text_rect
from duedesk.resources import Look

HEIGHT = 36
_ARROW = 14
"""Pixels that the arrow takes beside its label."""

_PLACE = 7
"""Pixels that the figure beside an arrow takes: by what is sorted first, and by what next."""


class RecordHeader(QHeaderView):
    """Draws the labels itself: a style would place them by its own measure."""

    frozen_changed = Signal()
    """Other sections stand still."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[Column, ...] = ()
        self._look = look
        self._font = fonts.font()
        self._small = fonts.font(fonts.SMALL)
        self._metrics = QFontMetrics(self._font)
        self._orders: tuple[tuple[int, bool], ...] | None = None
        self._frozen = 0
        self._grabbed_frozen = False
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

    def show_orders(self, orders: Sequence[tuple[int, bool]]) -> None:
        """Mark the sections that are sorted by, the first first, each with whether it runs down; -1 is out of sight.

        From then on a click on a section turns nothing round by itself.
        """
        self._orders = tuple(orders)
        first, down = self._orders[0] if self._orders else (-1, False)
        self.setSortIndicatorShown(False)
        self.setSortIndicator(first, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self.viewport().update()

    def freeze(self, count: int) -> None:
        """Let the first sections stand still."""
        self._frozen = count
        self.viewport().update()
        self.frozen_changed.emit()

    @property
    def frozen(self) -> tuple[int, ...]:
        """Give the sections that stand still, from left to right; none while nothing is scrolled away."""
        return tuple(self.logicalIndex(place) for place in range(self._frozen)) if self.offset() else ()

    @property
    def frozen_width(self) -> int:
        """Give the pixels that stand still."""
        return sum(map(self.sectionSize, self.frozen))

    def section_at(self, left: int) -> int:
        """Give the section under a pixel of the view, whatever is scrolled under what stands still."""
        return self.logicalIndexAt(left - self.offset() if left < self.frozen_width else left)

    def section_left(self, section: int) -> int:
        """Give where a section begins in the view."""
        is_still = section in self.frozen
        return self.sectionPosition(section) if is_still else self.sectionViewportPosition(section)

    def label_width(self, column: Column) -> int:
        """Give the width at which a label is whole, with its arrow if it can have one."""
        reserved = 1000 - text_rect(column, QRect(0, 0, 1000, HEIGHT)).width()
        arrow = _ARROW if column.sorts and not self._spread else 0
        return reserved - 2 * self._spread + self._metrics.horizontalAdvance(column.label) + arrow

    def sizeHint(self) -> QSize:
        """Give the height of the head."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sections, and over them those that stand still."""
        super().paintEvent(event)
        frozen = self.frozen
        if not frozen:
            return
        painter = QPainter(self.viewport())
        for section in frozen:
            rect = QRect(self.sectionPosition(section), 0, self.sectionSize(section), self.height())
            self.paintSection(painter, rect, section)
        painter.fillRect(self.frozen_width - 1, 0, 1, self.height(), QColor(self._look.line))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what stands still where it is, not of what is scrolled under it."""
        self._grabbed_frozen = event.position().x() < self.frozen_width
        super().mousePressEvent(self._where_it_is(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what was taken hold of."""
        if not event.buttons():
            self._grabbed_frozen = event.position().x() < self.frozen_width
        super().mouseMoveEvent(self._where_it_is(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        super().mouseReleaseEvent(self._where_it_is(event))
        self._grabbed_frozen = False

    def _where_it_is(self, event: QMouseEvent) -> QMouseEvent:
        if not self._grabbed_frozen:
            return event
        there = event.position() - QPointF(self.offset(), 0)
        return QMouseEvent(
            event.type(), there, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one label."""
        painter.save()
        painter.fillRect(rect, QColor(self._look.panel))
        painter.setPen(QPen(QColor(self._look.line)))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if section < len(self._columns):
            self._draw_label(painter, rect, self._columns[section], self._place_of(section))
        painter.restore()

    def _place_of(self, section: int) -> tuple[int, bool] | None:
        """Give as the how manieth a section is sorted by, and whether it runs down; None where it is not."""
        if self._orders is None:
            is_down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            return (0, is_down) if section == self.sortIndicatorSection() else None
        return next(((at, down) for at, (one, down) in enumerate(self._orders) if one == section), None)

    def _draw_label(self, painter: QPainter, rect: QRect, column: Column, order: tuple[int, bool] | None) -> None:
        place = text_rect(column, rect.adjusted(-self._spread, 0, self._spread, 0))
        colour = QColor(self._look.quiet_text if order is None else self._look.text)
        painter.setFont(self._font)
        painter.setPen(colour)
        is_one_of = order is not None and self._orders is not None and len(self._orders) > 1
        room = place.width() - (0 if order is None else _ARROW + (_PLACE if is_one_of else 0))
        label = fitted(self._metrics, column.label, room, is_figure=False)
        draw(painter, place, label, right=column.is_right)
        if order is None:
            return
        width = self._metrics.horizontalAdvance(label)
        left = place.right() + 1 - width - _ARROW + 2 if column.is_right else place.left() + width + 6
        if is_one_of:
            painter.setFont(self._small)
            beside = left - _PLACE - 1 if column.is_right else left + 10
            draw(painter, QRect(beside, place.top() - 3, _PLACE, place.height()), str(order[0] + 1))
        self._draw_arrow(painter, QPoint(left, place.center().y()), colour, down=order[1])

    def _draw_arrow(self, painter: QPainter, at: QPoint, colour: QColor, *, down: bool) -> None:
        tip, base = (3, -1) if down else (-2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygon([at + QPoint(0, base), at + QPoint(8, base), at + QPoint(4, tip)]))
