"""The frame of a letter in hand: a head, two chips, and behind them what is known of it or its sheets; no reading."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.widgets.buttons import chip
from duedesk.desk.widgets.frames import rule, scrolled
from duedesk.desk.widgets.pdf_view import PdfView
from duedesk.resources import Look

MARGIN = 16
"""Pixels between the edge and the text."""


class LetterFrame(QFrame):
    """Two faces, chosen by chips: what a page puts there with `show_face`, and the letter as it is on paper."""

    sheets_wanted = Signal()
    """The sheets are to be shown."""

    def __init__(self, look: Look, tasks: Tasks, face: str, head: QWidget) -> None:
        """Make it; `face` names the chip of what the page puts there, `head` stands above the chips."""
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.face_chip, self.sheets_chip = chip(face), chip("Letter  L")
        self._faces = QButtonGroup(self)
        for place, one in enumerate((self.face_chip, self.sheets_chip)):
            self._faces.addButton(one, place)
        self.face_chip.setChecked(True)
        self._faces.idClicked.connect(lambda _: self._turn())
        self.sheets = PdfView(tasks, look)
        self._area = scrolled(QWidget())
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._area)
        self.stack.addWidget(self.sheets)
        self._whole = QWidget()
        self._lay_out(head)

    @property
    def shows_sheets(self) -> bool:
        """Tell whether the sheets are in front."""
        return self.sheets_chip.isChecked()

    def turn_to(self, *, sheets: bool) -> None:
        """Bring one of the faces to the front."""
        (self.sheets_chip if sheets else self.face_chip).setChecked(True)
        self._turn()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.sheets.set_look(look)

    def show_whole(self, *, shows: bool) -> None:
        """Show the letter, or an empty card where none is in hand."""
        self._whole.setVisible(shows)

    def show_face(self, face: QWidget) -> None:
        """Put something behind the first chip, in place of what was there."""
        self._area.setWidget(face)
        face.setAutoFillBackground(False)

    def forget_sheets(self) -> None:
        """Show no sheets of another letter; those of this one are asked for where they are in front."""
        self.sheets.clear()
        if self.shows_sheets:
            self.sheets_wanted.emit()

    def _lay_out(self, head: QWidget) -> None:
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        chips = QHBoxLayout()
        chips.setContentsMargins(MARGIN, 6, MARGIN, 6)
        chips.setSpacing(6)
        chips.addWidget(self.face_chip)
        chips.addWidget(self.sheets_chip)
        chips.addStretch(1)
        column.addWidget(head)
        column.addLayout(chips)
        column.addWidget(rule())
        column.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 14, 1, 8)  # clear of the line and its round corners
        outer.addWidget(self._whole)

    def _turn(self) -> None:
        self.stack.setCurrentIndex(int(self.shows_sheets))
        if self.shows_sheets:
            self.sheets_wanted.emit()
