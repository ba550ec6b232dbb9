"""The rail at the left: the pages there are, the book at its foot; which pages there are is told to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from duedesk.desk import fonts
from duedesk.desk.widgets.frames import bar, rule
from duedesk.desk.widgets.labels import Role, elided_label, plain_label

WIDTH, NARROW_WIDTH = 168, 128
"""Pixels, in a wide window and in a narrow one."""


class Rail(QWidget):
    """One button a page; the current one is marked. Up and Down walk along it."""

    chosen = Signal(object)
    """The place of the page in the list that was given."""

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen.emit)
        self._buttons: list[QPushButton] = []
        self._book = elided_label("", Role.QUIET)
        panel = bar()
        self._column = QVBoxLayout(panel)
        self._column.setContentsMargins(12, 14, 12, 12)
        self._column.setSpacing(4)
        brand = plain_label("Duedesk")
        brand.setFont(fonts.font(17, strong=True))
        brand.setContentsMargins(12, 0, 0, 14)
        self._column.addWidget(brand)
        self._column.addStretch(1)
        self._column.addWidget(self._book)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(panel, 1)
        across.addWidget(rule(Qt.Orientation.Vertical))
        self.setFixedWidth(WIDTH)

    def set_pages(self, names: tuple[str, ...]) -> None:
        """Show these pages."""
        for old in self._buttons:
            self._group.removeButton(old)
            old.deleteLater()
        self._buttons = []
        for place, name in enumerate(names):
            button = QPushButton(name)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("rail", True)  # noqa: FBT003 - Qt's own signature
            self._group.addButton(button, place)
            self._column.insertWidget(1 + place, button)
            self._buttons.append(button)

    def set_current(self, place: int | None) -> None:
        """Mark the page that is shown; None marks none."""
        self._group.setExclusive(False)
        for at, button in enumerate(self._buttons):
            button.setChecked(at == place)
            button.setFont(fonts.font(strong=at == place))
        self._group.setExclusive(place is not None)

    def set_book(self, name: str) -> None:
        """Name the book at the foot."""
        self._book.setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk up and down."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        focused = [at for at, button in enumerate(self._buttons) if button.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        self._buttons[(focused[0] + step) % len(self._buttons)].setFocus()
