"""The middle of the page: the differences, or a sentence with the ways on; it decides nothing."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from duedesk.desk.page import Desk
from duedesk.desk.pages.take_back.sentences import Line, columns_of, rows_of, whole_of
from duedesk.desk.widgets.empty_list import EmptyList, Way
from duedesk.desk.widgets.frames import card
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.row_table import RowModel, RowTable


class DifferenceTable(RowTable):
    """Rows that are left out and taken in again with the space bar."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the rows in hand out, or take them in again."""
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class Body(QStackedWidget):
    """One of the two."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.table = DifferenceTable(desk.look, desk.tasks, RowModel())
        self.table.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.table.setAccessibleName("Differences")
        self.table.cuts_words = True
        self.lines: list[Line] = []
        self.sentence = EmptyList()
        self.says = ""
        self.whole = plain_label("", Role.QUIET, wraps=True)
        self.whole.setContentsMargins(11, 5, 11, 6)
        for widgets in ((self.table, self.whole), (self.sentence,)):
            frame = card()
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
            for widget in widgets:
                inside.addWidget(widget)
            self.addWidget(frame)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_whole())

    def say(self, sentence: str, hint: str, *ways: Way) -> None:
        """Say a sentence, and the ways on."""
        self.says = f"{sentence} {hint}".strip()
        self.sentence.say(sentence, hint, ways)
        self.setCurrentIndex(1)

    def show_lines(self, lines: list[Line]) -> None:
        """Show differences; the row in hand stays where it is."""
        place = max(self.table.currentIndex().row(), 0)
        self.says, self.lines = "", lines
        self.table.show_rows(columns_of(lines), rows_of(lines))
        self.table.selectRow(min(place, len(lines) - 1))
        self.setCurrentIndex(0)
        self._show_whole()

    def in_hand(self) -> list[Line]:
        """Give the selected rows."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.lines[place] for place in places if place < len(self.lines)]

    def _show_whole(self) -> None:
        """Say the row in hand whole: in the table its words may be cut."""
        place = self.table.currentIndex().row()
        said = whole_of(self.lines[place]) if 0 <= place < len(self.lines) else ""
        self.whole.setText(said)
        self.whole.setVisible(bool(said))
