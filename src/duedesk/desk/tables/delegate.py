"""Draws the cells of the one record table; what they say was written behind the window, colours come from the look."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from duedesk.desk import fonts
from duedesk.desk.colours import pill_colours
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.id_model import IdModel
from duedesk.desk.tables.paint import PADDING, SQUARE, currency_rect, draw, fitted, text_rect
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.resources import Look

_PILL_HEIGHT, _PILL_PADDING = 18, 8


class RecordDelegate(QStyledItemDelegate):
    """One delegate for all columns: it asks the column how its values are drawn."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self._font = fonts.font()
        self._strong = fonts.font(strong=True)
        self._small = fonts.font(fonts.SMALL)
        self._metrics = QFontMetrics(self._font)
        self._strong_metrics = QFontMetrics(self._strong)
        self._small_metrics = QFontMetrics(self._small)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._text = QColor(look.text)
        self._quiet = QColor(look.quiet_text)
        self._selected = QColor(look.accent_tint)
        self._hover = QColor(look.hover)
        self._buckets = [QColor(look.bucket(place, len(DEFAULT_BUCKETS))) for place in range(len(DEFAULT_BUCKETS))]
        self._look = look
        self._pills: dict[str, tuple[QColor, QColor]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Give the size at which a cell's text is whole."""
        model = cast("IdModel", index.model())
        row = model.row(index.row())
        text = row.texts[index.column()] if row is not None and row.texts else ""
        return QSize(self.width_of(model.columns[index.column()], text), ROW_HEIGHT)

    def width_of(self, column: Column, text: str) -> int:
        """Give the width of a cell at which its text is whole."""
        metrics = self._strong_metrics if column.shown is Shown.BALANCE else self._metrics
        around = 1000 - text_rect(column, QRect(0, 0, 1000, ROW_HEIGHT)).width()
        square = SQUARE + PADDING if column.shown is Shown.DAYS else 0
        return around + square + metrics.horizontalAdvance(text)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        cell = option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(cell, self._selected)
        elif index.row() == self.hovered_row:
            painter.fillRect(cell, self._hover)
        model = cast("IdModel", index.model())
        row = model.row(index.row())
        if row is None or not row.texts:
            return
        column = model.columns[index.column()]
        text = row.texts[index.column()]
        match column.shown:
            case Shown.STATUS | Shown.LEVEL:
                self._draw_pill(painter, text_rect(column, cell), text)
            case Shown.DAYS:
                self._draw_days(painter, column, cell, row, text)
            case Shown.MONEY:
                self._draw_money(painter, column, cell, row, text)
            case Shown.BALANCE:
                self._draw_balance(painter, column, cell, row, text, is_selected=is_selected)
            case _:
                painter.setFont(self._font)
                self._draw_text(painter, text_rect(column, cell), text, self._text, is_figure=column.is_right)

    def _draw_text(self, painter: QPainter, rect: QRect, text: str, colour: QColor, *, is_figure: bool) -> None:
        painter.setPen(colour)
        draw(painter, rect, fitted(self._metrics, text, rect.width(), is_figure=is_figure), right=is_figure)

    def _draw_money(self, painter: QPainter, column: Column, cell: QRect, row: ShownRow, text: str) -> None:
        painter.setFont(self._font)
        self._draw_text(painter, text_rect(column, cell), text, self._text, is_figure=True)
        if text:
            painter.setPen(self._quiet)
            draw(painter, currency_rect(cell), row.currency)

    def _draw_balance(
        self, painter: QPainter, column: Column, cell: QRect, row: ShownRow, text: str, *, is_selected: bool
    ) -> None:
        rect = text_rect(column, cell)
        is_open = row.bucket is not None
        painter.setFont(self._strong if is_open else self._font)
        painter.setPen(self._text if is_open or is_selected else self._quiet)
        draw(painter, rect, fitted(self._strong_metrics, text, rect.width(), is_figure=True), right=True)
        painter.setFont(self._font)
        painter.setPen(self._text if is_selected else self._quiet)
        draw(painter, currency_rect(cell), row.currency)

    def _draw_days(self, painter: QPainter, column: Column, cell: QRect, row: ShownRow, text: str) -> None:
        rect = text_rect(column, cell)
        if row.bucket is not None:
            top = cell.center().y() - SQUARE // 2 + 1
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._buckets[row.bucket])
            painter.drawRoundedRect(QRectF(rect.left(), top, SQUARE, SQUARE), 2, 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self._font)
        rect.setLeft(rect.left() + SQUARE + 4)
        self._draw_text(painter, rect, text, self._text if row.bucket else self._quiet, is_figure=True)

    def _pill(self, text: str) -> tuple[QColor, QColor]:
        """Give the ground and ink of a pill, worked out once a look."""
        if text not in self._pills:
            ground, ink = pill_colours(self._look, text)
            self._pills[text] = QColor(ground), QColor(ink)
        return self._pills[text]

    def _draw_pill(self, painter: QPainter, rect: QRect, text: str) -> None:
        if not text:
            return
        ground, ink = self._pill(text)
        painter.setFont(self._small)
        width = min(self._small_metrics.horizontalAdvance(text) + 2 * _PILL_PADDING, rect.width())
        top = rect.top() + (rect.height() - _PILL_HEIGHT) // 2
        pill = QRect(rect.left(), top, width, _PILL_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, _PILL_HEIGHT / 2, _PILL_HEIGHT / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(ink))
        within = pill.adjusted(_PILL_PADDING, 0, -_PILL_PADDING + 1, 0)
        draw(painter, within, fitted(self._small_metrics, text, within.width(), is_figure=False))
