"""A strip above the page that says what failed or what was done, in plain text and aloud; it holds no work up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from duedesk.desk.theme import PAGE_MARGIN
from duedesk.desk.widgets.frames import bar, rule
from duedesk.desk.widgets.heard import announce, hear_as_alert
from duedesk.desk.widgets.labels import Role, plain_label, set_role


class Notice(QWidget):
    """Hidden until something is to be said; stays until it is closed or something else works."""

    def __init__(self) -> None:
        super().__init__()
        hear_as_alert(self)
        self._sentence = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        self._hint = plain_label("", Role.TEXT, wraps=True, selectable=True)
        close = QToolButton()
        close.setText("×")
        close.setAccessibleName("Close the message")
        close.clicked.connect(self.clear)
        panel = bar()
        line = QHBoxLayout(panel)
        line.setContentsMargins(PAGE_MARGIN, 8, PAGE_MARGIN, 8)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._sentence)
        texts.addWidget(self._hint)
        line.addLayout(texts, 1)
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(panel)
        column.addWidget(rule())
        self.setVisible(False)

    @property
    def text(self) -> str:
        """Give what is said, nothing while hidden."""
        return f"{self._sentence.text()} {self._hint.text()}".strip() if not self.isHidden() else ""

    def show_text(self, sentence: str, hint: str = "", *, done: bool = False) -> None:
        """Say a sentence, and what to do; what went well is not said in the colour of what failed."""
        set_role(self._sentence, Role.TEXT if done else Role.OVERDUE)
        set_role(self._hint, Role.QUIET if done else Role.TEXT)
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName("Done" if done else "Not done")
        self.setAccessibleDescription(f"{sentence} {hint}".strip())
        self.setVisible(True)
        announce(self, self.text, urgent=not done)

    def clear(self) -> None:
        """Say nothing."""
        self.setVisible(False)
