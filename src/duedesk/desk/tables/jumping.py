"""Typing in a list jumps to the first record that begins so, told in a small field over it; the book finds the place.

A digit, a capital or “/” begins a jump, since single letters are commands of the page; from then on all that is typed
belongs to it, until the reader waits, moves on or presses Esc. None of that is a command while the list has the cursor.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from duedesk.desk.page import Desk
from duedesk.desk.widgets.labels import plain_label
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists.jump import place_of

if TYPE_CHECKING:  # the table is made of these
    from duedesk.desk.tables.view import RecordTable

_WAITED_MS = 1_800
"""A pause after which what is typed begins anew."""

_FROM_EDGE = 12
_BEGIN = "/"


class Jump(QObject):
    """What is typed over one table."""

    def __init__(self, table: "RecordTable", desk: Desk) -> None:
        super().__init__(table)
        self._table = table
        self._desk = desk
        self.typed = ""
        self._is_on = False
        self.shown: QLabel = plain_label("")
        self.shown.setParent(table)
        self.shown.setProperty("overlay", True)  # noqa: FBT003 - Qt's own signature
        self.shown.setAccessibleName("Jump to")
        self.shown.hide()
        self._waited = QTimer(self)
        self._waited.setSingleShot(True)
        self._waited.setInterval(_WAITED_MS)
        self._waited.timeout.connect(self.end)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        """Keep keys that belong to a jump from being commands; end it where the reader goes elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.takes(event):
                event.accept()
        elif event.type() == QEvent.Type.FocusOut:
            self.end()
        return False

    def takes(self, event: QKeyEvent) -> bool:
        """Tell whether a key belongs to a jump."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        text = event.text()
        if held:
            return False
        if self._is_on:
            return (bool(text) and text.isprintable()) or event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Escape}
        return text == _BEGIN or text.isdigit() or (text.isalpha() and not text.islower())

    def take(self, event: QKeyEvent) -> None:
        """Add a key to what is typed, or take the last one back."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() == Qt.Key.Key_Backspace:
            self._go(self.typed[:-1])
        elif not self._is_on and event.text() == _BEGIN:
            self.begin()
        else:
            self._go(self.typed + event.text())

    def begin(self) -> None:
        """Wait for something to be typed."""
        self._table.setFocus()
        self._go("")

    def end(self) -> None:
        """Let go of what was typed."""
        self._waited.stop()
        self._is_on = False
        self.typed = ""
        self.shown.hide()

    def _go(self, typed: str) -> None:
        self._is_on = True
        self.typed = typed
        self._say(f"Jump to  {typed}▏")
        self._waited.start()
        records, workspace = self._table.records, self._desk.workspace
        asked, keys = records.asked, records.keys
        if not typed or asked is None:
            return
        if records.groups is not None:
            self._land(records.groups.named(typed), typed, is_row=True)
            return
        self._desk.tasks.read(
            self,
            lambda: workspace.ask(place_of, asked, keys, typed),
            lambda place: self._land(place, typed),
            slot="jump",
        )

    def _land(self, place: int | None, typed: str, *, is_row: bool = False) -> None:
        if typed != self.typed:
            return
        if place is None:
            self._say(f"Nothing {self._searched()} begins with  {typed}▏")
            return
        row = place if is_row else self._table.records.row_of(place)
        if row < self._table.records.rowCount():
            there = self._table.records.index(row, max(self._table.currentIndex().column(), 0))
            self._table.setCurrentIndex(there)
            self._table.scrollTo(there, self._table.ScrollHint.PositionAtCenter)

    def _searched(self) -> str:
        """Say what is searched: the groups, or the column that the list is sorted by and the records' numbers."""
        records = self._table.records
        if records.groups is not None or records.asked is None:
            return "among the groups"
        described = CATALOG.object(records.asked.object)
        by = records.asked.order_by[0].path if records.asked.order_by else described.name_field
        label = next((one.label for one in self._table.columns.offered if one.path == by), "")
        number = described.field(described.name_field).label
        return f"under {label or number}" if label in {"", number} else f"under {label} or {number}"

    def _say(self, text: str) -> None:
        self.shown.setText(text)
        self.shown.adjustSize()
        self.shown.move(
            self._table.width() - self.shown.width() - _FROM_EDGE - self._table.verticalScrollBar().width(),
            self._table.height() - self.shown.height() - _FROM_EDGE,
        )
        self.shown.show()
        self.shown.raise_()
