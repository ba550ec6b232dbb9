"""The letter in hand: what it asks for, its invoices with level and reason, or the very sheets; it reads nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.pages.dunning.item_lines import ItemLines
from duedesk.desk.pages.dunning.letter_head import LetterHead
from duedesk.desk.pages.dunning.papers import Paper
from duedesk.desk.pages.dunning.reading import LetterLine
from duedesk.desk.widgets.letter_frame import LetterFrame
from duedesk.domain.dunning.policy import Policy
from duedesk.domain.dunning.proposal import ProposedItem
from duedesk.domain.errors import DuedeskError
from duedesk.resources import Look

WIDTH, NARROW_WIDTH = 440, 320


class LetterCard(LetterFrame):
    """Two faces, chosen by chips: the invoices of the letter, and the letter as it will be on paper."""

    item_turned = Signal(object)
    """An invoice is to be taken out of the letter, or put back: its key."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        self.head = LetterHead()
        super().__init__(look, tasks, "Invoices  I", self.head)
        self._look = look
        self._key = ""
        self.line: LetterLine | None = None
        self.items: QWidget = QWidget()
        self.show_letter(None, None)

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

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        super().set_look(look)
        self._look = look
        if isinstance(self.items, ItemLines):
            self.items.set_look(look)

    def show_letter(self, line: LetterLine | None, policy: Policy | None) -> None:
        """Show a letter, or nothing."""
        self.show_whole(shows=line is not None)
        self.line = line
        self._key = "" if line is None else line.proposed.key
        if line is None:
            return
        self.head.show_letter(line, policy)
        self._show_items(line)
        self.forget_sheets()

    def show_paper(self, paper: Paper | DuedeskError) -> None:
        """Show the sheets of the letter in hand and what it comes to with its interest, or why there are none."""
        if isinstance(paper, DuedeskError):
            self.sheets.show_reason(paper.message, paper.hint, ())
            return
        if paper.letter.key == self._key:
            self.head.show_paper(paper)
            self.sheets.show_pdf(paper.pdf, paper.sizes)

    def _show_items(self, line: LetterLine) -> None:
        before = self.items if isinstance(self.items, ItemLines) else None
        had_cursor = before is not None and before.has_cursor
        made = ItemLines(self._look, line, None if before is None else before.in_hand)
        made.turned.connect(self.item_turned)
        self.items = made
        self.show_face(made)
        if had_cursor:
            made.begin()
