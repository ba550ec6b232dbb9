"""The records of one query: a table with the columns it asked for, and the verbs that can be said to them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt

from duedesk.desk import format as written
from duedesk.desk.bulk.giving import Bulk
from duedesk.desk.explaining.foot import foot_commands
from duedesk.desk.menus import command_menu
from duedesk.desk.page import FootLine, Page, PageCommand
from duedesk.desk.queries import ListAnswer
from duedesk.desk.tables.figures_in_words import briefly, selection, sums
from duedesk.desk.tables.reading import ALL
from duedesk.desk.tables.view import RecordTable
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists.figures import Figures


class RecordList:
    """Lives as long as its columns are asked for."""

    def __init__(
        self,
        page: Page,
        answer: ListAnswer,
        side: SidePlace,
        opened: Callable[[str, int], None],
        counted: Callable[[FootLine], None],
    ) -> None:
        self._page = page
        self._object = answer.object
        self._opened = opened
        self._counted = counted
        self._figures: tuple[Figures, ...] = ()
        paths = [column.path for column in answer.columns]
        self.table = RecordTable(page.desk, answer.object, paths, answer.columns)
        self.table.setAccessibleName(CATALOG.object(answer.object).plural)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.listed.connect(self._ask_figures)
        self.table.sums.changed.connect(self._say_count)
        self.table.sums.changed.connect(page.commands_changed)
        self.table.opened.connect(partial(opened, answer.object))
        self.bulk = Bulk(page, self.table, side) if answer.object == "Invoice" else None
        if self.bulk is not None:
            self.bulk.opened.connect(partial(opened, "Invoice"))

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the records."""
        return (
            PageCommand("&Open the record", self._open_current, heard="Enter"),
            *(self.bulk.commands() if self.bulk is not None else ()),
            *self.about_foot(),
            *self.table.commands(),
        )

    def about_foot(self) -> tuple[PageCommand, ...]:
        """Give what tells how the figures at the foot are made up; of part of a list, what is selected alone."""
        is_all = self.table.records.part == ALL
        return foot_commands(self._page, self.table.records.asked, self._figures if is_all else (), self.table)

    def drop(self) -> None:
        """Take it down."""
        self.table.deleteLater()
        if self.bulk is not None:
            self.bulk.deleteLater()

    def _ask_figures(self) -> None:
        self._figures = ()
        self._say_count()
        self.table.sums.of_all(self._take_figures)

    def _take_figures(self, found: tuple[Figures, ...]) -> None:
        self._figures = found
        self._say_count()
        self._page.commands_changed.emit()

    def _say_count(self) -> None:
        """Say how many records are listed or selected, and what they add up to."""
        described = CATALOG.object(self._object)
        found, selected = len(self.table.records.keys), self.table.sums.now
        noun = described.label.lower() if found == 1 else described.plural.lower()
        brief = briefly(self._figures, selected)
        if selected is not None:
            group = self.table.selected_group()
            self._counted(FootLine(*selection(selected, found, self._figures, noun, group), brief=brief))
        elif found:
            self._counted(FootLine(f"{written.count(found)} {noun}", sums(self._figures), brief=brief))

    def _open_current(self) -> None:
        if self.table.current_key is not None:
            self._opened(self._object, self.table.current_key)

    def _open_menu(self, at: QPoint) -> None:
        command_menu(self.table, self._page.commands()).popup(self.table.viewport().mapToGlobal(at))
