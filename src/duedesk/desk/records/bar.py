"""The bar of a record's commands above its head: buttons with their keys, barred ones with the reason; no rules."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from duedesk.desk.page import PageCommand
from duedesk.desk.records.clearing import clear
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip


class CommandBar(QWidget):
    """Buttons at the left for what can be done, one at the right for the way back."""

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
        self.setMinimumHeight(ROW_HEIGHT)

    def show_commands(
        self, commands: Sequence[PageCommand], back: PageCommand | None, primary: str = "", barred: str = ""
    ) -> None:
        """Show other commands; `primary` is the text of the one most will give, `barred` what stops them all."""
        clear(self._line)
        self._buttons.clear()
        for command in commands:
            is_primary = command.text == primary and not barred
            self._line.addWidget(self._button(command, barred or command.barred(), primary=is_primary))
        self._line.addStretch(1)
        if back is not None:
            self._line.addWidget(self._button(back, ""))

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

    def _button(self, command: PageCommand, reason: str, *, primary: bool = False) -> QPushButton:
        words = command.text.replace("&", "").rstrip("…")
        key = command.heard or (command.keys[0] if command.keys else "")
        made = button(f"{words}  {key}".rstrip(), command.run, primary=primary)
        made.setAccessibleName(words)
        made.setEnabled(not reason)
        set_tooltip(made, f"{words}: {reason}." if reason else "")
        self._buttons[words] = made
        return made
