"""Draws the cells of an aging: figures on the heat of their bucket, nothing as a dash; it works out no heat."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from duedesk.desk import fonts
from duedesk.desk import format as written
from duedesk.desk.colours import mix
from duedesk.desk.pages.aging.model import BALANCE, HEAT_STEPS, NAME, AgingModel
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.tables.paint import currency_rect, draw, fitted, text_rect
from duedesk.domain.aging import AgingRow
from duedesk.resources import Look

_COOLEST, _HOTTEST = 0.08, 0.38
"""How much of a bucket's colour stands behind its smallest and its largest amount."""

_NUMBER_GAP = 8
INDENT = 18
"""Pixels left of a name for the arrow that opens its second level, and by which the second level stands in."""


class AgingDelegate(RecordDelegate):
    """The delegate of the record table, with heat behind the buckets."""

    hovered_section = -1

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        super().set_look(look)
        self._look = look
        self._wrong = QColor(look.overdue)
        self._edge = QColor(look.accent)
        self._heats: dict[tuple[str, int], QColor] = {}

    spread = 0
    """Pixels by which text stands nearer to the edges of its cell where columns are crowded."""

    def set_crowded(self, spread: int, size: int) -> None:
        """Draw in letters of a size, and nearer to the edges."""
        self.spread = spread
        self._font, self._strong = fonts.font(size), fonts.font(size, strong=True)
        self._metrics, self._strong_metrics = QFontMetrics(self._font), QFontMetrics(self._strong)

    def width_of(self, column: Column, text: str) -> int:
        """Give the width of a cell at which its text is whole; a balance is strong."""
        width = super().width_of(column, text) - 2 * self.spread
        more = self._strong_metrics.horizontalAdvance(text) - self._metrics.horizontalAdvance(text)
        return width + (more if column.path == BALANCE and column.shown is not Shown.BALANCE else 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        model = cast("AgingModel", index.model())
        place, section, cell = index.row(), index.column(), option.rect
        row, shown = model.aging_row(place), model.row(place)
        if row is None or shown is None:
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        heat = model.heat(place, section)
        if is_selected:
            painter.fillRect(cell, self._selected)
        elif heat:
            painter.fillRect(cell, self._heat(model, section, heat))
        elif place == self.hovered_row:
            painter.fillRect(cell, self._hover)
        if (place, section) == (self.hovered_row, self.hovered_section) and model.has_invoices(place, section):
            painter.setPen(QPen(self._edge, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
        column, text = model.columns[section], shown.texts[section]
        cell = cell.adjusted(-self.spread, 0, self.spread, 0)
        if section == NAME:
            rect = text_rect(column, cell)
            self._draw_name(painter, self._draw_arrow(painter, rect, model, place), row)
            return
        is_balance = column.path == BALANCE
        rect = text_rect(column, cell)
        painter.setFont(self._strong if is_balance else self._font)
        painter.setPen(self._ink(row, text, is_balance=is_balance, is_selected=is_selected))
        metrics = self._strong_metrics if is_balance else self._metrics
        draw(painter, rect, fitted(metrics, text, rect.width(), is_figure=True), right=True)
        if column.shown is Shown.BALANCE:
            painter.setFont(self._font)
            painter.setPen(self._text if is_selected else self._quiet)
            draw(painter, currency_rect(cell), row.currency)

    def _ink(self, row: AgingRow, text: str, *, is_balance: bool, is_selected: bool) -> QColor:
        if is_balance and row.difference:
            return self._wrong
        return self._quiet if text == written.NOTHING and not is_selected else self._text

    def _draw_arrow(self, painter: QPainter, rect: QRect, model: AgingModel, place: int) -> QRect:
        """Draw the arrow of a row that has a second level, and give where the name stands."""
        line = model.line(place)
        if line is None or not (line.within or model.has_levels):
            return rect
        inner = rect.adjusted(INDENT if line.within is None else 2 * INDENT, 0, 0, 0)
        if model.can_open(place):
            x, y = rect.left() + INDENT // 2 - 4, rect.center().y() + 1
            shut = [QPoint(x, y - 4), QPoint(x, y + 4), QPoint(x + 5, y)]
            opened = [QPoint(x - 1, y - 2), QPoint(x + 7, y - 2), QPoint(x + 3, y + 3)]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._quiet)
            painter.drawPolygon(QPolygon(opened if model.is_open(place) else shut))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        return inner

    def _draw_name(self, painter: QPainter, rect: QRect, row: AgingRow) -> None:
        """Draw the name, and the number behind it where there is room."""
        painter.setFont(self._font)
        painter.setPen(self._text)
        name = fitted(self._metrics, row.name, rect.width(), is_figure=False)
        draw(painter, rect, name)
        left = self._metrics.horizontalAdvance(name) + _NUMBER_GAP
        if row.number not in {"", row.name} and left + self._metrics.horizontalAdvance(row.number) <= rect.width():
            painter.setPen(self._quiet)
            draw(painter, rect.adjusted(left, 0, 0, 0), row.number)

    def _heat(self, model: AgingModel, section: int, step: int) -> QColor:
        colour = self._look.bucket(model.bucket_of(section) or 0, model.buckets)
        held = self._heats.get((colour, step))
        if held is None:
            share = _COOLEST + (_HOTTEST - _COOLEST) * (step - 1) / (HEAT_STEPS - 1)
            held = self._heats[colour, step] = QColor(mix(self._look.panel, colour, share))
        return held
