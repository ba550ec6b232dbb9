"""The middle of the page: the differences, or a sentence with the ways on; it decides nothing."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from duedesk.desk.page import Desk
from duedesk.desk.pages.take_back.sentences import Line, columns_of, rows_of
from duedesk.desk.widgets.empty_list import EmptyList, Way
from duedesk.desk.widgets.frames import card
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
        for widget in (self.table, self.sentence):
            frame = card()
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
            inside.addWidget(widget)
            self.addWidget(frame)

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

    def in_hand(self) -> list[Line]:
        """Give the selected rows."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.lines[place] for place in places if place < len(self.lines)]
