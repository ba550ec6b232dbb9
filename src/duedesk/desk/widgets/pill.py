"""A status as a small pill beside a heading; which colours a status has is said here, what it means is not."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from duedesk.desk import fonts
from duedesk.desk.colours import mix, pill_ground, readable
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
        ground, ink = _colours(self._look, self._text)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(self.rect(), _HEIGHT / 2, _HEIGHT / 2)
        painter.setPen(QColor(readable(ink, on=ground, towards=self._look.text)))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


def _colours(look: Look, text: str) -> tuple[str, str]:
    """Give the ground and the ink, the same as in the list."""
    match text:
        case "Partially settled":
            return mix(look.accent_tint, look.accent, 0.1), look.accent
        case "Settled":
            return mix(look.panel, look.buckets[0], 0.25), look.buckets[0]
        case _:
            return pill_ground(look), look.quiet_text
