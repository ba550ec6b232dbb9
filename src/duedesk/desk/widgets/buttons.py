"""Buttons of the desk: plain, primary, a chip that is on or off, a chip that can be taken away; no menus."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy


def button(
    text: str, run: Callable[[], None] | None = None, *, primary: bool = False, link: bool = False
) -> QPushButton:
    """Make a button; `primary` is for the one command a page is for, `link` for what stands in a line of text."""
    made = _plain(text)
    made.setProperty("primary", primary)
    made.setProperty("link", link)
    if run is not None:
        made.clicked.connect(lambda *_: run())
    return made


def chip(text: str) -> QPushButton:
    """Make a chip that is on or off."""
    made = _plain(text)
    made.setCheckable(True)
    made.setProperty("chip", True)  # noqa: FBT003 - Qt's own signature
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def removable_chip(text: str, removed: Callable[[], None]) -> QPushButton:
    """Make a chip that says what a list is narrowed to; a click takes it away."""
    made = chip(f"{text}  ×")
    made.setChecked(True)
    made.setAccessibleName(f"Remove: {text}")
    made.clicked.connect(lambda *_: removed())
    return made


def _plain(text: str) -> QPushButton:
    made = QPushButton(text.replace("&", "&&"))  # an ampersand in a name is no shortcut
    made.setCursor(Qt.CursorShape.ArrowCursor)
    made.setAutoDefault(False)
    return made
