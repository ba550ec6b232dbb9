"""Takes the reader from page to page and back; it knows pages only by the route table and as a Page."""

from dataclasses import replace
from importlib import import_module

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from duedesk.desk.navigation import Destination, GoBack, ShowExplanation, Stand
from duedesk.desk.page import Desk, FootLine, Page, Said
from duedesk.desk.pages import ROUTES, Route
from duedesk.desk.trail import Trail
from duedesk.domain.changes import Changes
from duedesk.resources import Look


class Router(QObject):
    """The pages of one open book, each made when it is first visited."""

    arrived = Signal(object)
    """A page is shown: the Page."""
    footed = Signal(object)
    """The page that is shown says something else at the foot: a FootLine."""
    stood = Signal(object)
    """A destination moved the desk in time: the Stand."""
    day_asked = Signal(object)
    """A page asks for another day: the date."""
    now_asked = Signal()
    """A page asks to count all that is recorded by now."""
    explanation_asked = Signal(object)
    """A figure is to be explained: a Figure."""
    commands_changed = Signal()
    """The page that is shown can do other things now."""
    said = Signal(object)
    """The page that is shown tells what was done or what failed: a Said."""

    def __init__(self, desk: Desk, stand: Stand, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._desk = desk
        self._stand = stand
        self._stack = stack
        self._trail = Trail()
        self._pages: dict[type[Destination], Page] = {}
        self._feet: dict[Page, FootLine] = {}
        self._stale: set[Page] = set()

    @property
    def page(self) -> Page | None:
        """Give the page that is shown."""
        here = self._trail.here
        return None if here is None else self._pages.get(type(here.destination))

    @property
    def kind(self) -> type[Destination] | None:
        """Give the kind of destination that is shown."""
        here = self._trail.here
        return None if here is None else type(here.destination)

    @property
    def place_of(self) -> type[Destination] | None:
        """Give the kind of destination whose place in the rail the shown one takes: its own, or that it belongs to."""
        route = None if self.kind is None else _route(self.kind)
        return self.kind if route is None else route.belongs_to or route.kind

    @property
    def stand(self) -> Stand:
        """Give where in time the reader stands."""
        return self._stand

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is a page before this one."""
        return self._trail.can_go_back

    def go(self, destination: Destination) -> None:
        """Go where a destination says; one that no page takes is left alone."""
        if isinstance(destination, GoBack):
            self.go_back()
            return
        if isinstance(destination, ShowExplanation):
            self.explanation_asked.emit(destination.figure)
            return
        route = _route(type(destination))
        left = self.page
        if route is None or (left is not None and not left.can_leave()):
            return
        stand = _stand_of(destination, self._stand)
        self._trail.step(destination, None if left is None else left.bookmark(), stand)
        self._keep(stand)
        page = self._arrive(route)
        route.take(page, destination)
        self._show(page)

    def go_back(self) -> None:
        """Go to the page before this one, as it was left."""
        if self.page is not None and not self.page.can_leave():
            return
        stop = self._trail.back()
        route = None if stop is None else _route(type(stop.destination))
        if stop is None or route is None:
            return
        if stop.stand is not None:
            self._keep(stop.stand)
        page = self._arrive(route)
        if stop.bookmark is None:
            route.take(page, stop.destination)
        else:
            page.return_to(stop.bookmark)
        self._show(page)

    def stand_on(self, stand: Stand) -> None:
        """Stand elsewhere in time, on every page, and on those one may go back to."""
        self._stand = stand
        self._trail.stand_everywhere(stand)
        shown = self.page
        for page in self._pages.values():
            if page is shown:
                page.stand_on(stand.as_of, stand.known_on)
            else:
                page.as_of, page.known_on = stand.as_of, stand.known_on
                self._stale.add(page)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the book as it is now: the page in front at once, the others when they are visited."""
        shown = self.page
        self._stale.update(page for page in self._pages.values() if page is not shown)
        if shown is not None:
            shown.refresh(changes)

    def set_look(self, look: Look) -> None:
        """Take another look on, on every page."""
        self._desk = replace(self._desk, look=look)
        for page in self._pages.values():
            page.set_look(look)

    def close(self) -> None:
        """Take all pages down."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def _arrive(self, route: Route) -> Page:
        page = self._pages.get(route.kind)
        if page is None:
            page = self._pages[route.kind] = route.make(self._desk, self._stand.as_of)
            page.known_on = self._stand.known_on
            page.navigated.connect(self.go)
            page.day_asked.connect(self.day_asked)
            page.now_asked.connect(self.now_asked)
            page.commands_changed.connect(lambda page=page: self._on_commands_changed(page))
            page.said.connect(lambda said, page=page: self._on_said(page, said))
            page.footed.connect(lambda said, page=page: self._on_footed(page, said))
            self._stack.addWidget(page)
        elif page in self._stale:
            page.refresh()
        self._stale.discard(page)
        return page

    def _keep(self, stand: Stand) -> None:
        """Stand where the next page is looked at from; it shows that when it is shown."""
        if stand != self._stand:
            self._stand = stand
            for page in self._pages.values():
                page.as_of, page.known_on = stand.as_of, stand.known_on
                self._stale.add(page)
            self.stood.emit(stand)

    def _show(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self.footed.emit(self._feet.get(page, FootLine()))
        self.arrived.emit(page)

    def _on_commands_changed(self, page: Page) -> None:
        if page is self.page:
            self.commands_changed.emit()

    def _on_said(self, page: Page, said: Said) -> None:
        if page is self.page:
            self.said.emit(said)

    def _on_footed(self, page: Page, said: FootLine) -> None:
        self._feet[page] = said
        if page is self.page:
            self.footed.emit(said)


def reachable() -> frozenset[type[Destination]]:
    """Give the kinds of destination that have a page."""
    return frozenset(route.kind for route in ROUTES) | {GoBack}


def rail_routes() -> tuple[Route, ...]:
    """Give the pages that have a place in the rail, in its order."""
    return tuple(route for route in ROUTES if route.rail)


def load_first_page() -> None:
    """Load what the page shown first is made of; it takes a quarter of a second, so it is called behind the window."""
    import_module("duedesk.desk.pages.invoices.page")


def _stand_of(destination: Destination, stand: Stand) -> Stand:
    held = getattr(destination, "asked", None) or getattr(destination, "request", None) or destination
    as_of, known_on = getattr(held, "as_of", None), getattr(held, "known_on", None)
    return Stand(as_of or stand.as_of, known_on or stand.known_on)


def _route(kind: type[Destination]) -> Route | None:
    return next((route for route in ROUTES if route.kind is kind), None)
