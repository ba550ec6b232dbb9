"""What became of each invoice a verb was said to, beside the list; nothing is done from here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from duedesk.desk.background import Tasks
from duedesk.desk.bulk.doing import Outcome, Told
from duedesk.desk.bulk.sentences import done_words
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.leavable import LeavableCard
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.resources import Look

_COLUMNS = (
    Column("name", "Invoice", Kind.STRING, Shown.NUMBER, 110),
    Column("text", "What became of it", Kind.STRING, Shown.TEXT, 150, stretches=True),
)


class OutcomePanel(LeavableCard):
    """A card with a sentence and a list; what was refused stands first, the one in hand in full below."""

    opened = Signal(object)
    """An invoice is to be opened: its key."""
    listed = Signal(object)
    """What was refused is to be listed: the keys."""

    def __init__(self, look: Look, tasks: Tasks, outcome: Outcome) -> None:
        super().__init__()
        words = done_words(outcome.verb, outcome.done, outcome.refused, outcome.left)
        self.title = plain_label(words, Role.STRONG, wraps=True)
        self.setAccessibleName(self.title.text())
        self._told = sorted(outcome.told, key=lambda one: one.done)
        self.table = RowTable(look, tasks, RowModel())
        self.table.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.table.setAccessibleName("What became of each")
        self.table.show_rows(_COLUMNS, [_row(at, one) for at, one in enumerate(self._told)])
        self._in_hand = plain_label("", wraps=True, selectable=True)
        self._account = plain_label("", Role.QUIET, wraps=True)
        self.close_button = button("Close  Esc", self.left.emit)
        keys = tuple(one.key for one in self._told if not one.done)
        self.list_button = button("List the refused", lambda: self.listed.emit(keys))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 14, 1, 14)  # clear of the line and its round corners
        column.setSpacing(8)
        for label in (self.title, self._account, self._in_hand):
            label.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self.title)
        column.addWidget(self.table, 1)
        column.addWidget(self._account)
        column.addWidget(self._in_hand)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 0)
        foot.addStretch(1)
        foot.addWidget(self.list_button)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        self.list_button.setVisible(bool(keys))
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._show_in_hand(now.row()))
        self.table.cell_opened.connect(lambda index: self.opened.emit(self._told[index.row()].key))

    def begin(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.selectRow(0)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.table.set_look(look)

    def _show_in_hand(self, place: int) -> None:
        told = self._told[place] if 0 <= place < len(self._told) else None
        self._account.setText("" if told is None else told.account)
        self._in_hand.setText("" if told is None else told.text)


def _row(place: int, told: Told) -> ShownRow:
    texts = (told.name, told.text)
    return ShownRow(place, texts, texts)
