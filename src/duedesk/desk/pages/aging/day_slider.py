"""The slider under a chart, over the days of a year: it says where it is dragged and where it is let go, shows nothing.

Keys step it: left and right by a day, page up and down by a month, Home and End to its ends.
"""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from duedesk.desk import format as written
from duedesk.desk.pages.aging.ahead import YEAR
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.resources import Look

_SETTLED_MS = 350
"""A key stepped the slider and no other came: the desk goes to stand there."""
_HEIGHT, _GROOVE, _KNOB = 24, 4, 14
_MONTH = 30


class DaySlider(QSlider):
    """Its right end is the last day, its left end a year before."""

    slid = Signal(object)
    """It is dragged or stepped over a day: the date."""
    let_go = Signal(object)
    """It was let go on a day: the date."""
    reached_for = Signal()
    """The reader is about to use it."""
    left = Signal()
    """The reader has turned to something else."""

    def __init__(self, look: Look, last: date) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self.last = last
        self.setRange(0, YEAR)
        self.setSingleStep(1)
        self.setPageStep(_MONTH)
        self.setValue(YEAR)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName("As-of day")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tooltip(self, "Drag over the last year, or press the arrow keys; where it is let go the whole desk stands.")
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self._let_go)
        self.valueChanged.connect(self._slide)
        self.sliderReleased.connect(self._let_go)

    @property
    def day(self) -> date:
        """Give the day it is on."""
        return self.last - timedelta(days=YEAR - self.value())

    def stand(self, day: date) -> None:
        """Put it on a day without telling anyone; a day beyond its ends becomes its last one."""
        if self.isSliderDown():
            return
        if not self.last - timedelta(days=YEAR) <= day <= self.last:
            self.last = day
        self._settling.stop()
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.setValue(YEAR - (self.last - day).days)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._name()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._look = look
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell that it is about to be used."""
        super().enterEvent(event)
        self.reached_for.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it is about to be used."""
        super().focusInEvent(event)
        self.reached_for.emit()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that it is left."""
        super().leaveEvent(event)
        if not self.isSliderDown() and not self.hasFocus():
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it is left."""
        super().focusOutEvent(event)
        self.left.emit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where it is pressed, and be dragged from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Be let go."""
        if event.button() is Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the groove, a tick at each month end, and the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, left, right = self.height() / 2, _KNOB / 2, self.width() - _KNOB / 2
        at = left + (right - left) * self.value() / YEAR
        painter.setBrush(QColor(self._look.line))
        painter.drawRoundedRect(int(left), int(middle - _GROOVE / 2), int(right - left), _GROOVE, 2, 2)
        painter.setBrush(QColor(self._look.quiet_text))
        for back in range(YEAR + 1):
            if (self.last - timedelta(days=back - 1)).day == 1:
                x = left + (right - left) * (YEAR - back) / YEAR
                painter.drawRect(int(x), int(middle + _GROOVE), 1, 4)
        is_used = self.hasFocus() or self.isSliderDown()
        painter.setBrush(QColor(self._look.accent))
        painter.drawEllipse(int(at - _KNOB / 2), int(middle - _KNOB / 2), _KNOB, _KNOB)
        if not is_used:
            painter.setBrush(QColor(self._look.panel))
            painter.drawEllipse(int(at - _KNOB / 2) + 2, int(middle - _KNOB / 2) + 2, _KNOB - 4, _KNOB - 4)

    def _value_at(self, x: float) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        span = self.width() - _KNOB
        return QStyle.sliderValueFromPosition(0, YEAR, round(x - _KNOB / 2), span)

    def _slide(self) -> None:
        self._name()
        self.slid.emit(self.day)
        if not self.isSliderDown():
            self._settling.start()

    def _let_go(self) -> None:
        self._settling.stop()
        self.let_go.emit(self.day)

    def _name(self) -> None:
        self.setAccessibleDescription(written.day(self.day))
        self.update()
