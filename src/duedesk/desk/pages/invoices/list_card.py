"""The card with the list of invoices, and what stands in its place while it is empty; it knows no narrowing."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from duedesk.desk.menus import command_menu
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.tables.columns import INVOICE_COLUMNS
from duedesk.desk.tables.view import RecordTable
from duedesk.desk.widgets.empty_list import EmptyList, Way


class ListCard(QFrame):
    """The table, or a sentence; a right click on the table offers the commands of the page."""

    def __init__(self, desk: Desk, offered: Callable[[], Iterable[PageCommand]]) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.table = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
        self.table.setAccessibleName("Invoices")
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self._offered = offered
        self._empty = EmptyList()
        self._stacked = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        column.addWidget(self._stacked)
        self._stacked.addWidget(self.table)
        self._stacked.addWidget(self._empty)

    def show_table(self) -> None:
        """Show the list."""
        self._stacked.setCurrentWidget(self.table)

    def show_empty(self, sentence: str, hint: str, ways: tuple[Way, ...]) -> None:
        """Say why there is nothing, and the ways on."""
        self._empty.say(sentence, hint, ways)
        self._stacked.setCurrentWidget(self._empty)

    @property
    def is_empty(self) -> bool:
        """Tell whether the sentence stands in the list's place."""
        return self._stacked.currentWidget() is self._empty

    def _open_menu(self, at: QPoint) -> None:
        command_menu(self.table, self._offered()).popup(self.table.viewport().mapToGlobal(at))
