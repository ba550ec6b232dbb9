"""A box to tick, its line seen in both looks and its tick more than a colour; it decides nothing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

_BOX, _GAP, _HEIGHT = 16, 8, 26


class Tick(QCheckBox):
    """Drawn by itself: the style's own box cannot be seen in the dark."""

    def sizeHint(self) -> QSize:
        """Give the size at which the words are whole."""
        lines, metrics = self.text().split("\n"), self.fontMetrics()
        wide = max(map(metrics.horizontalAdvance, lines))
        return QSize(_BOX + _GAP + wide + 2, _HEIGHT + (len(lines) - 1) * metrics.lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box, its tick and the words."""
        colours = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, (self.height() - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
        accent = colours.color(group, QPalette.ColorRole.Accent)
        quiet = colours.color(group, QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(accent if self.isChecked() or self.hasFocus() else quiet, 1))
        painter.setBrush(accent if self.isChecked() else colours.color(group, QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setPen(QPen(colours.color(group, QPalette.ColorRole.HighlightedText), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            left, top = box.left(), box.top()
            mark = [QPointF(left + 4, top + 8), QPointF(left + 7, top + 11), QPointF(left + 12, top + 5)]
            painter.drawPolyline(QPolygonF(mark))
        painter.setPen(colours.color(group, QPalette.ColorRole.WindowText))
        words = self.rect().adjusted(_BOX + _GAP, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())

    def hitButton(self, at: object) -> bool:
        """Take a click anywhere on the box and its words."""
        return bool(self.rect().contains(at))  # type: ignore[call-overload] # Qt gives a QPoint
