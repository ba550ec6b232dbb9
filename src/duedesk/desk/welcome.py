"""What is shown while no book is open: where to begin; it opens nothing itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import card
from duedesk.desk.widgets.labels import Role, plain_label


class WelcomePage(QWidget):
    """Three ways to begin."""

    sample_asked = Signal()
    import_asked = Signal()
    open_asked = Signal()

    def __init__(self, *, can_import: bool) -> None:
        super().__init__()
        panel = card()
        panel.setFixedWidth(480)
        column = QVBoxLayout(panel)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(8)
        column.addWidget(plain_label("No book is open", Role.TITLE))
        column.addWidget(
            plain_label(
                "A book is one file that holds accounts, invoices and what was paid on them. "
                "Nothing leaves this machine.",
                Role.QUIET,
                wraps=True,
            )
        )
        column.addSpacing(16)
        said = "Two years of invoices to 150 invented accounts, to look round in."
        ways = [("Make a sample book", said, self.sample_asked)]
        if can_import:
            ways.append(("Import a file", "CSV or Excel, into a new book of your own.", self.import_asked))
        ways.append(("Open a book", "A .duedesk file that you have already.", self.open_asked))
        buttons = [button(text, asked.emit) for text, _, asked in ways]
        buttons[0].setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        for pressed, (_, said, _) in zip(buttons, ways, strict=True):
            pressed.setFixedWidth(160)
            line = QHBoxLayout()
            line.setSpacing(16)
            line.addWidget(pressed)
            line.addWidget(plain_label(said, Role.QUIET, wraps=True), 1)
            column.addLayout(line)
            column.addSpacing(4)
        self.setFocusProxy(buttons[0])
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(panel)
        across.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(across)
        page.addStretch(3)
