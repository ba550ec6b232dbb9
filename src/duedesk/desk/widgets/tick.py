"""A box to tick, its line seen in both looks and its tick more than a colour; it decides nothing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

BOX = 16
"""Pixels of a box."""

_GAP, _HEIGHT = 8, 26


class Tick(QCheckBox):
    """Drawn by itself: the style's own box cannot be seen in the dark."""

    def sizeHint(self) -> QSize:
        """Give the size at which the words are whole."""
        return QSize(BOX + _GAP + self.fontMetrics().horizontalAdvance(self.text()) + 2, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box, its tick and the words."""
        colours = self.palette()
        colours.setCurrentColorGroup(QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled)
        painter = QPainter(self)
        top = (self.height() - BOX) / 2
        draw_tick(painter, QPointF(0, top), colours, ticked=self.isChecked(), marked=self.hasFocus())
        painter.setPen(colours.color(QPalette.ColorRole.WindowText))
        words = self.rect().adjusted(BOX + _GAP, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), self.text())

    def hitButton(self, at: object) -> bool:
        """Take a click anywhere on the box and its words."""
        return bool(self.rect().contains(at))  # type: ignore[call-overload] # Qt gives a QPoint


def draw_tick(painter: QPainter, at: QPointF, colours: QPalette, *, ticked: bool, marked: bool = False) -> None:
    """Draw a box with its upper left corner at a place; `marked` where the cursor is on it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(at.x() + 0.5, at.y() + 0.5, BOX - 1, BOX - 1)
    accent = colours.color(QPalette.ColorRole.Accent)
    painter.setPen(QPen(accent if ticked or marked else colours.color(QPalette.ColorRole.PlaceholderText), 1))
    painter.setBrush(accent if ticked else colours.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(box, 4, 4)
    if ticked:
        painter.setPen(QPen(colours.color(QPalette.ColorRole.HighlightedText), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        mark = [QPointF(box.left() + x, box.top() + y) for x, y in ((4, 8), (7, 11), (12, 5))]
        painter.drawPolyline(QPolygonF(mark))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
