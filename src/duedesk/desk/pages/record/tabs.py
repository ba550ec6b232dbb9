"""The tabs of a record: lines, payments and credits, history, details; each a table whose cells are copied."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabWidget, QVBoxLayout

from duedesk.desk.background import Tasks
from duedesk.desk.pages.record.delegate import SheetDelegate
from duedesk.desk.pages.record.sheets import Sheet, details_sheet, history_sheet, lines_sheet, movements_sheet
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.resources import Look
from duedesk.store.queries.records import InvoiceRecord

_TABS: tuple[tuple[str, Callable[[InvoiceRecord], Sheet]], ...] = (
    ("Lines", lines_sheet),
    ("Payments and credits", movements_sheet),
    ("History", history_sheet),
    ("Details", details_sheet),
)


class _Tab(QStackedWidget):
    """One table, or why it is empty."""

    def __init__(self, look: Look, tasks: Tasks, name: str) -> None:
        super().__init__()
        self.table = RowTable(look, tasks, RowModel(), SheetDelegate(look, self))
        self.table.setAccessibleName(name)
        self._nothing = plain_label("", Role.QUIET)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self.table)
        self.addWidget(self._nothing)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet."""
        self.table.show_rows(sheet.columns, sheet.rows)
        self._nothing.setText(sheet.nothing)
        self.setCurrentWidget(self.table if sheet.rows else self._nothing)


class Tabs(QFrame):
    """A card with the four tabs; the tab in front stays when another record is shown."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.bar = QTabWidget()
        self.bar.setDocumentMode(True)
        self.bar.tabBar().setExpanding(False)
        self.bar.tabBar().setDrawBase(False)
        self._tabs = [_Tab(look, tasks, name) for name, _ in _TABS]
        for tab, (name, _) in zip(self._tabs, _TABS, strict=True):
            self.bar.addTab(tab, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        column.addWidget(self.bar)
        self.bar.currentChanged.connect(self._take_focus)

    @property
    def place(self) -> int:
        """Give the tab in front."""
        return self.bar.currentIndex()

    def set_place(self, place: int) -> None:
        """Bring a tab to the front."""
        self.bar.setCurrentIndex(place)

    def step(self) -> None:
        """Bring the next tab to the front; the first after the last."""
        self.set_place((self.place + 1) % len(self._tabs))

    def table(self, place: int) -> RowTable:
        """Give the table of a tab."""
        return self._tabs[place].table

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        for tab in self._tabs:
            tab.table.set_look(look)

    def show_record(self, record: InvoiceRecord) -> None:
        """Show a record."""
        for tab, (_, sheet_of) in zip(self._tabs, _TABS, strict=True):
            tab.show_sheet(sheet_of(record))

    def _take_focus(self, place: int) -> None:
        if not self.bar.tabBar().hasFocus():
            self.table(place).setFocus()
