"""The lines below the field of Ctrl+K: offers under their headings as a model, and how they are drawn."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from duedesk.desk import fonts
from duedesk.desk.finding.offers import Group, Offer, in_groups
from duedesk.desk.tables.paint import draw
from duedesk.resources import Look

Index = QModelIndex | QPersistentModelIndex
Line = Group | Offer
_NOWHERE = QModelIndex()

LINE, HEADING = 30, 28
"""Pixels of an offer and of a heading."""

_MARGIN, _GAP = 16, 12


class Lines(QAbstractListModel):
    """Headings and offers from top to bottom; only offers can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show other offers."""
        self.beginResetModel()
        lines: list[Line] = []
        for group, held in in_groups(offers):
            lines += [group, *held]
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, place: int) -> Line | None:
        """Give the line at a place."""
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def offer(self, place: int) -> Offer | None:
        """Give the offer at a place; None where there is none."""
        line = self.line(place)
        return line if isinstance(line, Offer) else None

    def place_of(self, offer: Offer | None) -> int:
        """Give the place of the offer that says the same, else of the first there is; -1 where there is none."""
        offers = [(at, line) for at, line in enumerate(self._lines) if isinstance(line, Offer)]
        if offer is not None:
            same = (offer.group, offer.title, offer.detail)
            for at, line in offers:
                if (line.group, line.title, line.detail) == same:
                    return at
        return next((at for at, _ in offers), -1)

    def step(self, place: int, by: int) -> int:
        """Give the place of the offer so many offers on or back; at the ends it stays."""
        offers = [at for at, line in enumerate(self._lines) if isinstance(line, Offer)]
        if not offers:
            return -1
        here = offers.index(place) if place in offers else -1
        return offers[min(max(here + by, 0), len(offers) - 1)]

    def height(self) -> int:
        """Give the pixels that all lines take."""
        return sum(LINE if isinstance(line, Offer) else HEADING for line in self._lines)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Give the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let offers be chosen, and headings not."""
        if self.offer(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what a line says."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if isinstance(line, Group):
            return line.value
        return line.title if role == Qt.ItemDataRole.DisplayRole else line.spoken


class LineDelegate(QStyledItemDelegate):
    """Draws a heading small and quiet, an offer with its detail behind it and its figure or key at the right."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._font = fonts.font()
        self._small = fonts.font(fonts.SMALL)
        self._metrics = QFontMetrics(self._font)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._text, self._quiet, self._fault = (QColor(one) for one in (look.text, look.quiet_text, look.overdue))
        self._selected, self._hover = QColor(look.accent_tint), QColor(look.hover)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the height of a line."""
        model = index.model()
        is_offer = isinstance(model, Lines) and model.offer(index.row()) is not None
        return QSize(option.rect.width(), LINE if is_offer else HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, Lines) else None
        rect = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        if isinstance(line, Group):
            painter.setFont(self._small)
            painter.setPen(self._quiet)
            draw(painter, rect.adjusted(0, 8, 0, 0), line.value)
        elif line is not None:
            self._draw_ground(painter, option)
            self._draw_offer(painter, rect, line, is_selected=bool(option.state & QStyle.StateFlag.State_Selected))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._selected if is_selected else self._hover)
            painter.drawRoundedRect(option.rect.adjusted(6, 0, -6, 0), 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_offer(self, painter: QPainter, rect: QRect, offer: Offer, *, is_selected: bool) -> None:
        quiet = self._text if is_selected else self._quiet
        painter.setFont(self._font)
        right = self._metrics.horizontalAdvance(offer.right)
        painter.setPen(quiet)
        draw(painter, rect, offer.right, right=True)
        room = rect.width() - (right + _GAP if right else 0)
        painter.setPen(self._fault if offer.fault else self._text if offer.opens is not None else quiet)
        title = self._metrics.elidedText(offer.title, Qt.TextElideMode.ElideRight, room)
        draw(painter, rect, title)
        taken = self._metrics.horizontalAdvance(title) + _GAP
        if offer.detail and room - taken > _GAP:
            painter.setPen(quiet)
            detail = self._metrics.elidedText(offer.detail, Qt.TextElideMode.ElideRight, room - taken)
            draw(painter, rect.adjusted(taken, 0, 0, 0), detail)
