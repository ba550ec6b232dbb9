"""The letter in hand: what it asks for, its invoices with level and reason, or the very sheets; it reads nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.pages.dunning.item_lines import ItemLines
from duedesk.desk.pages.dunning.letter_head import LetterHead
from duedesk.desk.pages.dunning.papers import Paper
from duedesk.desk.pages.dunning.reading import LetterLine
from duedesk.desk.widgets.buttons import chip
from duedesk.desk.widgets.frames import rule, scrolled
from duedesk.desk.widgets.pdf_view import PdfView
from duedesk.domain.dunning_policy import Policy
from duedesk.domain.dunning_proposal import ProposedItem
from duedesk.domain.errors import DuedeskError
from duedesk.resources import Look

WIDTH, NARROW_WIDTH = 440, 320
_MARGIN = 16


class LetterCard(QFrame):
    """Two faces, chosen by chips: the invoices of the letter, and the letter as it will be on paper."""

    sheets_wanted = Signal()
    """The sheets are to be shown."""
    item_turned = Signal(object)
    """An invoice is to be taken out of the letter, or put back: its key."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._look = look
        self._key = ""
        self.line: LetterLine | None = None
        self.head = LetterHead()
        self.items_chip, self.sheets_chip = chip("Invoices  I"), chip("Letter  L")
        self._faces = QButtonGroup(self)
        for place, one in enumerate((self.items_chip, self.sheets_chip)):
            self._faces.addButton(one, place)
        self.items_chip.setChecked(True)
        self._faces.idClicked.connect(lambda _: self._turn())
        self.items: QWidget = QWidget()
        self.sheets = PdfView(tasks, look)
        self.stack = QStackedWidget()
        self._item_area = scrolled(self.items)
        self._item_area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.stack.addWidget(self._item_area)
        self.stack.addWidget(self.sheets)
        self._lay_out()
        self.show_letter(None, None)

    @property
    def shows_sheets(self) -> bool:
        """Tell whether the sheets are in front."""
        return self.sheets_chip.isChecked()

    @property
    def item(self) -> ProposedItem | None:
        """Give the invoice in hand."""
        if self.line is None or not isinstance(self.items, ItemLines):
            return None
        key = self.items.in_hand
        return next((one for one in self.line.proposed.items if one.invoice_key == key), None)

    def begin_items(self) -> None:
        """Put the cursor on the invoice in hand."""
        if isinstance(self.items, ItemLines):
            self.items.begin()

    def turn_to(self, *, sheets: bool) -> None:
        """Bring one of the faces to the front."""
        (self.sheets_chip if sheets else self.items_chip).setChecked(True)
        self._turn()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._look = look
        self.sheets.set_look(look)
        if isinstance(self.items, ItemLines):
            self.items.set_look(look)

    def show_letter(self, line: LetterLine | None, policy: Policy | None) -> None:
        """Show a letter, or nothing."""
        self._whole.setVisible(line is not None)
        self.line = line
        self._key = "" if line is None else line.proposed.key
        if line is None:
            return
        self.head.show_letter(line, policy)
        self._show_items(line)
        self.sheets.clear()
        if self.shows_sheets:
            self.sheets_wanted.emit()

    def show_paper(self, paper: Paper | DuedeskError) -> None:
        """Show the sheets of the letter in hand and what it comes to with its interest, or why there are none."""
        if isinstance(paper, DuedeskError):
            self.sheets.show_reason(paper.message, paper.hint, ())
            return
        if paper.letter.key == self._key:
            self.head.show_paper(paper)
            self.sheets.show_pdf(paper.pdf, paper.sizes)

    def _lay_out(self) -> None:
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        chips = QHBoxLayout()
        chips.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        chips.setSpacing(6)
        chips.addWidget(self.items_chip)
        chips.addWidget(self.sheets_chip)
        chips.addStretch(1)
        column.addWidget(self.head)
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

    def _show_items(self, line: LetterLine) -> None:
        before = self.items if isinstance(self.items, ItemLines) else None
        had_cursor = before is not None and before.has_cursor
        made = ItemLines(self._look, line, None if before is None else before.in_hand)
        made.turned.connect(self.item_turned)
        self.items = made
        self._item_area.setWidget(made)
        made.setAutoFillBackground(False)
        if had_cursor:
            made.begin()
