"""The line above a letter: its sheet, and what can be done with it; what that does is the page's matter."""

from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk.settings import Settings
from duedesk.desk.widgets.buttons import button, chip
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip
from duedesk.documents.letter import Paper

_NAMES = {Paper.A4: "A4", Paper.US_LETTER: "US Letter"}
_KEPT = "letter/paper"


class LetterBar(QWidget):
    """Which sheet is chosen is remembered."""

    paper_chosen = Signal()
    print_asked = Signal()
    save_asked = Signal()
    letterhead_asked = Signal()

    def __init__(self, settings: Settings | None) -> None:
        super().__init__()
        self._settings = settings
        self._chips = {paper: chip(name) for paper, name in _NAMES.items()}
        self.letterhead_button = button("Letterhead…", self.letterhead_asked.emit)
        self.save_button = button("Save PDF…", self.save_asked.emit)
        set_tooltip(self.save_button, "Ctrl+S")
        self.print_button = button("Print…", self.print_asked.emit, primary=True)
        set_tooltip(self.print_button, "Ctrl+P")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(plain_label("Paper", Role.QUIET))
        for paper, pressed in self._chips.items():
            pressed.clicked.connect(partial(self._choose, paper))
            line.addWidget(pressed)
        line.addStretch(1)
        for widget in (self.letterhead_button, self.save_button, self.print_button):
            line.addWidget(widget)
        self._paper = _kept_paper(settings)
        self._show()
        self.set_has_letter(has_letter=False)

    @property
    def paper(self) -> Paper:
        """Give the sheet that is chosen."""
        return self._paper

    @property
    def has_letter(self) -> bool:
        """Tell whether there is something to print."""
        return self.print_button.isEnabled()

    def choose(self, paper: Paper) -> None:
        """Choose a sheet."""
        self._choose(paper)

    def set_has_letter(self, *, has_letter: bool) -> None:
        """Offer printing and saving only where there is a letter."""
        self.print_button.setEnabled(has_letter)
        self.save_button.setEnabled(has_letter)

    def _choose(self, paper: Paper, *_: object) -> None:
        is_other = paper is not self._paper
        self._paper = paper
        self._show()
        if is_other:
            if self._settings is not None:
                self._settings.keep_words(_KEPT, (paper.value,))
            self.paper_chosen.emit()

    def _show(self) -> None:
        for paper, pressed in self._chips.items():
            pressed.setChecked(paper is self._paper)


def name_of(paper: Paper) -> str:
    """Give the name of a sheet."""
    return _NAMES[paper]


def _kept_paper(settings: Settings | None) -> Paper:
    """Give the sheet chosen last, else the one that is sold where the reader is."""
    kept = () if settings is None else settings.words(_KEPT)
    if kept and kept[0] in set(Paper):
        return Paper(kept[0])
    counts_in_inches = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return Paper.US_LETTER if counts_in_inches else Paper.A4
