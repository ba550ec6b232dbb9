"""The editor of a whole text, part by part and paragraph by paragraph, and of the fields in it; it stores nothing."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from duedesk.desk.pages.letter_texts.text_box import TextBox
from duedesk.desk.pages.letter_texts.variant_edit import Said, VariantEdit
from duedesk.desk.pages.letter_texts.words import PARTS
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.documents.wording import Wording, wording_of
from duedesk.documents.wording_text import parts_of

_MARGIN = 16
_BEFORE, _AFTER = ("title", "subject", "salutation"), ("closing", "signature")


class WordingEdit(QWidget):
    """Made anew for each text that is shown."""

    changed = Signal()
    """Something was typed, added or taken away."""
    built = Signal()
    """The boxes were made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, VariantEdit] = {}
        self.paragraphs: list[list[VariantEdit]] = []
        self._box: TextBox | None = None
        self._area: QScrollArea | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)

    def show_wording(self, wording: Wording) -> None:
        """Show another text."""
        self._build(parts_of(wording))

    def gather(self, place: str) -> Wording:
        """Give the text as it is typed; RequestError names the part that is at fault."""
        return wording_of(self._said(), place)

    def insert(self, field: str) -> None:
        """Put a merge field where the cursor is."""
        box = self._box or next(iter(self.parts.values())).boxes[0]
        box.insertPlainText(f"${{{field}}}" if _runs_on(box) else f"${field}")
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def last(self) -> TextBox:
        """Give the last box."""
        return self.parts[_AFTER[-1]].boxes[-1]

    def begin(self) -> None:
        """Put the cursor into the first paragraph."""
        if self.paragraphs:
            self.paragraphs[0][0].boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def add_paragraph(self) -> None:
        """Add a paragraph at the end."""
        said = self._said()
        said["paragraphs"].append("")
        self._build(said)
        self.paragraphs[-1][0].boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _said(self) -> dict[str, Any]:
        paragraphs: list[Any] = []
        for sentences in self.paragraphs:
            said = [one.said for one in sentences]
            paragraphs.append(said[0] if len(said) == 1 else said)
        return {**{name: one.said for name, one in self.parts.items()}, "paragraphs": paragraphs}

    def _build(self, said: dict[str, Any]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.setSpacing(6)
        self._box, self.parts, self.paragraphs = None, {}, []
        for name in _BEFORE:
            self._add_part(column, name, said[name])
        for place, paragraph in enumerate(said["paragraphs"]):
            self._add_paragraph(column, place, paragraph if isinstance(paragraph, list) else [paragraph])
        line = QHBoxLayout()
        line.addWidget(button("Add a paragraph", self.add_paragraph))
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(6)
        for name in _AFTER:
            self._add_part(column, name, said[name])
        column.addStretch(1)
        area = scrolled(inside)
        if self._area is not None:
            self._outer.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
        self._area = area
        self._outer.addWidget(area)
        self.built.emit()

    def _add_part(self, column: QVBoxLayout, name: str, said: Said) -> None:
        self.parts[name] = self._edit(PARTS[name], said, PARTS[name])
        column.addWidget(self.parts[name])
        column.addSpacing(6)

    def _add_paragraph(self, column: QVBoxLayout, place: int, sentences: list[Said]) -> None:
        named = f"Paragraph {place + 1}"
        line = QHBoxLayout()
        line.addWidget(plain_label(named, Role.STRONG), 1)
        more = button("Add a sentence", partial(self._add_sentence, place), link=True)
        more.setAccessibleName(f"{named}: add a sentence")
        line.addWidget(more)
        column.addLayout(line)
        edits = []
        for at, said in enumerate(sentences):
            edit = self._edit(f"{named}, sentence {at + 1}", said)
            less = button("×", partial(self._remove, place, at), link=True)
            less.setAccessibleName(f"{named}, sentence {at + 1}: remove")
            edit.add_beside(less)
            edits.append(edit)
            column.addWidget(edit)
        self.paragraphs.append(edits)
        column.addSpacing(6)

    def _edit(self, name: str, said: Said, title: str = "") -> VariantEdit:
        edit = VariantEdit(name, said, title)
        edit.changed.connect(self.changed)
        edit.entered.connect(self._keep)
        return edit

    def _keep(self, box: TextBox) -> None:
        self._box = box

    def _add_sentence(self, place: int) -> None:
        said = self._said()
        held = said["paragraphs"][place]
        said["paragraphs"][place] = [*(held if isinstance(held, list) else [held]), ""]
        self._build(said)
        self.paragraphs[place][-1].boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _remove(self, place: int, at: int) -> None:
        said = self._said()
        held = said["paragraphs"][place]
        left = [one for number, one in enumerate(held if isinstance(held, list) else [held]) if number != at]
        if left:
            said["paragraphs"][place] = left if len(left) > 1 else left[0]
        else:
            del said["paragraphs"][place]
        self._build(said)
        self.changed.emit()


def _runs_on(box: TextBox) -> bool:
    """Tell whether a letter follows the cursor, with which the name of a field would run together."""
    cursor = box.textCursor()
    after = box.toPlainText()[cursor.selectionEnd() : cursor.selectionEnd() + 1]
    return after.isalnum() or after == "_"
