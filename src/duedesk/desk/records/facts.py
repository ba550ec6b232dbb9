"""A fact of a record's head: its name in quiet type, its value below; it knows no record."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from duedesk.desk.widgets.labels import Role, plain_label


def fact(name: str, value: QLabel, *marks: QLabel) -> QVBoxLayout:
    """Lay a value out below its name, and marks beside it."""
    column = QVBoxLayout()
    column.setSpacing(2)
    label = plain_label(name, Role.QUIET)
    label.setBuddy(value)
    column.addWidget(label)
    line = QHBoxLayout()
    line.setSpacing(6)
    for widget in (value, *marks):
        line.addWidget(widget)
    line.addStretch(1)
    column.addLayout(line)
    return column
