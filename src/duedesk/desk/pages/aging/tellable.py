"""Figures that stand alone, beside the chart: each can be walked to and asks to be told; it knows none of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

EXPLAIN_KEY = "Ctrl+I"

Telling = tuple[str, Callable[[], None]]
"""What stands in the menu, and what it does."""


def make_tellable(widget: QWidget, offered: Callable[[], Sequence[Telling]], *, walks: bool = False) -> None:
    """Offer to tell a figure where its widget is clicked with the right button; `walks` lets Tab come by."""

    def pop_up(at: QPoint) -> None:
        if offered():
            tell_menu(widget, offered()).popup(widget.mapToGlobal(at))

    if walks:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(pop_up)


def tell_menu(widget: QWidget, offered: Sequence[Telling]) -> QMenu:
    """Give the menu: the figure itself first, with its key."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for place, (text, run) in enumerate(offered):
        action = menu.addAction(text)
        action.triggered.connect(lambda *_, run=run: run())
        if not place:
            action.setShortcut(EXPLAIN_KEY)
    return menu
