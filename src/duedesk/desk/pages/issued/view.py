"""What each view of the page is: a list or a sentence in its place, and beside it what is in hand or a panel."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.navigation import ShowDunning, ShowIssued
from duedesk.desk.page import FootLine, Page, PageCommand
from duedesk.desk.pages.issued.line_table import LineTable
from duedesk.desk.theme import GAP
from duedesk.desk.verbs.keys import panel_commands
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.frames import card
from duedesk.domain.days import in_words
from duedesk.store.queries.asof import Standpoint


class IssuedView(QWidget):
    """Reads behind the window when it is asked to; the page brings one of them to the front."""

    counted = Signal(object)
    """How many there are, for the chip: a number."""
    footed = Signal(object)
    """What the foot says: a FootLine."""
    commands_changed = Signal()
    letter_asked = Signal(object)
    """A letter is to be shown: its key."""

    name = ""
    hint = "Search"
    """What the search says before anything is typed."""
    concerns: tuple[str, ...] = ()
    """The objects whose changes are seen here."""
    primary = ("", "")
    """What the view is mostly for: words for a button, and the key of the command."""
    states: tuple[tuple[str, str], ...] = ()
    """What the list may be narrowed to: words and value."""

    def __init__(self, page: Page, table: LineTable[Any], usual: QWidget | None = None) -> None:
        super().__init__()
        self.page = page
        self.table = table
        self.text, self.state = "", ""
        self.side = SidePlace(usual)
        self.empty = EmptyList()
        self.stack = QStackedWidget()
        for widget in (table, self.empty):
            self.stack.addWidget(widget)
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        column.addWidget(self.stack)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(frame, 1)
        across.addWidget(self.side)
        table.selectionModel().selectionChanged.connect(lambda *_: self.commands_changed.emit())
        table.cell_opened.connect(lambda _: self.open())
        table.doubleClicked.connect(lambda _: self.open())
        self.side.changed.connect(self.commands_changed)
        self.side.changed.connect(lambda: self.begin() if self.side.panel is None else None)

    @property
    def then(self) -> Standpoint:
        """Give where the reader stands: what was issued later is not listed."""
        return Standpoint(self.page.as_of, self.page.known_on)

    @property
    def is_past(self) -> bool:
        """Tell whether the reader stands before today, or knows less than is recorded."""
        return self.page.known_on is not None or self.page.as_of < self.page.desk.workspace.world.today()

    def none_yet(self, what: str) -> str:
        """Say that there was none where the reader stands: `No letter was issued by 30 Jun 2026`."""
        return f"No {what} {f'by {in_words(self.page.as_of)}' if self.is_past else 'yet'}"

    def read(self) -> None:
        """Read again what is listed."""

    def narrow(self, text: str, state: str) -> None:
        """Show what fits a text and is in a state."""
        self.text, self.state = text, state
        self.show_found()

    def show_found(self) -> None:
        """Show what was read, as far as it fits."""

    def open(self) -> None:
        """Open the line in hand."""

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done here."""
        return ()

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account of the line in hand."""
        return None

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.table.set_look(self.page.desk.look)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done: in the panel that is open, else with what is selected."""
        copying = PageCommand("&Copy the selected rows", self.table.copy, heard="Ctrl+C")
        return panel_commands(self.side.panel) or (*self.offered(), copying)

    def begin(self) -> None:
        """Put the cursor into the list."""
        if self.stack.currentWidget() is self.empty:
            self.empty.begin()
        else:
            self.table.setFocus()

    def say(self, sentence: str, hint: str, *ways: tuple[str, Callable[[], None]]) -> None:
        """Say why there is nothing in the list."""
        self.empty.say(sentence, hint, ways)
        self.stack.setCurrentWidget(self.empty)
        self.side.show_usual(shows=False)
        self.footed.emit(FootLine())

    def way_to_proposal(self) -> tuple[str, Callable[[], None]]:
        """Give the way from which letters come."""
        return ("Show the proposal", partial(self.page.go, ShowDunning("Letters")))

    def way_to_letters(self) -> tuple[str, Callable[[], None]]:
        """Give the way to the letters that were issued."""
        return ("Show the letters", partial(self.page.go, ShowIssued("Letters")))

    def bring_list(self) -> None:
        """Show the list."""
        self.stack.setCurrentWidget(self.table)
        self.side.show_usual(shows=True)

    def open_panel(self, panel: VerbPanel) -> None:
        """Open the panel of a verb beside the list."""
        panel.left.connect(self.side.close_panel)
        self.side.open_panel(panel)
        panel.begin()
