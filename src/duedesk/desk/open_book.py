"""The book that is open in the window: its pages, and what stands over them; it knows neither frame nor menu bar."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.frame import Frame
from duedesk.desk.menus import BEFORE_PAGE_MENU, EDIT_MENU, Menus, command_menu
from duedesk.desk.navigation import Destination, Stand
from duedesk.desk.page import Desk, Page
from duedesk.desk.router import Router, rail_routes, reachable
from duedesk.domain.changes import Changes
from duedesk.resources import Look

if TYPE_CHECKING:  # SQLAlchemy loads behind the window that is shown first
    from duedesk.actions.workspace import Workspace
    from duedesk.desk.explaining.panel import ExplanationPanel
    from duedesk.desk.finding.offers import Offer
    from duedesk.desk.finding.panel import FindPanel, Known
    from duedesk.desk.undoing import Undoing

FIND_KEY = "Ctrl+K"
_NOT_OFFERED = {FIND_KEY, "Esc"}
"""Keys of commands that make no sense in the panel itself."""


def can_reach(kind: type[Destination]) -> bool:
    """Tell whether there is a page for a kind of destination."""
    return kind in reachable()


class OpenBook(QObject):
    """The pages of one book and the panel that finds anything in it, made when it is first asked for."""

    went = Signal(object)
    """Something that was found leads on: a Destination."""
    said = Signal(object)
    """What was undone, or what failed: a Said."""

    def __init__(self, desk: Desk, stand: Stand, window: QWidget, frame: Frame, menus: Menus) -> None:
        super().__init__(window)
        self._desk = Desk(desk.workspace, desk.tasks, desk.look, desk.settings, reachable())
        self._window = window
        self._frame = frame
        self._menus = menus
        self._finding: FindPanel | None = None
        self._undoing: Undoing | None = None
        self._explaining: ExplanationPanel | None = None
        menus.menu(EDIT_MENU).aboutToShow.connect(self._tell_edit_menu)
        frame.foot.customContextMenuRequested.connect(self._about_foot)
        self.router = Router(self._desk, stand, frame.stack)
        self.router.arrived.connect(lambda _: self.close_panels())
        self.router.explanation_asked.connect(lambda one: self.explaining.explain(one))  # noqa: PLW0108 - made late

    @property
    def workspace(self) -> "Workspace":
        """Give the book itself."""
        return self._desk.workspace

    @property
    def page(self) -> Page | None:
        """Give the page that is shown."""
        return self.router.page

    @property
    def finding(self) -> "FindPanel":
        """Give the panel that finds anything."""
        if self._finding is None:
            from duedesk.desk.finding.panel import FindPanel  # noqa: PLC0415 - made when first asked for

            self._finding = FindPanel(self._desk, self._known, self._window)
            self._finding.chosen.connect(self._take)
        return self._finding

    def find(self, text: str = "") -> None:
        """Open the panel that finds anything."""
        self.finding.open_panel(text)

    def undo(self, *, again: bool = False) -> None:
        """Ask what undoing the last action (or doing it again) would do, and do it."""
        self.undoing.ask(again=again)

    @property
    def undoing(self) -> "Undoing":
        """Give what undoes."""
        if self._undoing is None:
            from duedesk.desk.undoing import Undoing  # noqa: PLC0415 - made when first asked for

            self._undoing = Undoing(self._desk, self._window, self._menus)
            self._undoing.said.connect(self.said)
        return self._undoing

    @property
    def explaining(self) -> "ExplanationPanel":
        """Give the panel that tells how figures are made up."""
        if self._explaining is None:
            from duedesk.desk.explaining.panel import ExplanationPanel  # noqa: PLC0415 - made when first asked for

            self._explaining = ExplanationPanel(self._desk)
            self._explaining.went.connect(self.went)
            self._explaining.left.connect(self._leave_explaining)
            self._frame.put_beside(self._explaining)
        return self._explaining

    def stand_on(self, stand: Stand) -> None:
        """Stand elsewhere in time."""
        self.router.stand_on(stand)
        if self._explaining is not None:
            self._explaining.stand_on(stand)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the book as it is now."""
        self.router.refresh(changes)
        if self._explaining is not None:
            self._explaining.ask_again()

    def rail_names(self) -> tuple[str, ...]:
        """Give the names of the pages that have a place in the rail."""
        return tuple(route.rail for route in rail_routes())

    def start_of(self, place: int) -> Destination | None:
        """Give where a place in the rail leads; None where there is none."""
        routes = rail_routes()
        return routes[place].start if place < len(routes) else None

    def place_in_rail(self) -> int | None:
        """Give the place in the rail of the page that is shown; None where it has none."""
        kinds = [route.kind for route in rail_routes()]
        kind = self.router.place_of
        return kinds.index(kind) if kind in kinds else None

    def set_look(self, look: Look) -> None:
        """Take another look on."""
        self.router.set_look(look)
        if self._finding is not None:
            self._finding.set_look(look)
        if self._explaining is not None:
            self._explaining.set_look(look)

    def close_panels(self) -> None:
        """Close what stands over the page."""
        if self._finding is not None:
            self._finding.close_panel()
        if self._explaining is not None:
            self._explaining.hide()

    def close(self) -> None:
        """Take everything down and give the book's connections back."""
        self.router.close()
        if self._finding is not None:
            self._finding.deleteLater()
        if self._undoing is not None:
            self._undoing.deleteLater()
        if self._explaining is not None:
            self._explaining.deleteLater()
        self.workspace.close()
        self.deleteLater()

    def _about_foot(self, at: QPoint) -> None:
        """Offer what tells of the figures at the foot."""
        offered = () if self.page is None else self.page.about_foot()
        if offered:
            command_menu(self._frame.foot, offered).popup(self._frame.foot.mapToGlobal(at))

    def _leave_explaining(self) -> None:
        self.explaining.hide()
        if self.page is not None:
            self.page.begin()

    def _tell_edit_menu(self) -> None:
        self.undoing.tell_menu()

    def _known(self) -> "Known":
        from duedesk.desk.finding.offers import command_offers  # noqa: PLC0415 - needed once the panel is
        from duedesk.desk.finding.panel import Known  # noqa: PLC0415 - needed once the panel is

        page = self.page
        commands = [command for command in self._menus.commands if _NOT_OFFERED.isdisjoint(command.keys)]
        offers = command_offers(
            commands,
            () if page is None else page.commands(),
            pages_menu=BEFORE_PAGE_MENU,
            page="" if page is None else page.title,
        )
        return Known(offers, self.router.stand)

    def _take(self, offer: "Offer") -> None:
        opens: Destination | Callable[[], None] | None = offer.opens
        if callable(opens):
            opens()
        elif opens is not None:
            self.went.emit(opens)
