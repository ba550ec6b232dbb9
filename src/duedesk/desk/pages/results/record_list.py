"""The records of one query: a table with the columns it asked for, and the verbs that can be said to them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt

from duedesk.desk.bulk.giving import Bulk
from duedesk.desk.menus import command_menu
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.queries import ListAnswer
from duedesk.desk.tables.view import RecordTable
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.objects import CATALOG


class RecordList:
    """Lives as long as its columns are asked for."""

    def __init__(self, page: Page, answer: ListAnswer, side: SidePlace, opened: Callable[[str, int], None]) -> None:
        self._page = page
        self._object = answer.object
        self._opened = opened
        paths = [column.path for column in answer.columns]
        self.table = RecordTable(page.desk, answer.object, paths, answer.columns)
        self.table.setAccessibleName(CATALOG.object(answer.object).plural)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.opened.connect(partial(opened, answer.object))
        self.bulk = Bulk(page, self.table, side) if answer.object == "Invoice" else None
        if self.bulk is not None:
            self.bulk.opened.connect(partial(opened, "Invoice"))

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the records."""
        return (
            PageCommand("&Open the record", self._open_current, heard="Enter"),
            *(self.bulk.commands() if self.bulk is not None else ()),
            PageCommand("&Copy the selected rows", self.table.copy, heard="Ctrl+C", follows_rule=True),
            PageCommand("Select &all rows", self.table.selectAll, heard="Ctrl+A"),
            PageCommand("Col&umns and order", self.table.open_column_menu, ("Ctrl+Shift+C",)),
        )

    def drop(self) -> None:
        """Take it down."""
        self.table.deleteLater()
        if self.bulk is not None:
            self.bulk.deleteLater()

    def _open_current(self) -> None:
        if self.table.current_key is not None:
            self._opened(self._object, self.table.current_key)

    def _open_menu(self, at: QPoint) -> None:
        command_menu(self.table, self._page.commands()).popup(self.table.viewport().mapToGlobal(at))
