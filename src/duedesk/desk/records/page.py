"""A page of one record: the bar of its commands, its head, its tabs, the panel of a verb; which record, pages say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.navigation import GoBack
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.records.bar import CommandBar
from duedesk.desk.records.head import RecordHead
from duedesk.desk.records.shape import Record, Shape
from duedesk.desk.records.tabs import Tabs
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.verbs.panel import SIDE_WIDTH, VerbPanel
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError, RequestError

if TYPE_CHECKING:
    from duedesk.actions.workspace import Workspace

Answer = TypeVar("Answer")

PANEL_IS_OPEN = "first do or leave what is open below"
"""Why nothing else can be done: the reader is about to do something."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Which record, and the tab in front."""

    key: int
    tab: int


class OneRecordPage(Page, Generic[Record]):
    """What every page of one record does: it reads, shows, opens panels and carries out what they ask for."""

    object_name = ""
    """The object that the record is of."""

    def __init__(self, desk: Desk, as_of: date, shape: Shape[Record]) -> None:
        super().__init__(desk, as_of)
        self.shape = shape
        self.key: int | None = None
        self.record: Record | None = None
        self.panel: VerbPanel | None = None
        self.bar = CommandBar()
        self.head = RecordHead(desk.look)
        self.tabs = Tabs(desk.look, desk.tasks, shape.tabs)
        self.missing = EmptyList()
        self._blank = QWidget()
        self._whole = QWidget()
        self._bench = QHBoxLayout()
        self._bench.setSpacing(GAP)
        self._bench.addWidget(self.tabs, 1)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.head)
        column.addLayout(self._bench, 1)
        self.stack = QStackedWidget()
        for widget in (self._blank, self._whole, self.missing):
            self.stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabs.offered = self.commands
        self.tabs.opened.connect(self.go)
        self.tabs.turned.connect(self.offer)
        self.offer_about(self.head)

    def display(self, record: Record) -> None:
        """Show a record."""
        self.record = record
        self.head.show_facts(self.shape.head(record))
        self.tabs.show_sheets(self.shape.sheets(record, self.as_of))
        self.footed.emit(FootLine(self.shape.counted(record)))

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the record, in the order of the bar."""
        return ()

    def on_bar(self) -> tuple[PageCommand, ...]:
        """Give what of it stands on the bar: all of it, unless a page says otherwise."""
        return self.offered()

    def also(self) -> tuple[PageCommand, ...]:
        """Give what the menu offers beside."""
        return ()

    def primary(self) -> str:
        """Give the text of the command that most will give next."""
        return ""

    def show_record(self, key: int) -> None:
        """Show the record of a key, from where in time the page is looked at."""
        if key != self.key:
            self.key = key
            self.record = None
            self.close_panel()
            self.head.show_outlook(None)
            self.stack.setCurrentWidget(self._blank)
            self.footed.emit(FootLine())
            self.begin_record(key)
        self.refresh()

    def stand_on(self, as_of: date, known_on: datetime | None) -> None:
        """Stand elsewhere in time; a panel that would write closes where the past is only read."""
        self.as_of, self.known_on = as_of, known_on
        if self.barred():
            self.close_panel()
        self.offer()
        self.refresh()

    def begin_record(self, key: int) -> None:
        """Begin with another record: it has been asked for and is not there yet."""

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the record again."""
        if self.key is None or (changes is not None and not changes.concern(*self.shape.concerns)):
            return
        workspace, read = self.desk.workspace, self.shape.read
        key, as_of, known_on = self.key, self.as_of, self.known_on
        self.desk.tasks.read(
            self,
            lambda: workspace.ask(read, key, as_of=as_of, known_on=known_on),
            self._take,
            failed=self._say_missing,
            slot="record",
        )

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.head.set_look(self.desk.look)
        self.tabs.set_look(self.desk.look)

    def focus_filter(self) -> None:
        """Put the cursor into the rows: there is nothing to search by here."""
        self.tabs.begin()

    def bookmark(self) -> object:
        """Remember the record and the tab in front."""
        return None if self.key is None else Bookmark(self.key, self.tabs.place)

    def return_to(self, bookmark: object) -> None:
        """Show the record and the tab again."""
        if isinstance(bookmark, Bookmark):
            self.show_record(bookmark.key)
            self.tabs.set_place(bookmark.tab)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done here; while a panel is open its own two commands and no others."""
        if self.panel is not None:
            return (
                PageCommand(self.panel.do_button.accessibleName(), self.panel.do, ("Ctrl+Return",)),
                *self.panel.commands(),
                PageCommand("Leave", self.panel.leave, heard="Esc"),
            )
        copying = PageCommand(
            "&Copy the selected cells", lambda: self.tabs.table(self.tabs.place).copy(), heard="Ctrl+C"
        )
        turning = PageCommand("&Next tab", self.tabs.step, ("Ctrl+Tab",), follows_rule=True)
        return (*self.offered(), *self.also(), *self.about_figures(), turning, copying)

    def offer(self) -> None:
        """Show what can be done now, on the bar and in the menu."""
        back = None if self.holds_escape() else PageCommand("Back", lambda: self.go(GoBack()), heard="Esc")
        self.bar.show_commands(self.on_bar(), back, self.primary(), "" if self.panel is None else PANEL_IS_OPEN)
        self.commands_changed.emit()

    def open_panel(self, panel: VerbPanel) -> None:
        """Open the panel of a verb beside the tabs, or in their place."""
        self.close_panel()
        self.panel = panel
        panel.left.connect(self.close_panel)
        self.tabs.setVisible(not panel.is_wide)
        if not panel.is_wide:
            panel.setFixedWidth(SIDE_WIDTH)
        self._bench.addWidget(panel, 1 if panel.is_wide else 0)
        panel.show()
        self.offer()
        panel.begin()

    def close_panel(self) -> None:
        """Close the panel; the cursor goes back to the rows."""
        panel, self.panel = self.panel, None
        if panel is None:
            return
        self._bench.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.tabs.setVisible(True)
        self.offer()
        self.tabs.begin()

    def carry_out(
        self,
        action: "Callable[[Workspace], Answer]",
        *,
        title: str,
        then: Callable[[Answer], None] | None = None,
        refused: Callable[[DuedeskError], None] | None = None,
    ) -> None:
        """Do an action behind the window. What is refused is said by `refused`, else in the panel or above the page."""
        workspace, panel = self.desk.workspace, self.panel

        def done(answer: Answer) -> None:
            if refused is None and self.panel is panel:
                self.close_panel()
            if then is not None:
                then(answer)

        self.desk.tasks.write(
            self,
            lambda progress: action(workspace),  # noqa: ARG005 - too short to report on
            done,
            title=title,
            failed=refused or self.refuse,
        )

    def refuse(self, error: DuedeskError) -> None:
        """Say why something cannot be done."""
        if self.panel is None:
            self.say_failed(error)
        elif isinstance(error, Cancelled):
            self.panel.show_fault(None)
        else:
            self.panel.show_fault(error)

    def escape(self) -> bool:
        """Leave what is open over the record; tell whether anything was."""
        if self.panel is None:
            return False
        self.panel.leave()
        return True

    def holds_escape(self) -> bool:
        """Tell whether Esc leaves something here, and not the page."""
        return self.panel is not None

    def event(self, event: QEvent) -> bool:
        """Keep Esc from leaving the page while something is open over the record, wherever the cursor is."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.holds_escape():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave what is open over the record with Esc."""
        if event.key() != Qt.Key.Key_Escape or not self.escape():
            super().keyPressEvent(event)

    def can_leave(self) -> bool:
        """Tell whether the page may be left: not while a panel holds what would have to be done again."""
        if self.panel is None or not self.panel.has_input():
            return True
        self.panel.show_fault(RequestError("This is not done yet.", "Ctrl+Enter does it, Esc drops it."))
        return False

    def _take(self, record: Record) -> None:
        self.display(record)
        had_focus = self.hasFocus()
        self.stack.setCurrentWidget(self._whole)
        self.offer()
        if had_focus and self.panel is None:
            self.tabs.begin()

        self._look_ahead()

    def _look_ahead(self) -> None:
        """Read how it is expected to be paid, which takes all invoices of late."""
        ask, key, as_of, known_on = self.shape.outlook, self.key, self.as_of, self.known_on
        if ask is not None:
            workspace = self.desk.workspace
            self.desk.tasks.read(
                self, lambda: workspace.ask(ask, key, as_of, known_on), self.head.show_outlook, slot="outlook"
            )

    def _say_missing(self, error: DuedeskError) -> None:
        self.record = None
        self.close_panel()
        self.missing.say(error.message, error.hint, (("Back", lambda: self.go(GoBack())),))
        self.stack.setCurrentWidget(self.missing)
        self.offer()
