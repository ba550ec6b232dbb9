"""The lists of the page of dunning, and beside them the letter in hand or a panel in its stead; it reads nothing."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.page import Desk
from duedesk.desk.pages.dunning.hold_list import HoldList
from duedesk.desk.pages.dunning.left_out_list import LeftOutList
from duedesk.desk.pages.dunning.letter_card import NARROW_WIDTH, WIDTH, LetterCard
from duedesk.desk.pages.dunning.letter_list import LetterList
from duedesk.desk.theme import GAP
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.frames import card, rule
from duedesk.desk.widgets.labels import plain_label
from duedesk.resources import Look

_NARROW = 1100
_MARGIN = 16


class Body(QWidget):
    """One list at a time, or a sentence in its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.letters = LetterList(desk.look, desk.tasks)
        self.left_out = LeftOutList(desk.look, desk.tasks)
        self.holds = HoldList(desk.look, desk.tasks)
        self.empty = EmptyList()
        self.card = LetterCard(desk.look, desk.tasks)
        self.side = SidePlace(self.card)
        self.stack = QStackedWidget()
        self.why = plain_label("", wraps=True, selectable=True)
        self.why.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        for widget in (self.letters, self.left_out, self.holds, self.empty):
            frame = card()
            column = QVBoxLayout(frame)
            column.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
            column.addWidget(widget)
            if widget is self.left_out:
                column.addWidget(rule())
                column.addWidget(self.why)
            self.stack.addWidget(frame)
        self.left_out.selectionModel().currentRowChanged.connect(lambda *_: self._tell_why())
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self.stack, 1)
        across.addWidget(self.side)

    @property
    def is_empty(self) -> bool:
        """Tell whether a sentence stands in the place of a list."""
        return self.stack.currentIndex() == self.stack.count() - 1

    def bring(self, table: LetterList | LeftOutList | HoldList) -> None:
        """Bring a list to the front."""
        self.stack.setCurrentIndex((self.letters, self.left_out, self.holds).index(table))
        self.side.show_usual(shows=table is self.letters)

    def say(self, sentence: str, hint: str, *ways: tuple[str, Callable[[], None]]) -> None:
        """Say why there is nothing, and the ways on."""
        self.empty.say(sentence, hint, ways)
        self.stack.setCurrentIndex(self.stack.count() - 1)
        self.side.show_usual(shows=False)

    def _tell_why(self) -> None:
        """Say below the list the whole reason of the row in hand: a cell may cut it."""
        line = self.left_out.line
        self.why.setText("" if line is None else f"{line.one.number or 'No number'}, {line.account}: {line.why}")

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        for part in (self.letters, self.left_out, self.holds, self.card):
            part.set_look(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list the room it needs."""
        super().resizeEvent(event)
        self.card.setFixedWidth(NARROW_WIDTH if event.size().width() < _NARROW else WIDTH)
