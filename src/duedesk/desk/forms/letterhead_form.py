"""The form in which the sender of all letters is written down; it stores nothing and reads nothing."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from duedesk.desk import fonts
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip
from duedesk.desk.widgets.leavable import LeavableCard
from duedesk.documents.letter import Letterhead

_MARGIN = 5
"""Pixels above and below the lines of a field."""


class LetterheadForm(LeavableCard):
    """A card with a field for each part of a letterhead; what is left empty is left out of the letter."""

    saved = Signal(object)
    """This is to be stored: a Letterhead."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.address = _lines_field(4)
        self.return_line = QLineEdit()
        set_tooltip(self.return_line, "One small line that is seen in the window of the envelope, on A4.")
        self.contact = _lines_field(3)
        self.bank = _lines_field(3)
        self.country = QLineEdit()
        set_tooltip(self.country, "Letters to other countries name theirs in the address.")
        self._fault = plain_label("", Role.OVERDUE, wraps=True)
        self.save_button = button("Save", self._save, primary=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 14, 1, 14)  # clear of the line
        outer.setSpacing(8)
        for widget in (plain_label("Letterhead", Role.STRONG), self._fault):
            widget.setContentsMargins(15, 0, 15, 0)
            outer.addWidget(widget)
        outer.addWidget(self._fields(), 1)
        outer.addLayout(self._commands())
        self.show_letterhead(Letterhead())

    def show_letterhead(self, letterhead: Letterhead) -> None:
        """Show what is stored."""
        self._stored = letterhead
        self.name.setText(letterhead.name)
        self.return_line.setText(letterhead.return_line)
        self.country.setText(letterhead.country)
        self.address.setPlainText("\n".join(letterhead.address_lines))
        self.contact.setPlainText("\n".join(letterhead.contact_lines))
        self.bank.setPlainText("\n".join(letterhead.bank_lines))
        for field in (self.name, self.return_line, self.country):
            field.setCursorPosition(0)
        self.show_fault("")
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def letterhead(self) -> Letterhead:
        """Give what the fields hold."""
        return replace(
            self._stored,
            name=self.name.text(),
            address_lines=_lines(self.address),
            return_line=self.return_line.text(),
            contact_lines=_lines(self.contact),
            bank_lines=_lines(self.bank),
            country=self.country.text(),
        )

    def show_fault(self, text: str) -> None:
        """Say why it could not be stored; what was typed stays."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
        self.save_button.setEnabled(True)

    @property
    def fault(self) -> str:
        """Give what is said to be wrong."""
        return self._fault.text()

    def do_by_key(self) -> bool:
        """Do it with Enter."""
        self._save()
        return True

    def _fields(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(15, 0, 15, 0)
        column.setSpacing(4)
        for label, field in (
            ("Name", self.name),
            ("Address", self.address),
            ("Above the recipient, in small type", self.return_line),
            ("Country", self.country),
            ("Contact, at the foot", self.contact),
            ("Bank account, at the foot", self.bank),
        ):
            said = plain_label(label, Role.QUIET)
            said.setBuddy(field)
            field.setAccessibleName(label)
            column.addWidget(said)
            column.addWidget(field)
            column.addSpacing(4)
        column.addStretch(1)
        return scrolled(inside)

    def _commands(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(15, 4, 15, 0)
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(button("Cancel", self.left.emit))
        line.addWidget(self.save_button)
        return line

    def _save(self) -> None:
        self.save_button.setEnabled(False)
        self.saved.emit(self.letterhead())


def _lines_field(seen: int) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    field.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    field.document().setDocumentMargin(_MARGIN)
    field.setFixedHeight(QFontMetrics(fonts.font()).lineSpacing() * seen + 2 * _MARGIN + 2)
    return field


def _lines(field: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line for line in field.toPlainText().splitlines() if line.strip())
