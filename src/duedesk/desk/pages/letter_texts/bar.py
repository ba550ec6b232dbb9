"""The bar of the page of letter texts: which kind, in which language, which version, on which letter it is seen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.actions.letter_texts import Text
from duedesk.desk.pages.letter_texts.words import KINDS, LANGUAGE_NAMES, WHEN, version_in_words
from duedesk.desk.widgets.buttons import button, chip
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.documents.dunning_wording import Kind
from duedesk.domain.dunning.proposal import Proposal


class TextsBar(QWidget):
    """Two lines: what is edited, and what it is seen on."""

    chosen = Signal()
    """Another kind or language is wanted."""
    version_chosen = Signal()
    letter_chosen = Signal()
    style_asked = Signal()
    letterhead_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.chips = {kind: chip(name) for kind, name in KINDS.items()}
        self.language = Choice([(name, code) for code, name in LANGUAGE_NAMES.items()])
        self.language.setAccessibleName("Language")
        self.version = Choice()
        self.version.setAccessibleName("Version")
        self.version.setMinimumContentsLength(24)
        self.letter = Choice()
        self.letter.setAccessibleName("Shown on the letter to")
        self.letter.setMinimumContentsLength(18)
        self.when = elided_label("", Role.QUIET)
        self._lay_out()
        self.chips[Kind.LEVEL_1].setChecked(True)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit())
        self.language.activated.connect(lambda _: self.chosen.emit())
        self.version.activated.connect(lambda _: self.version_chosen.emit())
        self.letter.activated.connect(lambda _: self.letter_chosen.emit())

    @property
    def kind(self) -> Kind:
        """Give the kind that is wanted."""
        return next(kind for kind, one in self.chips.items() if one.isChecked())

    def choose(self, kind: str, language: str) -> None:
        """Want another kind and language; what is empty stays."""
        if kind in set(Kind):
            self.chips[Kind(kind)].setChecked(True)
        if language in LANGUAGE_NAMES:
            self.language.choose(language)

    def show_versions(self, versions: tuple[Text, ...], version: int) -> None:
        """Offer the versions of a text, one of them in hand; the first holds now."""
        self.when.setText(WHEN[self.kind])
        self.version.clear()
        for place, one in enumerate(versions):
            self.version.addItem(version_in_words(one, is_current=place == 0), one.version)
        self.version.choose(version)

    def show_letters(self, samples: Proposal) -> None:
        """Offer the letters it can be seen on."""
        held = self.letter.chosen
        self.letter.clear()
        for one in samples.letters:
            self.letter.addItem(f"{one.to.name}, {one.currency}", one.key)
        self.letter.choose(held)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setSpacing(6)
        for one in self.chips.values():
            self._group.addButton(one)
            first.addWidget(one)
        first.addSpacing(6)
        first.addWidget(self.language)
        first.addStretch(1)
        first.addWidget(button("Style…", self.style_asked.emit))
        first.addWidget(button("Letterhead…", self.letterhead_asked.emit))
        second.addWidget(self.version)
        second.addWidget(self.when, 1)
        second.addWidget(plain_label("Seen on", Role.QUIET))
        second.addWidget(self.letter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
