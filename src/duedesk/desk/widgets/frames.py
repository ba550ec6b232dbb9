"""Plain surfaces: cards with a hairline, bars and rules; what stands on them is for others."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def card() -> QFrame:
    """Make a card: a panel with a hairline and round corners."""
    made = QFrame()
    made.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
    return made


def bar() -> QFrame:
    """Make a flat panel without a line."""
    made = QFrame()
    made.setProperty("bar", True)  # noqa: FBT003 - Qt's own signature
    return made


def rule(orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> QFrame:
    """Make a hairline."""
    made = QFrame()
    made.setProperty("rule", True)  # noqa: FBT003 - Qt's own signature
    if orientation is Qt.Orientation.Horizontal:
        made.setFixedHeight(1)
    else:
        made.setFixedWidth(1)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """Put a column of fields where it scrolls when there is little room; the surface below shows through."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
