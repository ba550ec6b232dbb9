"""A field for a text of several lines that is as high as its lines are; it knows no letter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

_MARGIN = 5


class TextBox(QPlainTextEdit):
    """Grows and shrinks with what is typed."""

    entered = Signal(object)
    """The cursor came here: this box."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor came here."""
        super().focusInEvent(event)
        self.entered.emit(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = max(int(self.document().size().height()), 1)  # this document counts its height in lines
        height = lines * self.fontMetrics().lineSpacing() + 2 * _MARGIN + 4
        if height != self.height():
            self.setFixedHeight(height)
