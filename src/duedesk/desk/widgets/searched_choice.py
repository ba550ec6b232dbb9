"""A field that offers many answers: chosen from the list, or found by typing a part of its words; nothing else is."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from duedesk.desk.widgets.choice import Choice

_SEEN = 16
"""Answers that are seen at once."""


class SearchedChoice(Choice):
    """Shows the answer that is chosen; what was typed and is none is dropped."""

    def __init__(self, answers: Iterable[tuple[str, object]], chosen: object = None) -> None:
        super().__init__(answers, chosen)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_SEEN)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        edit = self.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)
            edit.editingFinished.connect(self._show_chosen)

    def setAccessibleName(self, name: str) -> None:
        """Name the field, and what is typed into."""
        super().setAccessibleName(name)
        edit = self.lineEdit()
        if edit is not None:
            edit.setAccessibleName(name)

    def choose(self, value: object) -> None:
        """Choose the answer that holds a value, and show its beginning."""
        super().choose(value)
        edit = self.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what was typed with Enter, and go on to the next field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._show_chosen()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _show_chosen(self) -> None:
        place = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        if place >= 0 and place != self.currentIndex():
            self.setCurrentIndex(place)
        self.setEditText(self.itemText(self.currentIndex()))
        edit = self.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)
