"""A box that says what is about to happen and waits for a yes; it does nothing by itself and holds nothing up."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label

_WIDTH = 440


def ask(parent: QWidget, title: str, sentence: str, *, do: str, leave: str, then: Callable[[], None]) -> QDialog:
    """Show what will happen; `then` is called where the reader wants it. Enter does it, Esc leaves it."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(_WIDTH)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(8)
    column.addWidget(plain_label(title, Role.STRONG, wraps=True))
    column.addWidget(plain_label(sentence, wraps=True, selectable=True))
    column.addSpacing(12)
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addStretch(1)
    line.addWidget(button(f"{leave}  Esc", dialog.reject))
    doing = button(f"{do}  ↵", dialog.accept, primary=True)
    doing.setAccessibleName(do)
    doing.setAutoDefault(True)
    doing.setDefault(True)
    line.addWidget(doing)
    column.addLayout(line)
    dialog.accepted.connect(then)
    dialog.open()
    doing.setFocus()
    return dialog
