"""The field a query is typed into: Enter runs it, Shift+Enter begins a line, and the place of a fault is marked."""

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit

from duedesk.desk import fonts
from duedesk.desk.colours import readable
from duedesk.desk.widgets.escape import is_escape_asked_for
from duedesk.resources import Look

_LEAST_LINES, _MOST_LINES = 2, 6
_MARGIN = 6
_WORDS = re.compile(
    r"\b(SELECT|FROM|WHERE|AND|OR|NOT|IN|LIKE|GROUP|ORDER|BY|HAVING|ASC|DESC|NULLS|FIRST|LAST|LIMIT|OFFSET)\b", re.I
)
_PLACE = re.compile(r"(?:line (\d+), )?character (\d+)")


class _Marks(QSyntaxHighlighter):
    """Colours the words of the language, and underlines the place of a fault."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._fault: int | None = None
        self._word, self._wrong = QTextCharFormat(), QTextCharFormat()
        self._wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._word.setForeground(QColor(readable(look.accent, on=look.panel, towards=look.text)))
        self._wrong.setUnderlineColor(QColor(look.overdue))
        self._wrong.setForeground(QColor(look.overdue))
        self.rehighlight()

    def show_fault(self, place: int | None) -> None:
        """Mark another place, or none."""
        if place != self._fault:
            self._fault = place
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Mark one line."""
        for word in _WORDS.finditer(text):
            self.setFormat(word.start(), len(word[0]), self._word)
        if self._fault is None:
            return
        start = self._fault - self.currentBlock().position()
        if 0 <= start <= len(text):
            start = min(start, max(len(text.rstrip()) - 1, 0))
            end = re.search(r"[\s,()=<>!]", text[start + 1 :])
            self.setFormat(start, len(text) - start if end is None else end.start() + 1, self._wrong)


class QueryField(QPlainTextEdit):
    """Grows with its text up to a few lines."""

    run_asked = Signal()
    left = Signal()
    """The reader goes on to the list."""

    def __init__(self, look: Look, *, least: int = _LEAST_LINES, most: int = _MOST_LINES) -> None:
        super().__init__()
        self._least, self._most = least, most
        self._marks = _Marks(self.document(), look)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Query")
        self.setPlaceholderText("SELECT DocumentNumber, Balance FROM Invoice WHERE DaysInvoiceOverdue > 30")
        self.document().setDocumentMargin(_MARGIN)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """Give what is typed."""
        return self.toPlainText().strip()

    def show_text(self, text: str) -> None:
        """Show a query in place of what is typed."""
        if self.toPlainText() != text:
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)

    def mark(self, message: str) -> None:
        """Underline the place that a fault names; without one, nothing is marked."""
        self._marks.show_fault(place_of(self.toPlainText(), message))

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._marks.set_look(look)

    def event(self, event: QEvent) -> bool:
        """Keep Esc while the cursor is here: it leads to the list, not away from the page."""
        if is_escape_asked_for(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run with Enter, leave with Esc."""
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.run_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def stand(self, least: int, most: int) -> None:
        """Be at least and at most so many lines high."""
        self._least, self._most = least, most
        self._fit()

    def _fit(self) -> None:
        lines = min(max(self.blockCount(), self._least), self._most)
        self.setFixedHeight(QFontMetrics(fonts.font()).lineSpacing() * lines + 2 * _MARGIN + 4)


def place_of(text: str, message: str) -> int | None:
    """Give the place in the text that a message names by line and character; None where it names none."""
    named = _PLACE.search(message)
    if named is None:
        return None
    lines = text.split("\n")
    line = int(named[1] or 1) - 1
    before = sum(len(one) + 1 for one in lines[:line])
    return before + int(named[2]) - 1
