"""The bar of a record's commands above its head: buttons with their keys, barred ones with the reason; no rules."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from duedesk.desk.page import PageCommand
from duedesk.desk.records.clearing import clear
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip


class CommandBar(QWidget):
    """Buttons at the left for what can be done, one at the right for the way back.

    Where there is no room for all, the last ones are left to the menu.
    """

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self.strip = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        self.strip.setVisible(False)
        stacked = QVBoxLayout(self)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(10)
        stacked.addLayout(self._line)
        stacked.addWidget(self.strip)
        self._buttons: dict[str, QPushButton] = {}
        self._left: list[QPushButton] = []
        self._back: QPushButton | None = None
        self.setMinimumHeight(ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_commands(
        self, commands: Sequence[PageCommand], back: PageCommand | None, primary: str = "", barred: str = ""
    ) -> None:
        """Show other commands; `primary` is the text of the one most will give, `barred` what stops them all."""
        clear(self._line)
        self._buttons.clear()
        self._left = [
            self._button(one, barred or one.barred(), primary=one.text == primary and not barred) for one in commands
        ]
        self._back = None if back is None else self._button(back, "")
        for made in self._left:
            self._line.addWidget(made)
        self._line.addStretch(1)
        if self._back is not None:
            self._line.addWidget(self._back)
        self._fit()

    def say(self, text: str) -> None:
        """Say why something cannot be done, below the buttons, until something else is said."""
        self.strip.setText(text)
        self.strip.setVisible(bool(text))

    def button(self, text: str) -> QPushButton | None:
        """Give the button of a command by its words; None where it is not offered."""
        return self._buttons.get(text)

    @property
    def words(self) -> tuple[str, ...]:
        """Give the words of the commands that are offered, in order."""
        return tuple(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - (0 if self._back is None else self._back.sizeHint().width() + self._line.spacing())
        for made in self._left:
            room -= made.sizeHint().width() + self._line.spacing()
            made.setVisible(room + self._line.spacing() >= 0)

    def _button(self, command: PageCommand, reason: str, *, primary: bool = False) -> QPushButton:
        words = command.text.replace("&", "").rstrip("…")
        key = command.heard or (command.keys[0] if command.keys else "")
        made = button(f"{words}  {key}".rstrip(), command.run, primary=primary)
        made.setAccessibleName(words)
        made.setEnabled(not reason)
        set_tooltip(made, f"{words}: {reason}." if reason else "")
        self._buttons[words] = made
        return made
