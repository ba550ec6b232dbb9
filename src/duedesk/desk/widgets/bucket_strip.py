"""The five buckets of a debtor as a strip and as lines; a click says which one was meant, nothing is opened here."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from duedesk.desk import fonts
from duedesk.domain.aging import Buckets
from duedesk.domain.money import ZERO
from duedesk.resources import Look

_STRIP_HEIGHT, _LINE_HEIGHT, _SQUARE = 8, 22, 8


class BucketStrip(QWidget):
    """Amounts of one currency, side by side in their share of the whole."""

    chosen = Signal(object)
    """A bucket was clicked: its place."""

    def __init__(self, look: Look, buckets: Buckets) -> None:
        super().__init__()
        self._look = look
        self._buckets = buckets
        self._amounts: tuple[Decimal, ...] = ()
        self.setFixedHeight(_STRIP_HEIGHT)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._look = look
        self.update()

    def set_amounts(self, amounts: Sequence[Decimal]) -> None:
        """Show other amounts, one a bucket."""
        self._amounts = tuple(amounts)
        words = zip(self._buckets.labels, self._amounts, strict=True)
        self.setAccessibleName(", ".join(f"{label}: {amount}" for label, amount in words if amount))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the strip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), _STRIP_HEIGHT / 2, _STRIP_HEIGHT / 2)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), QColor(self._look.line))
        for place, part in self._parts():
            painter.fillRect(part, QColor(self._look.bucket(place, len(self._buckets))))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a bucket can be clicked."""
        there = self._place_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.ArrowCursor if there is None else Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which bucket was clicked."""
        place = self._place_at(event.position().toPoint())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(place)

    def _place_at(self, point: QPoint) -> int | None:
        return next((place for place, part in self._parts() if part.contains(point)), None)

    def _parts(self) -> list[tuple[int, QRect]]:
        """Give the place and rectangle of each bucket that holds something; what is owed to the debtor has no part."""
        counted = [max(amount, ZERO) for amount in self._amounts]
        whole = sum(counted, ZERO)
        parts, sofar, left = [], ZERO, 0
        for place, amount in enumerate(counted):
            sofar += amount
            right = int(sofar * self.width() / whole) if whole else 0
            if right > left:
                parts.append((place, QRect(left, 0, right - left, self.height())))
            left = right
        return parts


class BucketLine(QAbstractButton):
    """One bucket in words: its square, its label, its amount; it can be pressed."""

    def __init__(self, look: Look, place: int, buckets: Buckets) -> None:
        super().__init__()
        self._look = look
        self._place = place
        self._count = len(buckets)
        self._label = buckets.labels[place]
        self._amount = ""
        self.setFixedHeight(_LINE_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._look = look
        self.update()

    def set_amount(self, amount: str) -> None:
        """Show another amount, as it is written."""
        self._amount = amount
        self.setAccessibleName(f"{self._label}: {amount}")
        self.update()

    def sizeHint(self) -> QSize:
        """Give the height of a line."""
        return QSize(160, _LINE_HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Mark the line under the mouse."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no line."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() or self.hasFocus():
            painter.setBrush(QColor(self._look.hover))
            painter.drawRoundedRect(self.rect().adjusted(-4, 0, 4, 0), 4, 4)
        painter.setBrush(QColor(self._look.bucket(self._place, self._count)))
        painter.drawRoundedRect(QRectF(0, (self.height() - _SQUARE) / 2, _SQUARE, _SQUARE), 2, 2)
        painter.setFont(fonts.font())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._look.quiet_text))
        painter.drawText(self.rect().adjusted(_SQUARE + 8, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, self._label)
        painter.setPen(QColor(self._look.text))
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignRight, self._amount)
