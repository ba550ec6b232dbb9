"""A status as a small pill beside a heading; it knows no status and no colour."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from duedesk.desk import fonts
from duedesk.desk.colours import pill_colours
from duedesk.resources import Look

_HEIGHT, _PADDING = 20, 9


class Pill(QWidget):
    """One word or two on a tinted ground."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._text = ""
        self.setFont(fonts.font(fonts.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """Give the status."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another status; nothing is shown without one."""
        self._text = text
        self.setAccessibleName(f"Status: {text}")
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        """Give the size of the pill."""
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2 * _PADDING, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the pill."""
        ground, ink = pill_colours(self._look, self._text)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(self.rect(), _HEIGHT / 2, _HEIGHT / 2)
        painter.setPen(QColor(ink))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
