"""Draws the cells of an aging: figures on the heat of their bucket, nothing as a dash; it works out no heat."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from duedesk.desk import format as written
from duedesk.desk.colours import mix
from duedesk.desk.pages.aging.model import HEAT_STEPS, NAME, AgingModel
from duedesk.desk.tables.columns import Shown
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.tables.paint import currency_rect, draw, fitted, text_rect
from duedesk.domain.aging import AgingRow
from duedesk.resources import Look

_COOLEST, _HOTTEST = 0.08, 0.38
"""How much of a bucket's colour stands behind its smallest and its largest amount."""

_NUMBER_GAP = 8


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
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
        column, text = model.columns[section], shown.texts[section]
        if section == NAME:
            self._draw_name(painter, text_rect(column, cell), row)
            return
        is_balance = column.path == "balance"
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
        bucket, count = section - 1, len(model.columns) - 4
        colour = self._look.bucket(bucket, count)
        held = self._heats.get((colour, step))
        if held is None:
            share = _COOLEST + (_HOTTEST - _COOLEST) * (step - 1) / (HEAT_STEPS - 1)
            held = self._heats[colour, step] = QColor(mix(self._look.panel, colour, share))
        return held
