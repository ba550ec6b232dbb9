"""A dialog that lists keys and what they do; which keys there are is told to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.labels import Role, plain_label

_SCROLL_BAR, _AROUND = 12, 180
"""Pixels of a scroll bar, and of the screen that the list leaves free for the dialog's frame and button."""


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that work in one place, each with what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


def show_keys(parent: QWidget, groups: Sequence[KeyGroup]) -> QDialog:
    """Show the keys until the dialog is closed."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Keys")
    inside = QWidget()
    columns = QHBoxLayout(inside)
    columns.setContentsMargins(0, 0, 12, 0)
    columns.setSpacing(40)
    first, *others = [group for group in groups if group.keys]
    for column in ((first,), others):
        stacked = QVBoxLayout()
        stacked.setSpacing(20)
        for group in column:
            stacked.addLayout(_listed(group))
        stacked.addStretch(1)
        columns.addLayout(stacked)
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(24, 20, 24, 16)
    whole.setSpacing(16)
    area = scrolled(inside)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys and Page Down go through what does not fit
    needed, room = inside.sizeHint(), parent.screen().availableGeometry()
    area.setMinimumSize(needed.width() + _SCROLL_BAR, min(needed.height(), room.height() - _AROUND))
    whole.addWidget(area, 1)
    whole.addWidget(button("Close", dialog.accept, primary=True), 0, Qt.AlignmentFlag.AlignRight)
    dialog.open()
    return dialog


def _listed(group: KeyGroup) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.addWidget(plain_label(group.title, Role.STRONG), 0, 0, 1, 2)
    for row, (key, what) in enumerate(group.keys, start=1):
        grid.addWidget(plain_label(key, Role.QUIET), row, 0)
        grid.addWidget(plain_label(what), row, 1)
    grid.setColumnStretch(1, 1)
    return grid
