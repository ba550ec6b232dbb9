"""What every page is: a title, a way to say where to go and what to tell at the foot; pages fill it in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.navigation import Destination, Stand
from duedesk.desk.settings import Settings
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError
from duedesk.resources import Look

if TYPE_CHECKING:  # SQLAlchemy takes a quarter of a second to load: it does so behind the window that is shown first
    from duedesk.actions.workspace import Workspace


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
