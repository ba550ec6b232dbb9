"""Puts the cursor into a field so that typing takes the place of what stands there; it holds nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget


def begin_in(field: QWidget) -> None:
    """Give a field the cursor, and select what stands there where that can be typed over."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    edit = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(edit, QLineEdit):
        edit.selectAll()
