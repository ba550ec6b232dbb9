"""A field that offers a few answers to choose from; the arrow is drawn here, as a style sheet alone draws none."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

_FROM_RIGHT, _WIDE, _HIGH = 15, 4, 2


class Choice(QComboBox):
    """Shows the answer that is chosen; each answer holds a value beside its words."""

    def __init__(self, answers: Iterable[tuple[str, object]] = (), chosen: object = None) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))  # the default one draws no style sheet
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for words, value in answers:
            self.addItem(words, value)
        self.choose(chosen)

    @property
    def chosen(self) -> object:
        """Give the value of the answer; what was typed where none was chosen."""
        typed = self.currentText().strip()
        if self.isEditable() and typed != self.itemText(self.currentIndex()):
            return typed
        return self.currentData()

    def choose(self, value: object) -> None:
        """Choose the answer that holds a value; the first one where none does."""
        held = [self.itemData(place) for place in range(self.count())]
        self.setCurrentIndex(held.index(value) if value in held else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the beginning of what does not fit; where somebody types, the place they type at."""
        super().resizeEvent(event)
        edit = self.lineEdit()
        if edit is not None and not edit.hasFocus():
            edit.end(False)  # noqa: FBT003 - Qt's own signature
            edit.home(False)  # noqa: FBT003 - Qt's own signature

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the arrow on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(QPen(self.palette().color(group, QPalette.ColorRole.PlaceholderText), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y = self.width() - _FROM_RIGHT, self.height() / 2
        painter.drawPolyline(
            QPolygonF([QPointF(x - _WIDE, y - _HIGH), QPointF(x, y + _HIGH), QPointF(x + _WIDE, y - _HIGH)])
        )
