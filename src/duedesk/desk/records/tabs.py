"""The tabs of a record, tables whose cells are copied and whose rows may lead on; what they show is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.menus import command_menu
from duedesk.desk.navigation import Destination
from duedesk.desk.page import PageCommand
from duedesk.desk.records.delegate import SheetDelegate
from duedesk.desk.records.sheet import CONTINUES, LINKS, Sheet
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.resources import Look


class Rows(RowTable):
    """The rows of a tab: Enter opens the row, a click only its link, so that any cell can be chosen to be copied."""

    cuts_words = True

    row_opened = Signal(object)
    """Enter was pressed on a row: its place."""

    def enter(self, index: QModelIndex) -> None:
        """Open the row."""
        self.row_opened.emit(index.row())


class Tab(QStackedWidget):
    """One table, or why it is empty, or what a page puts in its place."""

    opened = Signal(object)
    """A row leads on: its Destination."""

    def __init__(self, look: Look, tasks: Tasks, name: str) -> None:
        super().__init__()
        self.sheet = Sheet((), ())
        self.delegate = SheetDelegate(look, self)
        self.table = Rows(look, tasks, RowModel(), self.delegate)
        self.table.setAccessibleName(name)
        self.table.cell_opened.connect(self._open)
        self.table.row_opened.connect(self._go_by)
        self._nothing = plain_label("", Role.QUIET)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._instead: QWidget | None = None
        self.addWidget(self.table)
        self.addWidget(self._nothing)

    @property
    def front(self) -> QWidget:
        """Give what takes the cursor: what stands in the table's place, else the table."""
        return self.table if self._instead is None else self._instead

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet, behind what stands in its place."""
        self.sheet = sheet
        self.delegate.links = frozenset(at for at in range(len(sheet.rows)) if sheet.destination(at) is not None)
        dots = [at for at, row in enumerate(sheet.rows) if row.texts[0] != CONTINUES]
        self.delegate.last_dot = dots[-1] if dots else 0
        self.table.show_rows(sheet.columns, sheet.rows)
        self._nothing.setText(sheet.nothing)
        self._show()

    def put(self, widget: QWidget) -> None:
        """Show a widget in place of the table."""
        if self.indexOf(widget) < 0:
            self.addWidget(widget)
        self._instead = widget
        self._show()

    def take_back(self) -> None:
        """Show the table again."""
        self._instead = None
        self._show()

    def _show(self) -> None:
        self.setCurrentWidget(self._instead or (self.table if self.sheet.rows else self._nothing))

    def _open(self, index: QModelIndex) -> None:
        if self.table.records.columns[index.column()].path in LINKS:
            self._go_by(index.row())

    def _go_by(self, place: int) -> None:
        destination: Destination | None = self.sheet.destination(place)
        if destination is not None:
            self.opened.emit(destination)


class Tabs(QFrame):
    """A card with tabs; the tab in front stays when another record is shown."""

    opened = Signal(object)
    """A row leads on: its Destination."""
    turned = Signal()
    """Another tab is in front."""

    def __init__(self, look: Look, tasks: Tasks, names: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.names = tuple(names)
        self.offered: Callable[[], Iterable[PageCommand]] = tuple
        """What a right click on a row offers."""
        self.bar = QTabWidget()
        self.bar.setDocumentMode(True)
        self.bar.tabBar().setExpanding(False)
        self.bar.tabBar().setDrawBase(False)
        self._tabs = [Tab(look, tasks, name) for name in names]
        for tab, name in zip(self._tabs, names, strict=True):
            self.bar.addTab(tab, name)
            tab.opened.connect(self.opened)
            tab.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            tab.table.customContextMenuRequested.connect(partial(self._open_menu, tab.table))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        column.addWidget(self.bar)
        self.bar.currentChanged.connect(self._take_focus)

    @property
    def place(self) -> int:
        """Give the tab in front."""
        return self.bar.currentIndex()

    def set_place(self, place: int) -> None:
        """Bring a tab to the front; one that has nothing to show for this record is left behind."""
        self.bar.setCurrentIndex(place if self.bar.isTabVisible(place) else 0)

    def step(self) -> None:
        """Bring the next tab to the front; the first after the last."""
        self.set_place(next(self._after()))

    def tab(self, place: int) -> Tab:
        """Give a tab."""
        return self._tabs[place]

    def called(self, name: str) -> Tab:
        """Give the tab of a name."""
        return self._tabs[self.names.index(name)]

    def bring(self, name: str) -> None:
        """Bring the tab of a name to the front."""
        self.set_place(self.names.index(name))

    def table(self, place: int) -> RowTable:
        """Give the table of a tab."""
        return self._tabs[place].table

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        for tab in self._tabs:
            tab.table.set_look(look)

    def show_sheets(self, sheets: Mapping[str, Sheet | None]) -> None:
        """Show sheets by the names of their tabs; a tab without one is hidden."""
        for place, (name, tab) in enumerate(zip(self.names, self._tabs, strict=True)):
            sheet = sheets.get(name)
            if sheet is not None:
                tab.show_sheet(sheet)
            if self.bar.isTabVisible(place) != (sheet is not None):
                self.bar.setTabVisible(place, sheet is not None)

    def copy(self) -> None:
        """Copy the selected cells of the tab in front."""
        self.table(self.place).copy()

    def begin(self) -> None:
        """Put the cursor into the tab in front."""
        self._tabs[self.place].front.setFocus()

    def _after(self) -> Iterator[int]:
        """Give the places after the one in front that are shown, round and round."""
        count = len(self._tabs)
        return (at % count for at in range(self.place + 1, self.place + count + 1) if self.bar.isTabVisible(at % count))

    def _open_menu(self, table: Rows, at: QPoint) -> None:
        command_menu(table, self.offered()).popup(table.viewport().mapToGlobal(at))

    def _take_focus(self, place: int) -> None:
        if not self.bar.tabBar().hasFocus() and self.isVisible():
            self._tabs[place].front.setFocus()
        self.turned.emit()
