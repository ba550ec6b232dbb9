"""The line above a workbook that came back: which it is, what of it is wanted, and the command that takes it over."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, set_tooltip
from duedesk.desk.widgets.tick import Tick


class TakeBackBar(QWidget):
    """Says what is asked for; the page does it."""

    file_asked = Signal()
    taking_asked = Signal()
    meanwhile_changed = Signal()
    """What happened in the book since is to count less, or more, than what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.file_button = button("Choose a workbook…", self.file_asked.emit)
        set_tooltip(self.file_button, "Ctrl+Shift+O. A workbook can be dropped on the page, too.")
        self.said = elided_label("", Role.QUIET)
        self.meanwhile = Tick("Also what changed meanwhile")
        self.meanwhile.toggled.connect(lambda _: self.meanwhile_changed.emit())
        self.take_button = button("Take over", self.taking_asked.emit, primary=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.file_button)
        line.addWidget(self.said, 1)
        line.addWidget(self.meanwhile)
        line.addWidget(self.take_button)
        self.show_choice("", "", 0)

    def show_choice(self, head: str, taken: str, meanwhile: int) -> None:
        """Show which workbook it is, what would be taken over (nothing: none of it), and how much changed meanwhile."""
        self.said.setText(head)
        self.meanwhile.setVisible(meanwhile > 0)
        self.meanwhile.setText(f"Also {meanwhile:,} changed meanwhile")
        self.take_button.setVisible(bool(head))
        self.take_button.setEnabled(bool(taken))
        self.take_button.setText(f"Take over {taken}" if taken else "Nothing to take over")
