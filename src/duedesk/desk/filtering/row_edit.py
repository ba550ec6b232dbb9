"""One row of the filter builder: a field, a word, and what stands behind it; what is not touched stays as it was."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from duedesk.desk.filtering.asking import Choices
from duedesk.desk.filtering.choosing import entry_for
from duedesk.desk.filtering.entries import Entry
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.searched_choice import SearchedChoice
from duedesk.domain.building import PICKED_WORDS, Row, Values, Word, made_row, values_of, word_of, words_for
from duedesk.domain.catalog import Kind
from duedesk.domain.filter_fields import FilterField, filter_field, filter_fields

_FIELD_WIDTHS, _WORD_WIDTHS = (118, 190), (100, 150)
"""The least pixels of each, where there is little room, and the most."""

_AHEAD = 100
"""They grow ahead of what stands behind them."""


class FieldChoice(SearchedChoice):
    """The field of a row: chosen from the list, or found by typing a part of its name."""

    def __init__(self, object_name: str, chosen: FilterField) -> None:
        fields = filter_fields(object_name)
        more = () if any(one.path == chosen.path for one in fields) else (chosen,)
        super().__init__([(one.label, one.path) for one in (*fields, *more)], chosen.path)
        self.setAccessibleName("Field")


class RowEdit(QWidget):
    """Holds the comparison as it came until somebody changes it."""

    changed = Signal()
    removed = Signal()

    def __init__(self, row: Row | None, path: str, choices: Choices, object_name: str = "Invoice") -> None:
        super().__init__()
        self._object, self._choices = object_name, choices
        self.offer = filter_field(object_name, row.compare.path if row is not None else path)
        self._row = row
        self.field = FieldChoice(object_name, self.offer)
        self.field.setMinimumWidth(_FIELD_WIDTHS[0])
        self.field.setMaximumWidth(_FIELD_WIDTHS[1])
        self.field.setAccessibleName("Field")
        self.word = Choice()
        self.word.setMinimumWidth(_WORD_WIDTHS[0])
        self.word.setMaximumWidth(_WORD_WIDTHS[1])
        self.word.setAccessibleName("Comparison")
        self.entry = Entry()
        self.remove = button("×", self.removed.emit, link=True)
        self.remove.setFixedWidth(28)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop  # what stands behind a word may be two lines high
        for widget in (self.field, self.word):
            policy = widget.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
            widget.setSizePolicy(policy)
            self._line.addWidget(widget, _AHEAD, top)
        self._line.addWidget(self.entry, 1)
        self._line.addWidget(self.remove, 0, top)
        self.setFocusProxy(self.field)
        self._offer_words(None if row is None else word_of(row, self.offer.field))
        self._put_entry(() if row is None else values_of(row, self.offer.field))
        self.field.currentIndexChanged.connect(self._on_field)
        self.word.currentIndexChanged.connect(self._on_word)
        self._mark()

    @property
    def row(self) -> Row | None:
        """Give the comparison; None while something is missing."""
        return self._row

    @property
    def unfilled(self) -> str:
        """Say what is missing, nothing where the row is whole."""
        if self._row is not None:
            return ""
        named = f"“{self.offer.label} {self.word.currentText()}”"
        if self.is_wrong:
            return f"What stands behind {named} cannot be read."
        return f"{named} has no value yet. Fill it in, or take the row away with ×."

    @property
    def is_wrong(self) -> bool:
        """Tell whether something stands there that cannot be read."""
        return self.entry.values() is None

    def _offer_words(self, word: Word | None) -> None:
        words = PICKED_WORDS if self.offer.picks else words_for(self.offer.field)
        if word is not None and all(one.text != word.text for one in words):
            words = (word, *words)
        with QSignalBlocker(self.word):
            self.word.clear()
            for one in words:
                self.word.addItem(one.text, one)
            texts = [one.text for one in words]
            self.word.setCurrentIndex(texts.index(word.text) if word is not None else 0)

    def _put_entry(self, values: Values) -> None:
        word: Word = self.word.currentData()
        new = entry_for(self.offer, word, values, self._choices)
        self._line.replaceWidget(self.entry, new)
        self.entry.hide()
        self.entry.deleteLater()
        self.entry = new
        self._line.setStretchFactor(new, 1)
        new.changed.connect(self._take)
        new.say(f"{self.offer.label} {word.text}")
        self.remove.setAccessibleName(f"Remove {self.offer.label}")
        QWidget.setTabOrder(self.word, new)
        QWidget.setTabOrder(new, self.remove)

    def _on_field(self) -> None:
        before = self.offer.field
        self.offer = filter_field(self._object, str(self.field.currentData()))
        self._offer_words(None)
        keeps = before.kind is self.offer.field.kind and before.kind in {Kind.DATE, Kind.CURRENCY, Kind.INT}
        self._put_entry((self.entry.values() or ()) if keeps and not self.offer.picks else ())
        self._take()

    def _on_word(self) -> None:
        self._put_entry(self.entry.values() or self._held())
        self._take()

    def _held(self) -> Values:
        return () if self._row is None else values_of(self._row, self.offer.field)

    def _take(self) -> None:
        values = self.entry.values()
        word: Word = self.word.currentData()
        self._row = None if values is None else made_row(self.offer.path, self.offer.field, word, values)
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """Draw what stands behind the word as missing where it is."""
        for one in self.entry.findChildren(QWidget):
            if isinstance(one, (QLineEdit, QComboBox, QPushButton)):
                one.setProperty("missing", self._row is None)
                one.style().unpolish(one)
                one.style().polish(one)
