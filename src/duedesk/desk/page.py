"""What every page is: a title, a way to say where to go and what to tell at the foot; pages fill it in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.navigation import Destination, ShowChanges, ShowExplanation, Stand
from duedesk.desk.settings import Settings
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError
from duedesk.resources import Look

if TYPE_CHECKING:  # SQLAlchemy takes a quarter of a second to load: it does so behind the window that is shown first
    from duedesk.actions.workspace import Workspace
    from duedesk.domain.explaining.figures import Figure, Unexplained


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page works with: the open book, the work behind the window, the look.

    `settings` is what the desk remembers of its shape (None: nothing), `reachable` where one can go from here.
    """

    workspace: "Workspace"
    tasks: Tasks
    look: Look
    settings: Settings | None = None
    reachable: frozenset[type[Destination]] = frozenset()


KNOWN_THEN = "shown as it was known then"
"""Why nothing can be done: the reader looks at what the book knew on another day."""


@dataclass(frozen=True, slots=True)
class FootLine:
    """The one line at the foot: what is shown, its totals by currency, and whether the figures hold."""

    shown: str = ""
    totals: tuple[str, ...] = ()
    proof: str = ""
    brief: tuple[str, ...] = ()
    """The totals in fewer words, for where there is no room for all."""
    holds: bool = field(default=True)
    proved: bool = False
    """`proof` says that the figures were proved, and hold."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a page tells above itself: a sentence and a hint; `done` where it went well, else it failed."""

    sentence: str
    hint: str = ""
    done: bool = False


def _nothing_bars() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class PageCommand:
    """A command of one page, which the menus offer while it is shown.

    `keys` become the window's while the page is in front; `heard` names a key that the page hears by itself.
    `barred` is asked each time and says in a few words why the command cannot be given now, nothing where it can.
    """

    text: str
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    heard: str = ""
    barred: Callable[[], str] = _nothing_bars
    follows_rule: bool = False
    """A line is drawn above it."""


class Page(QWidget):
    """A page of the desk.

    `as_of` is the day the reader stands on, `known_on` the moment up to which what was recorded counts (None: now);
    the router sets both for all pages.
    """

    navigated = Signal(object)
    """Where to go: a Destination."""
    footed = Signal(object)
    """What to say at the foot: a FootLine."""
    day_asked = Signal(object)
    """Another day to stand on: a date."""
    now_asked = Signal()
    """To count all that is recorded by now."""
    said = Signal(object)
    """What was done, or what failed: a Said."""

    commands_changed = Signal()
    """Other commands can be given now."""

    title = ""

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__()
        self.desk = desk
        self.as_of = as_of
        self.known_on: datetime | None = None

    @property
    def stand(self) -> Stand:
        """Give where in time the reader stands."""
        return Stand(self.as_of, self.known_on)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give the page's own commands, each with its key; the menus show them while the page is in front."""
        return ()

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the key and name of the account that the reader looks at, for what changed of it; None where none is."""
        return None

    def explain_number(self) -> None:
        """Tell how the figure in hand is made up."""
        from duedesk.desk.explaining.hand import figure_in_hand  # noqa: PLC0415 - it knows the tables of pages

        figure = figure_in_hand(self)
        if figure is None:
            self.said.emit(Said("Explain this number: no figure is in hand.", "Choose a cell that holds one."))
        else:
            self.tell_figure(figure)

    def tell_figure(self, figure: "Figure | Unexplained") -> None:
        """Tell how a figure is made up, or say why it is not told."""
        from duedesk.domain.explaining.figures import Unexplained  # noqa: PLC0415 - few pages have sums

        if isinstance(figure, Unexplained):
            self.said.emit(Said(figure.why, figure.hint))
        else:
            self.go(ShowExplanation(figure))

    def about_foot(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the figures at the foot, where it is clicked with the right button."""
        return ()

    def show_changes(self) -> None:
        """Go to what changed since, of the account in hand where there is one."""
        key, name = self.account_in_hand() or (None, "")
        self.go(ShowChanges(key, name))

    def about_figures(self) -> tuple[PageCommand, ...]:
        """Give the commands that tell of figures, for the menus of a page that has any."""
        changes = PageCommand("What chan&ged since…", self.show_changes, heard="Ctrl+Shift+H")
        return (
            PageCommand("E&xplain this number", self.explain_number, heard="Ctrl+I", follows_rule=True),
            *((changes,) if self.can_go(ShowChanges) else ()),
        )

    def offer_about(self, widget: QWidget, offered: Callable[[], tuple[PageCommand, ...]] | None = None) -> None:
        """Offer what tells of figures, or other commands, where a widget is clicked with the right button."""
        clicked = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget

        def pop_up(at: QPoint) -> None:
            from duedesk.desk.menus import command_menu  # noqa: PLC0415 - menus are made of a page's commands

            command_menu(widget, (offered or self.about_figures)()).popup(clicked.mapToGlobal(at))

        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(pop_up)

    def go(self, destination: Destination) -> None:
        """Say where to go."""
        self.navigated.emit(destination)

    def say_done(self, sentence: str, hint: str = "") -> None:
        """Say above the page what was done."""
        self.said.emit(Said(sentence, hint, done=True))

    def say_failed(self, error: DuedeskError) -> None:
        """Say above the page what failed and what to do; what the reader stopped, the reader knows."""
        if not isinstance(error, Cancelled):
            self.said.emit(Said(error.message, error.hint))

    def stand_on(self, as_of: date, known_on: datetime | None) -> None:
        """Stand elsewhere in time and show that."""
        self.as_of, self.known_on = as_of, known_on
        self.refresh()

    def barred(self) -> str:
        """Say in a few words why nothing can be written now, nothing where it can: the past is read only."""
        return KNOWN_THEN if self.known_on is not None else ""

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the book as it is now; `changes` None means all of it may have changed."""

    def begin(self) -> None:
        """Put the cursor where the reader begins.

        A page has no focus proxy: Qt would then step over whatever stands before it when the reader walks by Tab.
        """
        self.setFocus()

    def focus_filter(self) -> None:
        """Put the cursor where the page is searched (Ctrl+F)."""

    def set_look(self, look: Look) -> None:
        """Take another look on."""
        self.desk = replace(self.desk, look=look)
        self.take_look()

    def take_look(self) -> None:
        """Draw in the look of the desk; a page that need not read the book for that says so here."""
        self.refresh()

    def bookmark(self) -> object:
        """Give what is needed to stand here again when the reader comes back; None where the destination says it."""
        return None

    def return_to(self, bookmark: object) -> None:
        """Stand where `bookmark` was taken; only called with what `bookmark` gave."""

    def can_leave(self) -> bool:
        """Tell whether the page may be left now; one that must not be says in its own place why."""
        return True

    def can_go(self, kind: type[Destination]) -> bool:
        """Tell whether there is a page for a kind of destination, so that no button leads nowhere."""
        return kind in self.desk.reachable
