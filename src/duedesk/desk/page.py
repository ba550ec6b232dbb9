"""What every page is: a title, a way to say where to go and what to tell at the foot; pages fill it in."""

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.navigation import Destination
from duedesk.domain.changes import Changes
from duedesk.resources import Look


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page works with: the open book, the work behind the window, and the look."""

    workspace: Workspace
    tasks: Tasks
    look: Look


@dataclass(frozen=True, slots=True)
class FootLine:
    """The one line at the foot: what is shown, its totals by currency, and whether the figures hold."""

    shown: str = ""
    totals: tuple[str, ...] = ()
    proof: str = ""
    holds: bool = field(default=True)


class Page(QWidget):
    """A page of the desk. `as_of` is the day the reader stands on; the main window sets it for all pages."""

    navigated = Signal(object)
    """Where to go: a Destination."""
    footed = Signal(object)
    """What to say at the foot: a FootLine."""

    title = ""

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__()
        self.desk = desk
        self.as_of = as_of

    def go(self, destination: Destination) -> None:
        """Say where to go."""
        self.navigated.emit(destination)

    def set_as_of(self, day: date) -> None:
        """Stand on another day and show that."""
        self.as_of = day
        self.refresh()

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the book as it is now; `changes` None means all of it may have changed."""

    def focus_filter(self) -> None:
        """Put the cursor where the page is searched (Ctrl+F)."""

    def set_look(self, look: Look) -> None:
        """Take another look on."""
        self.desk = Desk(self.desk.workspace, self.desk.tasks, look)
        self.refresh()
