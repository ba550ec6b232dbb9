"""The result itself: a table of records, or rows of groups, and a panel beside it for a while; it asks no query."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.page import FootLine, Page, PageCommand
from duedesk.desk.pages.results.record_list import RecordList
from duedesk.desk.queries import Answer, ListAnswer, RowsAnswer
from duedesk.desk.theme import GAP
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.frames import card
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.changes import Changes
from duedesk.domain.objects import CATALOG
from duedesk.resources import Look

_NONE = "The query can be read; no record is as it asks."


class Body(QWidget):
    """Shows one Answer at a time; each list of records is a table of its own, with the columns of its query."""

    opened = Signal(object, object)
    """A record is to be opened: its object and its key."""
    counted = Signal(object)
    """What to say at the foot: a FootLine."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._answer: Answer | None = None
        self._takes_focus = False
        self._list: RecordList | None = None
        self.rows = RowTable(page.desk.look, page.desk.tasks, RowModel())
        self.rows.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.rows.setAccessibleName("Rows")
        self.empty = EmptyList()
        self._blank = QWidget()
        self.stack = QStackedWidget()
        for widget in (self._blank, self.rows, self.empty):
            self.stack.addWidget(widget)
        self.side = SidePlace()
        self.side.changed.connect(page.commands_changed)
        self.side.changed.connect(self._go_back_to_list)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        inside.addWidget(self.stack)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(frame, 1)
        across.addWidget(self.side)

    @property
    def list(self) -> RecordList | None:
        """Give the list of records; None where rows of groups are shown, or nothing."""
        return self._list

    @property
    def current_key(self) -> int | None:
        """Give the record in hand."""
        return None if self._list is None else self._list.table.current_key

    def show_answer(self, answer: Answer, *, keep: int | None = None, takes_focus: bool = False) -> None:
        """Show what a query was answered; a list stays at the record of key `keep`."""
        self._takes_focus = takes_focus
        if isinstance(answer, RowsAnswer):
            self._drop_list()
            self.rows.show_rows(answer.columns, answer.rows)
            self._answer = answer
            self._show_rows(answer)
            return
        is_same = isinstance(self._answer, ListAnswer) and self._answer.columns == answer.columns
        if not is_same or self._list is None:
            self._make_list(answer)
        self._answer = answer
        if self._list is not None:
            self._list.table.show_filter(answer.asked, keep=keep, part=answer.part)

    def clear(self) -> None:
        """Show no result: the query cannot be answered."""
        self._say_empty("No result", "What cannot be read is marked above.")

    def begin(self) -> bool:
        """Put the cursor into what is shown; False where there is nothing."""
        shown = self.stack.currentWidget()
        if shown is None or shown in {self._blank, self.empty}:
            return False
        shown.setFocus()
        return True

    def is_concerned(self, changes: Changes) -> bool:
        """Tell whether a change may be seen in the result: of its object, or of what its columns lead to."""
        if self._answer is None:
            return True
        described = CATALOG.object(self._answer.object)
        related = {name for field in described.fields for name in field.refers_to}
        return changes.concern(described.name, *related, "Application", "Payment", "CreditMemo")

    def can_leave(self) -> bool:
        """Tell whether the panel holds nothing that would be lost."""
        return self.side.can_leave()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.rows.set_look(look)
        if self._list is not None:
            self._list.table.set_look(look)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with what is shown."""
        if self._list is not None:
            return self._list.commands()
        return (PageCommand("&Copy the selected rows", self.copy, heard="Ctrl+C", follows_rule=True),)

    def copy(self) -> None:
        """Copy the selected rows of groups."""
        self.rows.copy()

    def _make_list(self, answer: ListAnswer) -> None:
        self._drop_list()
        self.side.close_panel()
        self._list = RecordList(self._page, answer, self.side, self.opened.emit, self.counted.emit)
        self._list.table.listed.connect(self._on_listed)
        self.stack.addWidget(self._list.table)

    def _drop_list(self) -> None:
        if self._list is not None:
            self.stack.removeWidget(self._list.table)
            self._list.drop()
            self._list = None

    def _on_listed(self) -> None:
        if self._list is None or self._answer is None:
            return
        described = CATALOG.object(self._answer.object)
        found = len(self._list.table.records.keys)
        if found:
            self._show(self._list.table)
        else:
            self._say_empty(f"No {described.label.lower()} is found", _NONE)

    def _show_rows(self, answer: RowsAnswer) -> None:
        if not answer.rows:
            self._say_empty("Nothing is found", _NONE)
            return
        more = ", and more that are not shown" if answer.is_cut else ""
        self.counted.emit(FootLine(f"{written.plural(len(answer.rows), 'row')}{more}"))
        self.rows.selectRow(0)
        self._show(self.rows)

    def _show(self, shown: QWidget) -> None:
        self.stack.setCurrentWidget(shown)
        if self._takes_focus and self.side.panel is None:
            shown.setFocus()
        self._takes_focus = False

    def _say_empty(self, sentence: str, hint: str) -> None:
        self.counted.emit(FootLine(sentence))
        self.empty.say(sentence, hint, ())
        self.stack.setCurrentWidget(self.empty)

    def _go_back_to_list(self) -> None:
        if self.side.panel is None:
            self.begin()
