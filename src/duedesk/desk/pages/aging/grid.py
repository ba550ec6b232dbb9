"""The rows of an aging under the mouse and the keys: opened, closed, found by typing; it opens no page.

Right opens the second level of a row, Left closes it or goes up to its row; what is typed is looked for in names and
numbers, F3 finds the next, Esc forgets what was typed.
"""

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from duedesk.desk import fonts
from duedesk.desk.background import Tasks
from duedesk.desk.pages.aging.delegate import INDENT, AgingDelegate
from duedesk.desk.pages.aging.model import NAME, AgingModel
from duedesk.desk.tables.paint import PADDING
from duedesk.desk.widgets.row_table import RowTable
from duedesk.resources import Look

_CROWDED = (6, 12)
"""Pixels nearer to the edges, and the size of the letters."""

_FORGOTTEN_MS = 2_000
"""What was typed is one text while no longer pause is between its letters."""


class AgingGrid(RowTable):
    """Rows of an aging; the cell under the mouse is marked where there is something behind it."""

    bucket_asked = Signal(object)
    """The menu of a bucket's head is asked for by F2: its section."""
    typed = Signal(str)
    """What is looked for, with a word where nothing has it; empty where nothing is looked for any more."""

    cuts_words = True

    def __init__(self, look: Look, tasks: Tasks) -> None:
        self.aging = AgingModel()
        self.drawn = AgingDelegate(look, None)  # type: ignore[arg-type] # the table becomes its parent
        super().__init__(look, tasks, self.aging, self.drawn)
        self._text = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_FORGOTTEN_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(""))

    def set_crowded(self, *, crowded: bool) -> None:
        """Draw in smaller letters, nearer to the edges of the cells, or as every table."""
        spread, size = _CROWDED if crowded else (0, fonts.TEXT)
        if self.drawn.spread != spread:
            self.drawn.set_crowded(spread, size)
            self.head.set_crowded(spread, size)
            self.viewport().update()

    def copied_with(self, sections: list[int]) -> list[int]:
        """Copy the currency with amounts: without it they could not be told apart."""
        currency = len(self.aging.columns) - 1
        return [*(section for section in sections if section != currency), currency]

    def event(self, event: QEvent) -> bool:
        """Keep the letters that are typed from becoming commands of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_typed(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open and close rows, and look for what is typed."""
        here = self.currentIndex()
        if event.key() == Qt.Key.Key_Right and here.column() == NAME and self.aging.can_open(here.row()):
            if not self.aging.is_open(here.row()):
                self.aging.set_open(here.row(), opened=True)
                return
        elif event.key() == Qt.Key.Key_Left and here.column() == NAME and self._leave(here):
            return
        if event.key() == Qt.Key.Key_F2:
            self.bucket_asked.emit(here.column())
        elif event.key() == Qt.Key.Key_F3 and self._text:
            self._find(here.row())
        elif event.key() == Qt.Key.Key_Escape and self._pause.isActive():
            self._pause.stop()
            self._text = ""
            self.typed.emit("")
        elif self._is_typed(event):
            self._look_for(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open and close a row by its arrow."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.column() == NAME and self.aging.can_open(index.row()):
            left = self.visualRect(index).left() + PADDING
            if left - PADDING <= at.x() < left + INDENT and event.button() is Qt.MouseButton.LeftButton:
                self.setCurrentIndex(index)
                self.aging.set_open(index.row(), opened=not self.aging.is_open(index.row()))
                self._pressed_arrow = True
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for what was clicked, unless that was an arrow."""
        if self._pressed_arrow:
            self._pressed_arrow = False
            return
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the cell under the mouse, and show that it can be clicked."""
        super().mouseMoveEvent(event)
        there = self.indexAt(event.position().toPoint())
        self.drawn.hovered_section = there.column()
        at = (there.row(), there.column())
        can_open = there.isValid() and (self.aging.has_invoices(*at) or self.aging.has_figure(*at))
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    _pressed_arrow = False

    def _leave(self, here: QModelIndex) -> bool:
        """Close a row that is open, or go up to the row that this one is part of."""
        if self.aging.is_open(here.row()):
            self.aging.set_open(here.row(), opened=False)
            return True
        above = self.aging.parent_place(here.row())
        if above is not None:
            self.setCurrentIndex(self.aging.index(above, NAME))
        return above is not None

    def _is_typed(self, event: QKeyEvent) -> bool:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        text = event.text()
        return is_plain and bool(text) and (text.isalnum() or (self._pause.isActive() and text.isprintable()))

    def _look_for(self, text: str) -> None:
        self._text = self._text + text if self._pause.isActive() else text
        self._pause.start()
        self._find(self.currentIndex().row() - 1)

    def _find(self, after: int) -> None:
        place = self.aging.find(self._text, after)
        self.typed.emit(f"“{self._text}”" if place is not None else f"“{self._text}” is in no name here")
        if place is not None:
            index = self.aging.index(place, NAME)
            self.setCurrentIndex(index)
            self.scrollTo(index)
