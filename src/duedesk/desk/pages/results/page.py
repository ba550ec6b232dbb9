"""The result of a query: the query above, its records as a list like any other or its rows as they are; no SQL here."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout

from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.results.body import Body
from duedesk.desk.pages.results.query_bar import QueryBar
from duedesk.desk.pages.results.viewing import NEW, Viewing
from duedesk.desk.queries import Answer, answer
from duedesk.desk.record_places import place_of
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.verbs.keys import panel_commands
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.domain.changes import Changes
from duedesk.domain.errors import DuedeskError


@dataclass(frozen=True, slots=True)
class _Bookmark:
    text: str
    title: str
    key: int | None


class ResultsPage(Page):
    """Asks behind the window and shows what came; what cannot be read or answered is said under the query."""

    title = "Query"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.asked = ""
        self._felt = felt_wait(self, lambda: self.footed.emit(FootLine("Reading…")))
        self.bar = QueryBar(desk)
        self.body = Body(self)
        self.viewing = Viewing(self, self.bar, self.body.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)
        self.bar.run_asked.connect(self.run)
        self.bar.left.connect(self.begin)
        self.bar.field.textChanged.connect(self.commands_changed)
        self.body.opened.connect(self._open)
        self.body.counted.connect(self.footed)

    def show_query(self, text: str, title: str = "") -> None:
        """Show the result of a query, under the name of a view where it has one; without a text, ask for one."""
        self.title, self.viewing.name = title or "Query", title
        if not text and not self.bar.field.text:
            text = NEW
        if text:
            self.bar.show_text(text)
        self.run()

    def stand_on(self, as_of: date, known_on: datetime | None) -> None:
        """Stand elsewhere in time; a panel that would write closes where the past is only read."""
        super().stand_on(as_of, known_on)
        if self.barred():
            self.body.side.close_panel()

    def run(self) -> None:
        """Answer what stands in the field."""
        self._read(self.bar.field.text, keep=None, takes_focus=True)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the result again, unless something else changed."""
        if self.asked and (changes is None or self.body.is_concerned(changes)):
            self._read(self.asked, keep=self.body.current_key, takes_focus=False)

    def begin(self) -> None:
        """Begin in the result; in the query where there is none."""
        if not self.body.begin():
            self.bar.field.setFocus()

    def focus_filter(self) -> None:
        """Put the cursor into the query."""
        self.bar.field.setFocus()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.bar.set_look(self.desk.look)
        self.body.set_look(self.desk.look)

    def bookmark(self) -> object:
        """Remember the query and the record in hand."""
        return _Bookmark(self.asked, self.viewing.name, self.body.current_key)

    def return_to(self, bookmark: object) -> None:
        """Show the result again."""
        if isinstance(bookmark, _Bookmark):
            self.title, self.viewing.name = bookmark.title or "Query", bookmark.title
            self.bar.show_text(bookmark.text)
            self._read(bookmark.text, keep=bookmark.key, takes_focus=True)

    def can_leave(self) -> bool:
        """Tell whether nothing would be lost."""
        return self.body.can_leave()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the query and its result, or in the panel beside it."""
        if in_panel := panel_commands(self.body.side.panel):
            return in_panel
        return (
            PageCommand("&Run the query", self.run, ("Ctrl+Return",)),
            *self.viewing.commands(),
            *self.about_figures(),
            *self.body.commands(),
        )

    def about_foot(self) -> tuple[PageCommand, ...]:
        """Give what tells how the figures at the foot are made up."""
        return () if self.body.list is None else self.body.list.about_foot()

    def _read(self, text: str, *, keep: int | None, takes_focus: bool) -> None:
        workspace, as_of, known_on = self.desk.workspace, self.as_of, self.known_on
        self._felt.start()
        self.desk.tasks.read(
            self,
            lambda: answer(workspace, text, as_of, known_on),
            lambda found: self._take(text, found, keep, takes_focus=takes_focus),
            failed=self._fail,
            slot="answer",
        )

    def _take(self, text: str, found: Answer, keep: int | None, *, takes_focus: bool) -> None:
        self._felt.stop()
        self.asked = text
        self.bar.show_fault(None)
        self.body.show_answer(found, keep=keep, takes_focus=takes_focus)
        self.commands_changed.emit()

    def _fail(self, error: DuedeskError) -> None:
        self._felt.stop()
        self.bar.show_fault(error)
        self.body.clear()

    def _open(self, object_name: str, key: int) -> None:
        there = place_of(object_name, key, self.as_of, self.desk.reachable)
        if there is not None:
            self.go(there)
