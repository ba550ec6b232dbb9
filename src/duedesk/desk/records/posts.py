"""The notes and files of a record, newest first, and where another is written; it stores nothing and opens no file."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.records.clearing import clear
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.escape import is_escape_asked_for
from duedesk.desk.widgets.frames import rule
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.domain.errors import DuedeskError
from duedesk.store.queries.records.feed import FeedPost

_SIDE = 19
"""Pixels left and right, so that the text stands under the names of the tabs."""

_LINES = 3


class Posts(QWidget):
    """A field for a note above the notes and files there are."""

    note_given = Signal(object)
    """A note is to be added: its text."""
    file_asked = Signal()
    """Files are to be chosen and attached."""
    save_asked = Signal(object)
    """A file is to be saved: its FeedPost."""
    removal_asked = Signal(object)
    """A note or file is to be taken away: its FeedPost."""

    def __init__(self) -> None:
        super().__init__()
        self.note = _Note()
        self.note.given.connect(self.give)
        self.add_button = button("Add note  Ctrl+↵", self.give)
        self.attach_button = button("Attach a file…", self.file_asked.emit)
        self._fault = plain_label("", Role.OVERDUE, wraps=True)
        self._fault.setVisible(False)
        self._nothing = plain_label("No notes and no files yet. Files can also be dropped here.", Role.QUIET)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._writing = self._writing_part()
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 14, _SIDE, 0)
        column.setSpacing(10)
        column.addWidget(self._writing)
        column.addWidget(self._fault)
        column.addWidget(self._scrolled(), 1)
        self.setFocusProxy(self.note)
        self.note.textChanged.connect(self._on_typed)
        self._on_typed()

    def show_posts(self, posts: Sequence[FeedPost], barred: str = "") -> None:
        """Show other notes and files; `barred` says why none can be added, nothing where one can."""
        clear(self._list)
        for post in posts:
            self._list.addWidget(self._post(post, can_change=not barred))
        self._list.addStretch(1)
        self._nothing.setVisible(not posts)
        self._writing.setVisible(not barred)

    def give(self) -> None:
        """Ask for the note to be added."""
        if self.text:
            self.add_button.setEnabled(False)
            self.note_given.emit(self.text)

    @property
    def text(self) -> str:
        """Give the note that is being written."""
        return self.note.toPlainText().strip()

    def clear_note(self) -> None:
        """Begin another note."""
        self.note.clear()
        self.show_fault(None)

    def show_fault(self, error: DuedeskError | None) -> None:
        """Say why it could not be done; what was written stays."""
        self._fault.setText("" if error is None else str(error))
        self._fault.setVisible(error is not None)
        self._on_typed()

    @property
    def fault(self) -> str:
        """Give what is said to be wrong."""
        return self._fault.text()

    def _on_typed(self) -> None:
        self.add_button.setEnabled(bool(self.text))

    def _writing_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.note)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.add_button)
        line.addWidget(self.attach_button)
        line.addStretch(1)
        column.addLayout(line)
        return part

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 0, 12)
        column.setSpacing(0)
        column.addWidget(self._nothing)
        column.addLayout(self._list, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area

    def _post(self, post: FeedPost, *, can_change: bool) -> QWidget:
        part = QFrame()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(rule())
        column.addSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(plain_label(post.who, Role.STRONG))
        line.addWidget(plain_label(f"{written.moment(post.at)} UTC", Role.QUIET))
        line.addStretch(1)
        if can_change:
            away = button("Take away", lambda: self.removal_asked.emit(post), link=True)
            away.setAccessibleName(f"Take away {post.name or 'the note'}")
            line.addWidget(away)
        column.addLayout(line)
        if post.text:
            column.addWidget(plain_label(post.text, wraps=True, selectable=True))
        if post.is_file:
            column.addLayout(self._file(post))
        return part

    def _file(self, post: FeedPost) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        name = elided_label(post.name)
        line.addWidget(name)
        line.addWidget(plain_label(written.size(post.size), Role.QUIET))
        save = button("Save as…", lambda: self.save_asked.emit(post))
        save.setAccessibleName(f"Save {post.name}")
        line.addWidget(save)
        return line


class _Note(QPlainTextEdit):
    """The field of the note; Ctrl+Enter gives it, Esc drops it."""

    given = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Write a note")
        self.setAccessibleName("Note")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(6)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 14)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from leaving the page while a note is written."""
        if is_escape_asked_for(event) and self.toPlainText():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the note, drop it, or write."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.given.emit()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText():
            self.clear()
        else:
            super().keyPressEvent(event)
