"""A sentence that a person should read before going on, on a tinted ground; it decides nothing."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from duedesk.desk.widgets.labels import plain_label


class Remark(QFrame):
    """A block of text; its ground is the palette's own, so that it follows the look."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("remark")
        self.setStyleSheet("QFrame#remark { background: palette(alternate-base); border: none; border-radius: 6px; }")
        self._label = plain_label(text, wraps=True, selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(self._label)

    @property
    def text(self) -> str:
        """Give what it says."""
        return self._label.text()
